import Troupe
import TroupeTesting

/// Something in which stages are done that can be undone.
struct Trip<Content: Step>: Workflow {
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  let onFailure: FailureHandling
  private let content: @Sendable (Artifact<Int>, Artifact<Int>) -> Content

  init(
    onFailure: FailureHandling = .compensate,
    @StepBuilder content: @escaping @Sendable (Artifact<Int>, Artifact<Int>) -> Content
  ) {
    self.onFailure = onFailure
    self.content = content
  }

  var name: String { "trip" }
  var body: some Step { content(input, output) }

  /// Runs it from 1 on virtual time.
  func rehearse(
    seed: Seed = 1, @StubBuilder<Self> stubs: () -> [Stub<Self>] = { [] }
  ) async throws -> SimulatedRun<Int> {
    try await Simulation(of: self, team: Team {}, stubs: stubs).run(1, seed: seed)
  }
}

extension Artifact where Value == Int {
  static func named(_ name: String) -> Artifact<Int> { Artifact(name) }
}

/// A stage that can be undone, which writes an artifact of its name if no other is given.
func booking(
  _ name: String, from input: Artifact<Int>, to output: Artifact<Int>? = nil
) -> Stage<Int> {
  Stage(name, reads: input, writes: output ?? .named(name)) { $0 + 1 }
    .compensate { _ in }
}

/// A stage that fails.
func failing(
  _ name: String = "fail", from input: Artifact<Int>, to output: Artifact<Int>
) -> Stage<Int> {
  Stage(name, reads: input, writes: output) { _ in throw Unavailable() }
}

/// What was noted, in order.
actor Log {
  private(set) var all: [String] = []
  func add(_ line: String) { all.append(line) }
}

struct Unavailable: Error, CustomStringConvertible {
  var description: String { "no rooms" }
}

extension Sequence<Event> {
  /// What was undone, in order, without the workflow's name.
  var undone: [String] {
    compactMap { event in
      guard event.address.path.isCompensation, case .finished = event.kind else { return nil }
      return event.place
    }
  }

  /// The number of the first event of a kind at a place.
  func first(at place: String, _ isMeant: (Event.Kind) -> Bool) -> Int? {
    first { $0.place == place && isMeant($0.kind) }?.sequence
  }
}

extension Event {
  /// The address without the workflow's name, and without the mark of compensations.
  var place: String {
    let place = address.description.split(separator: "/").dropFirst().joined(separator: "/")
    return place.replacing("/@compensation(unfinished)", with: "?").replacing(
      "/@compensation", with: "")
  }
}

extension Event.Kind {
  var isStart: Bool { if case .started = self { true } else { false } }
  /// That what a compensation undid is undone.
  var isUndone: Bool { if case .finished = self { true } else { false } }
  var isEnd: Bool { if case .closed = self { true } else { false } }
}
