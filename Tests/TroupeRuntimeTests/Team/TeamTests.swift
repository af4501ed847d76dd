import Testing
import Troupe

extension Role {
  fileprivate static let writer = Role("writer", instructions: "Write well.")
  fileprivate static let editor = Role("editor")
}

@Suite struct TeamTests {
  struct Letter: Codable, Sendable, Equatable { var text: String }

  struct Writing: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<Letter>("letter")
    var attempts = 1
    var body: some Step {
      Stage("write", by: .writer, reads: input, writes: output) { "Write about \($0)." }
        .retry(attempts: attempts)
    }
  }

  private func team(
    _ perform: @escaping @Sendable (Assignment) async throws -> Delivery
  ) -> Team {
    Team { Member("scribe", plays: .writer) { ClosureAgent(perform) } }
  }

  @Test func anAgentIsToldItsRoleThePromptAndTheFormOfTheAnswer() async throws {
    let asked = Lock<Assignment?>(nil)
    let team = team { assignment in
      asked.withLock { $0 = assignment }
      return .json(.object(["text": .string("hello")]))
    }
    let letter = try await Runtime(team: team).run(Writing(), input: "cats")
    #expect(letter == Letter(text: "hello"))
    let assignment = try #require(asked.withLock { $0 })
    #expect(assignment.prompt == "Write about cats.")
    #expect(assignment.role.instructions == "Write well.")
    #expect(assignment.address == "writing/write")
    #expect(assignment.schema != nil)
    #expect(assignment.idempotencyKey.count == 64)
  }

  @Test func anAnswerThatDoesNotDecodeGoesBackAsFeedback() async throws {
    let answers = Notes()
    let team = team { assignment in
      answers.add(assignment.feedback.map(\.reason).joined(separator: " | "))
      return .text(assignment.turn == 3 ? "Here: {\"text\": \"ok\"}" : "{\"txt\": 1}")
    }
    let letter = try await Runtime(team: team).run(Writing(), input: "cats")
    #expect(letter == Letter(text: "ok"))
    #expect(answers.all.count == 3)
    #expect(answers.all[1].contains("text"))
  }

  @Test func answersThatNeverDecodeFailTheAttempt() async throws {
    let asked = Notes()
    let team = team { _ in
      asked.add("asked")
      return .text("no JSON here")
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime(team: team).run(Writing(), input: "cats")
    }
    #expect(asked.all.count == 3)
    #expect(failure.failure.reason.hasPrefix("was answered 3 times in a form that it cannot use"))
    #expect(failure.failure.member == "scribe")
  }

  @Test func theNextMemberTakesOverWhenOneHasFailed() async throws {
    let asked = Notes()
    let team = Team {
      Member("first", plays: .writer) {
        ClosureAgent { assignment in
          asked.add("first \(assignment.attempt)")
          throw Mishap()
        }
      }
      Member("second", plays: .writer, .editor) {
        ClosureAgent { assignment in
          asked.add("second \(assignment.attempt)")
          return .value(Letter(text: "done"))
        }
      }
    }
    let letter = try await Runtime(team: team).run(Writing(attempts: 2), input: "cats")
    #expect(letter.text == "done")
    #expect(asked.all == ["first 1", "first 2", "second 3"])
  }

  @Test func whenAllMembersFailTheLastFailureNamesTheOthers() async throws {
    let team = Team {
      for name in ["ann", "bob"] {
        Member(name, plays: .writer) { ClosureAgent { _ in throw Mishap(description: name) } }
      }
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime(team: team).run(Writing(), input: "cats")
    }
    #expect(
      failure.description.hasPrefix(
        """
        'writing/write' (attempt 2, member 'bob') failed: bob
          also: 'writing/write' (member 'ann') failed: ann
        """))
  }

  @Test func allAttemptsOfATakeCarryTheSameKey() async throws {
    let keys = Notes()
    let team = team { assignment in
      keys.add(assignment.idempotencyKey)
      if keys.all.count < 3 { throw Mishap() }
      return .value(Letter(text: "done"))
    }
    _ = try await Runtime(team: team).run(Writing(attempts: 3), input: "cats")
    #expect(keys.all.count == 3)
    #expect(Set(keys.all).count == 1)
  }

  @Test func aRoleThatNobodyPlaysIsReportedBeforeTheRunStarts() async throws {
    let mismatch = try await #require(throws: TeamMismatch.self) {
      try await Runtime().run(Writing(), input: "cats")
    }
    #expect(
      mismatch.description == """
        nobody plays the role 'writer', which 'writing/write' needs; \
        add a member: Member("…", plays: Role("writer")) { … }
        """)
  }

  struct Letters: Workflow {
    let input = Artifact<[String]>("topics")
    let output = Artifact<[Letter]>("letters")
    var body: some Step {
      FanOut(over: input, into: output) { topic, letter in
        Stage("write", by: .writer, reads: topic, writes: letter) { $0 }
      }
    }
  }

  @Test func aMemberNeverWorksOnMoreThanItsCapacity() async throws {
    let (working, most) = (Lock(0), Lock(0))
    let team = Team {
      Member("scribe", plays: .writer, capacity: 2) {
        ClosureAgent { assignment in
          let now = working.withLock { count in
            count += 1
            return count
          }
          most.withLock { $0 = max($0, now) }
          await Task.yield()
          working.withLock { $0 -= 1 }
          return .value(Letter(text: assignment.prompt))
        }
      }
    }
    let topics = (1...40).map { "topic \($0)" }
    let letters = try await Runtime(team: team).run(Letters(), input: topics)
    #expect(letters.map(\.text) == topics)
    #expect(most.withLock { $0 } == 2)
  }

  @Test func theLeastLoadedMemberIsChosen() async throws {
    let both = Latch()
    let workers = Notes()
    let team = Team {
      for name in ["ann", "bob"] {
        Member(name, plays: .writer, capacity: 2) {
          ClosureAgent { assignment in
            workers.add(name)
            both.arrive()
            await both.untilArrived(4)
            return .value(Letter(text: assignment.prompt))
          }
        }
      }
    }
    _ = try await Runtime(team: team).run(Letters(), input: ["1", "2", "3", "4"])
    #expect(workers.all.sorted() == ["ann", "ann", "bob", "bob"])
  }

  @Test func aCancelledRunStopsWaitingForAMemberAndGivesItBack() async throws {
    let busy = Latch()
    let team = team { assignment in
      guard assignment.prompt.contains("wait") else { return .value(Letter(text: "done")) }
      busy.arrive()
      try await untilCancelled()
      return .text("")
    }
    let runtime = Runtime(team: team)
    let task = Task { try await runtime.run(Letters(), input: ["wait", "wait", "wait"]) }
    await busy.untilArrived()
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(
      try await runtime.run(Letters(), input: ["go", "go"]) == [
        Letter(text: "done"), Letter(text: "done"),
      ])
  }

  @Test func aMemberThatIgnoresItsTimeoutIsReplacedByTheNext() async throws {
    let clock = ManualClock()
    let hang = Latch()
    let team = Team {
      Member("hung", plays: Role("writer")) {
        ClosureAgent { _ in
          await hang.wait()
          return .text("too late")
        }
      }
      Member("good", plays: Role("writer")) { ClosureAgent { _ in .text("in time") } }
    }
    struct Letter: Workflow {
      let input = Artifact<Int>("number")
      let output = Artifact<String>("letter")
      var body: some Step {
        Stage("write", by: Role("writer"), reads: input, writes: output) { "\($0)" }
          .timeout(.seconds(1))
          .retry(attempts: 2)
      }
    }
    let finished = Latch()
    let runtime = Runtime(team: team, clock: clock)
    let run = Task {
      try await runtime.withRun(of: Letter(), input: 1) { run in
        for await event in run.events {
          if case .finished = event.kind { finished.arrive() }
        }
        return try await run.output
      }
    }
    await hang.untilArrived()
    clock.advance(by: .seconds(1))
    await finished.untilArrived()
    hang.open()
    #expect(try await run.value == "in time")
  }

  @Test func whatAnAgentUsedForAnswersThatDoNotDecodeIsCounted() async throws {
    struct Number: Codable, Sendable { var value: Int }
    struct Ask: Workflow {
      let input = Artifact<Int>("input")
      let output = Artifact<Number>("output")
      var body: some Step {
        Stage("ask", by: Role("writer"), reads: input, writes: output) { "\($0)" }
          .retry(attempts: 2)
      }
    }
    let calls = Notes()
    let team = Team {
      Member("clerk", plays: Role("writer")) {
        ClosureAgent { _ in
          let usage = Usage(inputTokens: 10)
          return calls.add("call") > 3
            ? .value(Number(value: 1), usage: usage) : .text("nothing", usage: usage)
        }
      }
    }
    let used = try await Runtime(team: team).withRun(of: Ask(), input: 1) { run in
      var used = Usage()
      for await event in run.events {
        switch event.kind {
        case .finished(_, let usage), .failed(_, _, _, let usage): used = used + usage
        default: break
        }
      }
      return used
    }
    #expect(calls.all.count == 4)
    #expect(used.inputTokens == 40)
  }

  @Test(arguments: ["\n", "\r\n"])
  func jsonIsFoundInAFencedBlockWhateverTheLineEnds(_ end: String) async throws {
    struct Number: Codable, Sendable { var value: Int }
    struct Ask: Workflow {
      let input = Artifact<Int>("input")
      let output = Artifact<Number>("output")
      var body: some Step {
        Stage("ask", by: Role("writer"), reads: input, writes: output) { "\($0)" }
      }
    }
    let answer = ["Here [as asked]:", "```json", #"{"value": 1}"#, "```", ""]
      .joined(separator: end)
    let team = Team {
      Member("clerk", plays: Role("writer")) { ClosureAgent { _ in .text(answer) } }
    }
    #expect(try await Runtime(team: team).run(Ask(), input: 1).value == 1)
  }
}
