import Testing
import Troupe
import TroupeSimulation

/// Runs that cannot go on, and runs that leave the simulation.
@Suite struct OutsideWorkTests {
  private struct Working: Workflow {
    let input = Artifact<Int>("in")
    let output = Artifact<Int>("out")
    let work: @Sendable (Int) async throws -> Int
    var body: some Step {
      Phase("deep") {
        Stage("work", reads: input, writes: output, perform: work)
      }
    }
  }

  private func error<Work: Workflow>(
    _ simulation: Simulation<Work>, _ input: Work.Input
  ) async -> SimulationError? {
    await #expect(throws: SimulationError.self) { try await simulation.run(input) }
  }

  @Test func workThatComesBackFromTheMainActorIsNamed() async throws {
    let workflow = Working { number in await MainActor.run { number + 1 } }
    let error = try #require(await error(Simulation(of: workflow), 1))
    guard case .disturbed(_, let during) = error.problem else {
      Issue.record("\(error)")
      return
    }
    #expect(during == ["'working/deep/work'"])
    #expect(error.description.contains("it came during 'working/deep/work'"))
  }

  @Test func outsideWorkMayBeAllowed() async throws {
    let workflow = Working { number in await MainActor.run { number + 1 } }
    let run = try await Simulation(of: workflow, allowsOutsideWork: true).run(1)
    #expect(try run.output == 2)
  }

  @Test func outsideWorkThatIsAllowedIsFasterThanAnyTimeout() async throws {
    struct Limited: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      var body: some Step {
        Stage("work", reads: input, writes: output) { number in
          await MainActor.run { number + 1 }
        }
        .timeout(.hours(1))
      }
    }
    for seed in Simulation.seeds(10) {
      let run = try await Simulation(of: Limited(), allowsOutsideWork: true).run(1, seed: seed)
      #expect(try run.output == 2)
    }
  }

  @Test func aLoopThatOnlyYieldsIsNamed() async throws {
    let workflow = Working { number in
      while !Task.isCancelled { await Task.yield() }
      return number
    }
    let error = try #require(await error(Simulation(of: workflow), 1))
    #expect(
      error.problem
        == .busy(
          ["'working/deep/work' has started and waits for something that never comes"],
          isAbandoned: false))
  }

  @Test func aTaskThatIsAwaitedIsOutsideWork() async throws {
    let workflow = Working { number in await Task { number + 1 }.value }
    let error = try #require(await error(Simulation(of: workflow), 1))
    if case .disturbed = error.problem {} else { Issue.record("\(error)") }
  }

  @Test func actorsAndChildTasksStayInside() async throws {
    actor Counter {
      var count = 0
      func add(_ number: Int) -> Int {
        count += number
        return count
      }
    }
    let workflow = Working { number in
      let counter = Counter()
      async let first = counter.add(number)
      let sum = await withTaskGroup(of: Int.self) { group in
        for part in 1...5 { group.addTask { await counter.add(part) } }
        return await group.reduce(0) { max($0, $1) }
      }
      return await max(first, sum)
    }
    #expect(try await Simulation(of: workflow).run(1).output == 16)
  }

  @Test func aRunThatCannotGoOnSaysWhoWaits() async throws {
    let workflow = Working { _ in
      try await untilCancelled()
      return 0
    }
    let error = try #require(
      await error(Simulation(of: workflow, patience: .milliseconds(1)), 1))
    #expect(
      error.problem
        == .stuck(
          ["'working/deep/work' has started and waits for something that never comes"],
          isAbandoned: false))
  }

  @Test func aRunThatDoesNotEvenHeedCancellationIsLeftBehind() async throws {
    let workflow = Working { _ in
      await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
      return 0
    }
    let error = try #require(
      await error(Simulation(of: workflow, patience: .milliseconds(1)), 1))
    if case .stuck(_, isAbandoned: true) = error.problem {} else { Issue.record("\(error)") }
  }

  @Test func twoWhoWaitForEachOtherAreNamed() async throws {
    struct Embrace: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      let left = Artifact<Int>("left")
      let right = Artifact<Int>("right")
      let third = Artifact<Int>("third")
      var body: some Step {
        Parallel {
          Stage("left", by: .writer, reads: input, writes: left) { "\($0)" }
          Stage("right", by: .critic, reads: input, writes: right) { "\($0)" }
          Stage("third", by: .critic, reads: input, writes: third) { "\($0)" }
        }
        Stage("end", reads: left, right, third, writes: output) { $0 + $1 + $2 }
      }
    }
    let team = Team {
      Member("ann", plays: .writer) { ClosureAgent { _ in .json(1) } }
      Member("bob", plays: .critic) { ClosureAgent { _ in .json(1) } }
    }
    let simulation = Simulation(of: Embrace(), team: team, patience: .milliseconds(1)) {
      Stub(.writer) { _ in
        try await untilCancelled()
        return .json(1)
      }
      Stub("parallel/right", as: Int.self) {
        try await untilCancelled()
        return 1
      }
      Stub("parallel/third", as: Int.self) {
        try await untilCancelled()
        return 1
      }
    }
    let error = try #require(await error(simulation, 1))
    guard case .stuck(let waits, _) = error.problem else {
      Issue.record("\(error)")
      return
    }
    #expect(waits.count == 3)
    #expect(waits.contains { $0.hasSuffix("waits for a member who plays 'critic': 'bob' is busy") })
  }

  @Test func aSimulationThatIsCancelledEnds() async {
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await Simulation(of: Working { $0 }).run(1)
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func setsMayBeWrittenInAnyOrder() async throws {
    struct Sets: Codable, Sendable {
      var words: Set<String>
      var names: [Double: Int]
    }
    struct Collecting: Workflow {
      let input = Artifact<Int>("count")
      let output = Artifact<Sets>("sets")
      var body: some Step {
        Stage("collect", reads: input, writes: output) { count in
          var sets = Sets(words: [], names: [:])
          sets.words.reserveCapacity(count * 8)
          for number in 0..<count {
            sets.words.insert("word \(number)")
            sets.names[Double(number) / 7] = number
          }
          for number in 0..<count / 2 { sets.words.remove("word \(number)") }
          return sets
        }
      }
    }
    for count in 10..<40 {
      #expect(try await Simulation(of: Collecting()).run(count).output.names.count == count)
    }
  }

  @Test func whoWaitsInAGateOrAPromptIsNamedByTheStep() async throws {
    struct Judging: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      let draft = Artifact<Int>("draft")
      let waitsInPrompt: Bool
      var body: some Step {
        Phase("write") {
          Stage("work", by: .writer, reads: input, writes: draft) { number in
            if waitsInPrompt { try await untilCancelled() }
            return "\(number)"
          }
          Stage("check", reads: draft, writes: output) { $0 }
            .gate("good") { _ in
              try await untilCancelled()
              return true
            }
        }
      }
    }
    for (waitsInPrompt, place) in [(true, "judging/write"), (false, "judging/write/check")] {
      let simulation = Simulation(
        of: Judging(waitsInPrompt: waitsInPrompt), patience: .milliseconds(1)
      ) {
        Stub.examples()
      }
      let error = try #require(await error(simulation, 1))
      #expect(
        error.problem
          == .stuck(["'\(place)' waits in a gate, a condition or a prompt"], isAbandoned: false))
      #expect(!error.timeline.description.contains("cancelled"))
    }
  }

  @Test func anInputThatDoesNotSurviveItsCodecIsNamed() async throws {
    struct Echo: Workflow {
      let input = Artifact<Growing>("in")
      let output = Artifact<Int>("out")
      var body: some Step { Stage("count", reads: input, writes: output) { $0.size } }
    }
    let error = try #require(await error(Simulation(of: Echo()), Growing(size: 1)))
    guard case .valueChanged(let what) = error.problem else {
      Issue.record("\(error)")
      return
    }
    #expect(what.hasPrefix("the input does not survive the codec of"))
  }

  /// Is one larger each time it is read.
  private struct Growing: Codable, Sendable {
    var size: Int
    init(size: Int) { self.size = size }
    init(from decoder: any Decoder) throws {
      size = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .size) + 1
    }
  }

  @Test func aValueThatDoesNotSurviveItsCodecFailsTheSimulation() async throws {
    struct Forgetful: Codable, Sendable {
      var kept = 1
      var lost = 2
      enum CodingKeys: String, CodingKey { case kept }
      init(kept: Int = 1, lost: Int = 2) { (self.kept, self.lost) = (kept, lost) }
      init(from decoder: any Decoder) throws {
        kept = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .kept) + 1
      }
    }
    struct Losing: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Forgetful>("out")
      var body: some Step { Stage("lose", reads: input, writes: output) { Forgetful(kept: $0) } }
    }
    let error = try #require(await error(Simulation(of: Losing()), 1))
    guard case .valueChanged(let what) = error.problem else {
      Issue.record("\(error)")
      return
    }
    #expect(what.hasPrefix("what 'losing/lose' writes does not survive the codec of"))
    #expect(what.hasSuffix("written as {\"kept\":1}, and after reading that as {\"kept\":2}"))
  }
}

/// Waits for what never comes, until the task is cancelled.
private func untilCancelled() async throws {
  let stream = AsyncStream<Void> { _ in }
  for await _ in stream {}
  throw CancellationError()
}
