import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// A simulated machine on which a run is under way and letters are handed in.
struct SimulatedOffice {
  let files: SimulatedFiles
  let runtime: Runtime
  let store: Store
  let clock: VirtualClock

  static let run = "run"

  /// Does some work on a machine, to its end or to that of the machine.
  ///
  /// - Returns: The disk, the points that were passed, and what the work threw.
  static func work(
    on disk: SimulatedDisk = SimulatedDisk(), seed: UInt64 = 1, crashPoint: Int? = nil,
    team: Team = Team(), _ work: @escaping @Sendable (SimulatedOffice) async throws -> Void
  ) async -> (disk: SimulatedDisk, points: [FilePoint], failure: (any Error)?) {
    let time = VirtualTime(seed: seed, patience: .milliseconds(100))
    let files = SimulatedFiles(disk, time: time, seed: seed, crashPoint: crashPoint)
    let store = Store(files: files, root: "store")
    let runtime = Runtime(
      team: team, store: store, clock: time.clock, randomness: SeededGenerator(seed: seed),
      executor: time.executor)
    let office = SimulatedOffice(files: files, runtime: runtime, store: store, clock: time.clock)
    let (failure, course) = await time.run { () async -> (any Error)? in
      do {
        try await work(office)
        return nil
      } catch {
        return error
      }
    }
    #expect(course == (crashPoint == nil ? .deterministic : .halted))
    return (files.disk, files.points, failure ?? nil)
  }

  /// Hands a letter in, unless that was done before.
  func send(_ content: Letter.Content, id: String) async throws {
    let letter = Letter(id: id, from: "Ann", at: VirtualClock.start, content)
    // Whatever process hands it in again has a nonce of its own.
    let nonce = "\(files.points.count)-\(store.nonce)"
    try await store.send(letter, to: Self.run, nonce: nonce)
  }

  /// What the run's journal holds.
  func recall() async throws -> Recall { try await store.history(of: Self.run).recall }
}

extension Store {
  /// A number that no two processes of a test share.
  fileprivate var nonce: UInt64 { .random(in: .min ... .max) }
}
