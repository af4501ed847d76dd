import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What real agents answered, kept in a file beside the test and replayed without them.
///
/// ```swift
/// @Test func thePostIsLongEnough() async throws {
///   let cassette = try Cassette("cats")
///   let simulation = Simulation(of: LaunchPost(), team: newsroom.recorded(in: cassette))
///   let run = try await simulation.run("cats")
///   #expect(try run.output.wordCount >= 600)
///   #expect(cassette.unused.isEmpty)
/// }
/// ```
///
/// `TROUPE_RECORD=missing swift test` asks the agents for what the file does not have,
/// `TROUPE_RECORD=all swift test` asks them for everything; without it no agent is ever asked. The
/// file, `__Cassettes__/LaunchPostTests/cats.json`, belongs in version control.
///
/// The package's manifest leaves the folder out of the target, because the package manager warns of
/// files that it does not know: `exclude: ["__Cassettes__"]`.
///
/// An answer is found by the stage's path without its rounds and elements, the role with its
/// instructions, the prompt, the feedback and the schema; takes and attempts do not matter. The
/// same request asked again gets the recorded answers in the order in which they were asked for,
/// the last one again and again. A cassette counts how often it was asked, so that each run needs
/// one of its own. What agents throw is not recorded.
///
/// While an agent is asked from within a simulation, virtual time stands still: nothing times out
/// that takes real time, and agents are asked in the order of the replay, which mostly is one after
/// the other.
///
/// Secrets are left out of what is recorded and of what is looked up: the values of environment
/// variables whose names end in `KEY`, `TOKEN`, `SECRET` or `PASSWORD`, where they have 8 bytes or
/// more, and whatever else is given. A run that records gets the answers as they are recorded, so
/// that a replay takes the same course.
public final class Cassette: Sendable {
  /// The path of the file.
  public let file: String
  /// Whether answers come from the file or from the agents.
  public let mode: Mode

  private let redactor: Redactor
  private let tape: Lock<Tape>

  /// The files that were recorded, by their paths; together, because several cassettes may share
  /// one.
  private static let images = Lock<[String: CassetteImage]>([:])

  /// A cassette beside a test's file: `__Cassettes__/` with the name of that file, and in it
  /// `name.json`.
  ///
  /// - Parameters:
  ///   - name: The name, unique among the cassettes of the test's file.
  ///   - mode: Where answers come from; by default what `TROUPE_RECORD` says, and replay without
  ///     it.
  ///   - secrets: What is left out beside the values of environment variables that look like
  ///     secrets.
  ///   - filePath: The path of the test's file; leave the default.
  /// - Throws: `CassetteError` if the file is there and cannot be read, or is no cassette; that it
  ///   is not there is no error.
  public convenience init(
    _ name: String, mode: Mode? = nil, leavingOut secrets: [Redaction] = [],
    filePath: String = #filePath
  ) throws(CassetteError) {
    let test = URL(filePath: filePath)
    let file = test.deletingLastPathComponent()
      .appending(path: "__Cassettes__")
      .appending(path: test.deletingPathExtension().lastPathComponent)
      .appending(path: Path.escape(name) + ".json")
    try self.init(at: file.path, mode: mode, leavingOut: secrets)
  }

  /// A cassette in a file of any name.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - mode: Where answers come from; by default what `TROUPE_RECORD` says, and replay without
  ///     it.
  ///   - secrets: What is left out beside the values of environment variables that look like
  ///     secrets.
  /// - Throws: `CassetteError` if the file is there and cannot be read, or is no cassette; that it
  ///   is not there is no error.
  public convenience init(
    at path: String, mode: Mode? = nil, leavingOut secrets: [Redaction] = []
  ) throws(CassetteError) {
    try self.init(
      at: path, mode: mode, leavingOut: secrets,
      environment: ProcessInfo.processInfo.environment)
  }

  /// A cassette that takes the environment's variables from a dictionary.
  package init(
    at path: String, mode: Mode?, leavingOut secrets: [Redaction], environment: [String: String]
  ) throws(CassetteError) {
    file = path
    if let mode {
      self.mode = mode
    } else {
      self.mode = try Self.mode(from: environment, file: path)
    }
    redactor = Redactor(Redaction.secrets(in: environment) + secrets)
    tape = Lock(Tape(try CassetteFile.answers(in: CassetteFile.bytes(of: path), of: path)))
  }

  /// The requests that were in the file when the cassette was made and were not asked since: who
  /// was asked what, on one line each. They are kept in the file until it is removed and recorded
  /// again.
  public var unused: [String] {
    tape.withLock { $0.unused }.map(\.summary).sorted()
  }

  /// The requests for which there was no answer. Each is also the error of the attempt that asked,
  /// which a retry or a fallback may hide.
  public var misses: [CassetteMiss] { tape.withLock { $0.misses } }

  /// Answers an assignment from the file, or with what an agent answers.
  ///
  /// - Throws: `CassetteMiss` when replaying, `CassetteError` if an answer cannot be written, or
  ///   what the agent throws.
  func delivery(for assignment: Assignment, from agent: any Agent) async throws -> Delivery {
    let request = RecordedRequest(assignment, redactor)
    switch tape.withLock({ [mode, file] in $0.ask(request, mode, file: file) }) {
    case .replay(let answer): return answer.delivery
    case .miss(let miss): throw miss
    case .record(let place):
      let delivery = try await ask(agent, assignment)
      let answer = try RecordedAnswer(delivery, redactor)
      tape.withLock { $0.keep(answer, to: request, place: place) }
      try write(request)
      return answer.delivery
    }
  }

  /// Asks a real agent, which takes real time and leaves a simulation.
  private func ask(_ agent: any Agent, _ assignment: Assignment) async throws -> Delivery {
    guard let clock = VirtualClock.current else { return try await agent.perform(assignment) }
    return try await clock.standingStill { try await agent.perform(assignment) }
  }

  /// Writes what was recorded at once, so that a run that fails later does not lose it, and leaves
  /// everything else in the file as it is.
  private func write(_ request: RecordedRequest) throws {
    try Self.images.withLock { images in
      // Taken out, so that it is changed in place, and not kept if it cannot be written.
      let known = images.removeValue(forKey: file)
      var image = try known.flatMap { try $0.isCurrent ? $0 : nil } ?? CassetteImage(of: file)
      try image.set(tape.withLock { $0.recording(of: request) }, to: request)
      try image.write()
      images[file] = image
    }
  }
}
