import Testing
import Troupe
import TroupeSimulation

/// Recording agents that take real time from within a simulation.
@Suite struct RecordingTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  @Test func timeStandsStillWhileARealAgentIsAsked() async throws {
    let path = folder.path("cats.json")
    // Work on the main actor leaves the simulation, as input and output do.
    let outside = ClosureAgent { assignment in
      for _ in 1...3 { await MainActor.run {} }
      return try await Newsroom.diligent.perform(assignment)
    }
    let real = try await Simulation(
      of: LaunchPost(), team: Newsroom.team(outside).recorded(in: Cassette(at: path, mode: .record))
    ).run("cats")
    #expect(try real.stage("research").attempts.map(\.ending) == [.finished])
    #expect(real.elapsed < .seconds(1))
    let replayed = try await Simulation(
      of: LaunchPost(),
      team: Newsroom.team(Newsroom.absent).recorded(in: Cassette(at: path, mode: .replay))
    ).run("cats")
    #expect(try replayed.output == real.output)
  }

  @Test func anAgentIsWaitedForLongerThanTheSimulationsPatience() async throws {
    // Nothing happens until the simulation has lost its patience at least once.
    let agent = ClosureAgent { assignment in
      await Task.detached { for _ in 1...200 { await Task.yield() } }.value
      return try await Newsroom.diligent.perform(assignment)
    }
    let cassette = try Cassette(at: folder.path("cats.json"), mode: .record)
    let run = try await Simulation(
      of: LaunchPost(), team: Newsroom.team(agent).recorded(in: cassette),
      patience: .nanoseconds(1)
    ).run("cats")
    #expect(try run.output.text.hasPrefix(Draft.long.text))
  }

  @Test func unitsOfAPoolAreMadeForWhatIsRecordedAndNotForWhatIsReplayed() async throws {
    let path = folder.path("cats.json")
    let made = Lock<[Int]>([])
    let team = Team {
      Member("ann", plays: .researcher, .writer, .critic, pool: 2...4) { unit in
        made.withLock { $0.append(unit) }
        return Newsroom.diligent
      }
    }
    let recording = try Cassette(at: path, mode: .record)
    let real = try await Runtime(team: team.recorded(in: recording)).run(
      LaunchPost(), input: "cats")
    let count = made.withLock { $0.count }
    #expect(count > 0)
    let replaying = try Cassette(at: path, mode: .replay)
    let again = try await Runtime(team: team.recorded(in: replaying)).run(
      LaunchPost(), input: "cats")
    #expect(again == real)
    #expect(made.withLock { $0.count } == count)
  }

  @Test func aReplayNeverLeavesTheSimulation() async throws {
    let path = folder.path("cats.json")
    let recording = try Cassette(at: path, mode: .record)
    _ = try await Simulation(
      of: LaunchPost(), team: Newsroom.team(Newsroom.diligent).recorded(in: recording)
    ).run("cats")
    var timelines: Set<String> = []
    for _ in 1...20 {
      let replaying = try Cassette(at: path, mode: .replay)
      timelines.insert(
        try await Simulation(
          of: LaunchPost(), team: Newsroom.team(Newsroom.absent).recorded(in: replaying)
        ).run("cats", seed: 7).timeline.description)
    }
    #expect(timelines.count == 1)
  }
}
