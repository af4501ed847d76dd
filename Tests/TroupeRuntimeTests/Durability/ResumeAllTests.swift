import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// Going on with the runs of a store by their workflows alone.
@Suite struct ResumeAllTests {
  /// Adds up, fails where it is told to, and waits while it is told to.
  struct Sum: Workflow {
    struct Parameters: Codable, Sendable { var step = 1 }

    let gate: Gate
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    var parameters = Parameters()
    var name: String { "sum" }

    var body: some Step {
      Stage("add", reads: input, writes: output) { number in
        try await gate.pass()
        return number + parameters.step
      }
    }
  }

  /// What the stage of a test does.
  actor Gate {
    enum Way { case open, broken, shut }
    var way = Way.open
    func set(_ way: Way) { self.way = way }
    func pass() async throws {
      switch way {
      case .open: break
      case .broken: throw Broken()
      case .shut: try await Task.sleep(for: .seconds(60))
      }
    }
  }

  struct Broken: Error, CustomStringConvertible { let description = "broken" }

  private let gate = Gate()
  private let store = Store.memory
  private var runtime: Runtime { Runtime(store: store) }

  private func start(_ id: String, _ input: Int, step: Int = 1, _ way: Gate.Way) async {
    await gate.set(way)
    var sum = Sum(gate: gate)
    sum.parameters.step = step
    guard way == .shut else {
      _ = try? await runtime.run(sum, input: input, id: id)
      return
    }
    try? await runtime.withRun(of: sum, input: input, id: id) { run in
      for await event in run.events { if case .started = event.kind { break } }
    }
  }

  @Test func aRunGoesOnWithItsOwnParametersAndInput() async throws {
    await start("a", 20, step: 5, .broken)
    await gate.set(.open)
    #expect(try await runtime.resume(Sum(gate: gate), id: "a") == 25)
    #expect(try await runtime.resume(Sum(gate: gate), id: "a") == 25)
    await #expect(throws: StoreError.self) {
      try await runtime.resume(Sum(gate: gate), id: "none")
    }
    await #expect(throws: StoreError.self) {
      try await Runtime().resume(Sum(gate: gate), id: "a")
    }
    #expect(try await store.runs().map(\.id) == ["a"], "nothing was started")
  }

  /// Another workflow under the same name.
  struct Renamed: Workflow {
    let input = Artifact<String>("input")
    let output = Artifact<String>("output")
    var name: String { "sum" }
    var body: some Step { Stage("add", reads: input, writes: output) { $0 } }
  }

  struct Other: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    var body: some Step { Stage("add", reads: input, writes: output) { $0 } }
  }

  @Test func whatDoesNotFitIsRefused() async throws {
    await start("a", 20, .broken)
    let renamed = await #expect(throws: RunMismatch.self) {
      try await runtime.resume(Renamed(), id: "a")
    }
    #expect(renamed?.differences.first?.change == "~ the input")
    #expect(renamed?.isAcceptable == false)
    let other = await #expect(throws: RunMismatch.self) {
      try await runtime.resume(Other(), id: "a")
    }
    #expect(other?.differences.map(\.change) == ["~ workflow: 'sum' → 'other'"])
  }

  @Test func whatWasStoppedGoesOnAndTheRestIsLeft() async throws {
    await start("done", 1, .open)
    await start("failed", 2, .broken)
    await start("stopped", 3, .shut)
    await gate.set(.open)
    let seen = Lock<[String]>([])
    let runs = try await runtime.resumeAll([Sum(gate: gate)]) { run in
      seen.withLock { $0.append(run.id) }
    }
    #expect(runs.map(\.id) == ["done", "failed", "stopped"])
    #expect(seen.withLock { $0.sorted() } == ["done", "failed", "stopped"])
    guard case .skipped(.ended(.completed)) = runs[0].end,
      case .skipped(.stopped(.failure)) = runs[1].end, case .completed(let output) = runs[2].end
    else {
      Issue.record("\(runs)")
      return
    }
    #expect(output as? Int == 4)
    let failed = try await runtime.resumeAll([Sum(gate: gate)], includesFailed: true)[1]
    if case .completed(let output) = failed.end {
      #expect(output as? Int == 3)
    } else {
      Issue.record("\(failed)")
    }
  }

  @Test func whatIsUnknownOrFailsAgainIsSaid() async throws {
    await start("a", 1, .shut)
    let unknown = try await runtime.resumeAll([Other()])
    guard case .unknownWorkflow? = unknown.first?.end else {
      Issue.record("\(unknown)")
      return
    }
    await gate.set(.broken)
    let failed = try await runtime.resumeAll([Sum(gate: gate)])
    guard case .failed(let error)? = failed.first?.end else {
      Issue.record("\(failed)")
      return
    }
    #expect(error is RunFailure)
  }

  @Test func cancellingStopsThemAll() async throws {
    for id in ["a", "b"] { await start(id, 1, .shut) }
    let task = Task { try await runtime.resumeAll([Sum(gate: gate)]) }
    while try await store.runs().filter({ if case .running = $0.status { true } else { false } })
      .count < 2
    {
      await Task.yield()
    }
    task.cancel()
    let runs = try await task.value
    for run in runs {
      guard case .stopped = run.end else {
        Issue.record("\(run)")
        continue
      }
    }
    #expect(try await store.runs().allSatisfy { $0.status == .stopped(.asked) })
  }

  @Test func aRunThatDoesNotGetFurtherIsStoppedOnce() async throws {
    await start("a", 1, .shut)
    let folder = store.folder(of: "a")
    let path = folder.segment(1)
    let all = try await store.files.read(path, limit: .max)
    let first = all.prefix { $0 != UInt8(ascii: "\n") } + [UInt8(ascii: "\n")]
    var body = RecordWriter(type: "resumed")
    body.add("address", "sum")
    var bytes = Array(first)
    for number in 2...6 {
      bytes += JournalWriter.bytes(
        of: [(number, body.bytes)], durable: number - 1, at: .init(timeIntervalSince1970: 0))
    }
    try await store.files.remove(path)
    try await store.files.create(path, bytes)
    await gate.set(.open)
    let error = await #expect(throws: RunIsStuck.self) {
      try await runtime.resume(Sum(gate: gate), id: "a")
    }
    #expect(error?.openings == 5)
    let left = try await runtime.resumeAll([Sum(gate: gate)])
    guard case .skipped(.stopped(.idle))? = left.first?.end else {
      Issue.record("\(left)")
      return
    }
    #expect(try await runtime.resume(Sum(gate: gate), id: "a") == 2)
  }
}
