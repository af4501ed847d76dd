import Testing
import Troupe
import TroupeTesting

/// What is undone when something is given up, in which order, and before what.
@Suite struct CompensationOrderTests {
  @Test func aFailedRunIsUndoneFromItsEnd() async throws {
    let run = try await Trip { input, output in
      booking("flight", from: input)
      Phase("stay") {
        booking("hotel", from: .named("flight"))
        booking("car", from: .named("hotel"))
      }
      failing(from: .named("car"), to: output)
    }
    .rehearse()
    #expect(run.events.undone == ["stay/car", "stay/hotel", "flight"])
    #expect(run.failure?.isCompensated == true)
    #expect(run.failure?.uncompensated == [])
  }

  @Test func aRunThatSucceedsKeepsWhatItHasDone() async throws {
    let run = try await Trip { input, output in
      booking("flight", from: input)
      booking("hotel", from: .named("flight"), to: output)
    }
    .rehearse()
    #expect(run.events.undone == [])
    #expect(try run.output == 3)
  }

  @Test func aCompensationIsGivenWhatItsStageGaveAndSaw() async throws {
    let told = Log()
    let run = try await Trip { input, output in
      Stage("flight", reads: input, writes: .named("flight")) { $0 + 1 }
        .compensate(reads: input) { flight, input in
          let context = StageContext.current
          await told.add("\(context?.address.description ?? "?") \(flight) \(input)")
          await told.add("attempt \(context?.attempt ?? 0)")
        }
      Stage("change", reads: input, writes: input) { $0 + 10 }
      Effect("announce", reads: input) { _ in }
        .compensate(reads: input) { await told.add("announced \($0)") }
      failing(from: input, to: output)
    }
    .rehearse()
    #expect(run.events.undone == ["announce", "flight"])
    #expect(await told.all == ["announced 11", "trip/flight/@compensation 2 1", "attempt 1"])
  }

  @Test func whatARaceHasLostIsUndoneBeforeItIsWon() async throws {
    let run = try await Trip { input, output in
      Race("any") {
        Phase("quick") {
          booking("rail", from: input, to: output)
          Stage("wait", reads: output, writes: output) { $0 }
        }
        Phase("slow") {
          booking("flight", from: input, to: output)
          Stage("think", reads: output, writes: output) { $0 }
        }
      }
      Stage("end", reads: output, writes: output) { $0 }
    }
    .rehearse {
      Stub("think", as: Int.self) { _ in 1 }.taking(.hours(1))
      Stub("wait", as: Int.self) { _ in 1 }.taking(.minutes(1))
    }
    #expect(run.events.undone == ["any/slow/flight"])
    let undone = run.events.first(at: "any/slow/flight") { $0.isUndone }
    #expect(try #require(undone) < #require(run.events.first(at: "any", \.isEnd)))
    #expect(try run.output == 1)
  }

  @Test func anElementThatDoesNotCountIsUndone() async throws {
    let results = Artifact<[FanOut.Element<Int>]>("results")
    let run = try await Trip { input, output in
      Stage("spread", reads: input, writes: Artifact<[Int]>("numbers")) { _ in [1, 2, 3] }
      FanOut("each", over: Artifact<[Int]>("numbers"), into: results, tolerating: 1) {
        number, result in
        booking("book", from: number, to: result)
        Stage("confirm", reads: result, writes: result) { number in
          if number == 3 { throw Unavailable() }
          return number
        }
      }
      Stage("end", reads: results, writes: output) { $0.count }
    }
    .rehearse()
    #expect(run.events.undone == ["each/items[2]/book"])
    #expect(try run.output == 3)
  }

  @Test func aTakeOfAContainerIsUndoneBeforeTheNext() async throws {
    let run = try await Trip { input, output in
      Phase("stay") {
        booking("hotel", from: input)
        booking("car", from: .named("hotel"))
        Stage("rate", reads: .named("car"), writes: output) { _ in
          Int(StageContext.current?.address.description.contains("~2") == true ? 5 : 1)
        }
      }
      .gate("good", on: output, otherwise: .rework(upTo: 1)) { $0 > 4 }
    }
    .rehearse()
    #expect(run.events.undone == ["stay/car", "stay/hotel"])
    let last = try #require(run.events.first(at: "stay/hotel") { $0.isUndone })
    #expect(try last < #require(run.events.first(at: "stay~2/hotel", \.isStart)))
    #expect(try run.output == 5)
  }

  @Test func aTakeOfAStageIsUndoneBeforeTheNext() async throws {
    let run = try await Trip { input, output in
      Stage("hotel", reads: input, writes: output) { _ in StageContext.current?.take ?? 0 }
        .compensate { _ in }
        .gate("third", otherwise: .rework(upTo: 2)) { $0 == 3 }
      failing(from: output, to: output)
    }
    .rehearse()
    #expect(run.events.undone == ["hotel", "hotel~2", "hotel~3"])
  }

  @Test func aBodyIsUndoneBeforeItsFallback() async throws {
    let run = try await Trip { input, output in
      Phase("stay") {
        booking("hotel", from: input)
        failing(from: .named("hotel"), to: output)
      }
      .fallback { booking("tent", from: input, to: output) }
      failing("later", from: output, to: output)
    }
    .rehearse()
    #expect(run.events.undone == ["stay/hotel", "stay/@fallback/tent"])
    let first = try #require(run.events.first(at: "stay/hotel") { $0.isUndone })
    #expect(try first < #require(run.events.first(at: "stay/@fallback/tent", \.isStart)))
  }

  @Test func whatALadderHasDoneAgainIsUndoneBefore() async throws {
    let run = try await Trip { input, output in
      Phase("stay") {
        booking("hotel", from: input)
        Stage("pay", reads: .named("hotel"), writes: output) { number in
          guard StageContext.current?.address.description.contains("~2") == true else {
            throw Unavailable()
          }
          return number
        }
      }
      .escalate { On(.failure) { Retry() } }
    }
    .rehearse()
    #expect(run.events.undone == ["stay/hotel"])
    let first = try #require(run.events.first(at: "stay/hotel") { $0.isUndone })
    #expect(try first < #require(run.events.first(at: "stay~2/hotel", \.isStart)))
    #expect(try run.output == 2)
  }

  @Test func aLadderThatAbortsHasTheRunUndone() async throws {
    let run = try await Trip { input, output in
      booking("flight", from: input)
      failing(from: .named("flight"), to: output)
        .escalate { On(.failure) { Abort("no trip") } }
    }
    .rehearse()
    #expect(run.events.undone == ["flight"])
    #expect(throws: RunAborted.self) { try run.output }
  }

  @Test func roundsAreUndoneAsTheyWereFinished() async throws {
    let run = try await Trip { input, output in
      Repeat("rounds", input, upTo: 2, until: { _ in false }, otherwise: .accept) {
        booking("book", from: input, to: input)
      }
      failing(from: input, to: output)
    }
    .rehearse()
    #expect(run.events.undone == ["rounds/rounds[2]/book", "rounds/rounds[1]/book"])
  }

  @Test func aRunThatIsToStopWhenItFailsKeepsWhatItHasDone() async throws {
    let run = try await Trip(onFailure: .stop) { input, output in
      booking("flight", from: input)
      failing(from: .named("flight"), to: output)
    }
    .rehearse()
    #expect(run.events.undone == [])
    #expect(run.failure?.isCompensated == false)
  }
}
