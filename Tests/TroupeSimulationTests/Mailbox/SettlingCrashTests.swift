import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// Machines that end at each moment of settling work in doubt.
@Suite struct SettlingCrashTests {
  struct Charging: Workflow {
    let ledger: Ledger
    let input = Artifact<Int>("in")
    let output = Artifact<Int>("out")
    let receipt = Artifact<Int>("receipt")

    var body: some Step {
      Stage("charge", reads: input, writes: receipt) { amount in
        if ledger.add("charge") == 1 { throw Lost() }
        return amount
      }
      .atMostOnce()
      Stage("end", reads: receipt, writes: output) { $0 + 1 }
    }
  }

  struct Lost: Error {}

  final class Ledger: Sendable {
    private let lines = Lock([String]())
    var all: [String] { lines.withLock { $0 } }
    @discardableResult
    func add(_ line: String) -> Int {
      lines.withLock { lines in
        lines.append(line)
        return lines.count
      }
    }
  }

  private func doubtful(_ ledger: Ledger) async -> SimulatedDisk {
    await SimulatedOffice.work { office in
      await #expect(throws: RunFailure.self) {
        try await office.runtime.run(
          Charging(ledger: ledger), input: 5, id: SimulatedOffice.run)
      }
    }.disk
  }

  /// How the run ends: its output, or that it was aborted.
  private static func end(_ office: SimulatedOffice, _ ledger: Ledger) async throws -> Int? {
    do {
      return try await office.runtime.run(
        Charging(ledger: ledger), input: 5, id: SimulatedOffice.run)
    } catch is RunAborted {
      return nil
    }
  }

  @Test(arguments: [Settlement.finished(7), .notDone, .abort])
  func whatWasSaidHoldsWheneverTheMachineEnds(_ settlement: Settlement) async {
    let expected: Int? =
      switch settlement {
      case .finished: 8
      case .notDone: 6
      case .abort: nil
      }
    let work: @Sendable (SimulatedOffice, Ledger) async throws -> Int? = { office, ledger in
      let plan = try await office.store.folder(of: SimulatedOffice.run).plan()
      if try await office.recall().doubts(AddressReader(plan)) != [] {
        try await office.send(
          .settle(at: "charging/charge", settlement, why: "seen"), id: "settlement")
      }
      return try await Self.end(office, ledger)
    }
    let before = Ledger()
    let disk = await doubtful(before)
    let all = await SimulatedOffice.work(on: disk) { office in
      let ledger = Ledger()
      ledger.add("charge")
      let end = try await work(office, ledger)
      #expect(end == expected)
    }
    #expect(all.failure == nil)
    for crash in 1..<all.points.count {
      let ledger = Ledger()
      ledger.add("charge")
      let crashed = await SimulatedOffice.work(on: disk, crashPoint: crash) { office in
        _ = try await work(office, ledger)
      }
      let left = crashed.disk.afterPowerFailure(seed: UInt64(crash))
      let next = await SimulatedOffice.work(on: left, seed: 7) { office in
        do {
          let end = try await work(office, ledger)
          #expect(end == expected, "\(all.points[crash - 1])")
        } catch let failure as RunFailure {
          // It had been started again, and whether that was done nobody knows either.
          #expect(settlement == .notDone, "\(failure) at \(all.points[crash - 1])")
          #expect(ledger.all.count == 2 || failure.failure.isInDoubt)
        }
        #expect(ledger.all.count <= (settlement == .notDone ? 2 : 1))
      }
      #expect(next.failure == nil, "\(next.failure as Any) at \(all.points[crash - 1])")
    }
  }
}
