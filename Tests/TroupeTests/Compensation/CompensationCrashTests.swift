import Testing
import Troupe
import TroupeTesting

/// A tour in which each kind of scope is given up, and which fails in the end.
struct Undoing: Workflow {
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  let way = Artifact<Int>("way")
  let hotel = Artifact<Int>("hotel")
  let seats = Artifact<[Int]>("seats")
  let taken = Artifact<[FanOut.Element<Int>]>("taken")

  var body: some Step {
    Stage("deposit", reads: input, writes: .named("deposit")) { $0 }
      .compensate(reads: input, retry: Retry(attempts: 2, backoff: .constant(.seconds(5)))) {
        _, _ in
      }
    Race("travel") {
      Phase("rail") {
        booking("ticket", from: input, to: way)
        Stage("rail ready", reads: way, writes: way) { $0 }
      }
      Phase("air") {
        booking("flight", from: input, to: way)
        Stage("air ready", reads: way, writes: way) { $0 }
      }
    }
    Phase("stay") {
      booking("room", from: way)
      Stage("rate", reads: .named("room"), writes: hotel) { room in
        if StageContext.current?.address.description.contains("~2") == true {
          throw Unavailable()
        }
        return room - room
      }
    }
    .gate("good", on: hotel, otherwise: .rework(upTo: 1)) { $0 > 0 }
    .fallback { booking("tent", from: way, to: hotel) }
    Stage("spread", reads: input, writes: seats) { _ in [1, 2, 3] }
    FanOut("each", over: seats, into: taken, tolerating: 1) { number, result in
      booking("seat", from: number, to: result)
      Stage("confirm", reads: result, writes: result) { number in
        if number == 3 { throw Unavailable() }
        return number
      }
    }
    Stage("pay", reads: hotel, .named("deposit"), writes: output) { _, _ in throw Unavailable() }
  }

  static var simulation: Simulation<Undoing> {
    Simulation(of: Undoing()) {
      Stub(effect: "deposit/@compensation") { asked in
        if asked.attempt == 1 { throw Unavailable() }
      }
      Stub("rail ready", as: Int.self) { _ in 2 }.taking(.minutes(1))
      Stub("air ready", as: Int.self) { _ in 2 }.taking(.hours(1))
      Stub(effect: "stay/@fallback/tent/@compensation") { _ in throw Unavailable() }
      Stub.examples()
    }
  }
}

/// A booking and a failure, small enough to crash at every point and then once more.
struct SmallUndoing: Workflow {
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")

  var body: some Step {
    booking("flight", from: input)
    failing("pay", from: .named("flight"), to: output)
  }
}

/// What is undone, ended at every record and gone on with.
@Suite struct CompensationCrashTests {
  @Test func whatIsUndoneGoesOnWhereItWas() async throws {
    let report = try await expectSurvivesCrashes(
      of: Undoing.simulation, 1, seeds: Simulation.seeds(2), pairs: .sampled(60))
    #expect(report.points > 100)
    #expect(report.resumes > 200)
  }

  @Test func aSecondCrashLosesNothingEither() async throws {
    let simulation = Simulation(of: SmallUndoing()) { Stub<SmallUndoing>.examples() }
    let report = try await expectSurvivesCrashes(
      of: simulation, 1, seeds: Simulation.seeds(1), pairs: .sampled(150))
    #expect(report.resumes > 100)
  }

  @Test(arguments: Simulation.seeds(200))
  func everythingIsUndoneOnceWhateverTheOrder(_ seed: Seed) async throws {
    let run = try await Undoing.simulation.run(1, seed: seed)
    let undone = run.events.undone
    #expect(
      undone.filter { !$0.hasPrefix("each") } == [
        "travel/air/flight", "stay/room", "stay~2/room", "travel/rail/ticket", "deposit",
      ], "\(run)")
    #expect(undone.count { $0.hasPrefix("each") } == 3)
    #expect(run.failure?.uncompensated.map(\.address) == ["undoing/stay/@fallback/tent"])
  }
}
