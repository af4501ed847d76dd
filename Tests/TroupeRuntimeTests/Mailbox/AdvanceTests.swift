import Foundation
import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// Runs that stop as soon as they only wait.
@Suite struct AdvanceTests {
  /// Waits in every place where a run can wait.
  struct Waiting: Workflow {
    let input = Artifact<Int>("in")
    let output = Artifact<Int>("out")
    let list = Artifact<[Int]>("list")
    let answers = Artifact<[Int]>("answers")
    let a = Artifact<Int>("a")
    let b = Artifact<Int>("b")
    let c = Artifact<Int>("c")
    let d = Artifact<Int>("d")

    static let first = Signal<Int>("first")
    static let second = Signal<Int>("second")
    static let each = Signal<Int>("each")

    var body: some Step {
      Parallel {
        Phase("one") {
          Stage("slow", reads: input, writes: a) { $0 }
          Wait(for: Self.first, writes: b, within: .hours(48))
        }
        .deadline(.hours(72))
        Dataflow("two") {
          Race("either") {
            Phase("asked") { Wait(for: Self.second, writes: c) }
            Phase("timed") {
              Wait("a day", lasting: .hours(24))
              Stage("give up", reads: input, writes: c) { _ in 0 }
            }
          }
          Stage("after", reads: c, writes: d) { $0 * 10 }
        }
        Phase("many") {
          Stage("spread", reads: input, writes: list) { Array(repeating: $0, count: 3) }
          FanOut("all", over: list, into: answers) { _, answer in
            Wait(for: Self.each, writes: answer)
          }
        }
      }
      Stage("sum", reads: b, d, answers, writes: output) { $0 + $1 + $2.reduce(0, +) }
    }
  }

  /// The steps that wait, by the journal.
  private static func waits(_ store: Store) async throws -> Set<Awaiting> {
    let steps = try await store.history(of: "run").steps
    return Set(
      steps.filter { $0.state == .open }.compactMap { step in
        step.awaited.map { Awaiting(address: step.address.description, what: $0) }
      })
  }

  @Test(arguments: [UInt64](1...20))
  func whatWaitsIsWhatWaitsAfterAColdStart(_ seed: UInt64) async throws {
    try await onVirtualTime(seed: seed) { time in
      let store = Store(files: MemoryFiles(executor: time.executor), root: "store")
      func runtime() -> Runtime {
        Runtime(
          team: Team(), store: store, clock: time.clock, randomness: SeededGenerator(seed: seed),
          executor: time.executor)
      }
      func advance() async throws -> Advance<Int> {
        try await runtime().advance(Waiting(), input: 2, id: "run")
      }
      guard case .waiting(let first) = try await advance() else {
        return #expect(Bool(false), "it does not wait")
      }
      #expect(
        first.map(\.description).map { $0.replacing(#/ until .*/#, with: "") }.sorted() == [
          "'waiting/parallel/many/all/items[1]/each' waits for signal 'each'",
          "'waiting/parallel/many/all/items[2]/each' waits for signal 'each'",
          "'waiting/parallel/many/all/items[3]/each' waits for signal 'each'",
          "'waiting/parallel/one/first' waits for signal 'first'",
          "'waiting/parallel/two/either/asked/second' waits for signal 'second'",
          "'waiting/parallel/two/either/timed/a day' waits",
        ])
      #expect(try await store.history(of: "run").status == .stopped(.waiting))
      #expect(try await Self.waits(store) == Set(first))
      // Nothing has come: it waits for the same as before.
      guard case .waiting(let again) = try await advance() else {
        return #expect(Bool(false), "it does not wait")
      }
      #expect(Set(again) == Set(first))
      #expect(try await Self.waits(store) == Set(first))

      try await store.signal(Waiting.each, 1, to: "run")
      try await store.signal(Waiting.first, 100, to: "run")
      guard case .waiting(let rest) = try await advance() else {
        return #expect(Bool(false), "it does not wait")
      }
      #expect(rest.count == 4)
      #expect(Set(rest).isSubset(of: Set(first)))
      #expect(try await Self.waits(store) == Set(rest))

      try await store.signal(Waiting.each, 1, to: "run")
      try await store.signal(Waiting.each, 1, to: "run")
      // The day passes while nobody runs it.
      try await time.clock.sleep(until: time.clock.now + .hours(25))
      guard case .done(let output) = try await advance() else {
        return #expect(Bool(false), "it waits")
      }
      #expect(output == 103)
    }
  }

  @Test func pausesAndQueuesAreWork() async throws {
    let writer = Role("writer")
    let attempts = Notes()
    let team = Team {
      Member("one", plays: writer, capacity: 1) {
        ClosureAgent { _ in
          if attempts.add("attempt") < 3 { throw Mishap() }
          return .value(1)
        }
      }
    }
    try await onVirtualTime { time in
      let runtime = Runtime(
        team: team, store: Store(files: MemoryFiles(executor: time.executor), root: "store"),
        clock: time.clock, randomness: SeededGenerator(seed: 1), executor: time.executor)
      let workflow = Body { input, output in
        Parallel {
          Stage("a", by: writer, reads: input, writes: Artifact<Int>("a")) { "\($0)" }
            .retry(attempts: 5, backoff: .constant(.hours(1)))
          Stage("b", by: writer, reads: input, writes: Artifact<Int>("b")) { "\($0)" }
            .retry(attempts: 5, backoff: .constant(.hours(1)))
          Wait("a while", lasting: .minutes(1))
        }
        .timeout(.hours(100))
        Wait(for: Signal<Int>("go"), writes: output)
      }
      guard case .waiting(let waits) = try await runtime.advance(workflow, input: 1, id: "run")
      else { return #expect(Bool(false), "it does not wait") }
      #expect(waits.map(\.description) == ["'test/go' waits for signal 'go'"])
    }
  }

  @Test func whatHasPassedIsNotWaitedFor() async throws {
    try await onVirtualTime { time in
      let store = Store(files: MemoryFiles(executor: time.executor), root: "store")
      let runtime = Runtime(
        team: Team(), store: store, clock: time.clock, randomness: SeededGenerator(seed: 1),
        executor: time.executor)
      let workflow = Body { input, output in
        Phase("ask") { Wait(for: Signal<Int>("go"), writes: output, within: .hours(1)) }
          .fallback { Stage("go on", reads: input, writes: output) { $0 } }
        Phase("end") {
          Phase("later") { Wait(for: Signal<Int>("never"), writes: output) }.deadline(.hours(1))
        }
        .fallback { Stage("end", reads: input, writes: output) { $0 + 1 } }
      }
      guard case .waiting = try await runtime.advance(workflow, input: 1, id: "run") else {
        return #expect(Bool(false), "it does not wait")
      }
      try await time.clock.sleep(until: time.clock.now + .hours(2))
      guard case .waiting(let waits) = try await runtime.advance(workflow, input: 1, id: "run")
      else { return #expect(Bool(false), "it does not wait") }
      #expect(waits.map(\.address) == ["test/end/later/never"])
      try await time.clock.sleep(until: time.clock.now + .hours(2))
      guard case .done(2) = try await runtime.advance(workflow, input: 1, id: "run") else {
        return #expect(Bool(false), "it waits")
      }
    }
  }

  @Test func onlyARunThatIsKeptCanStop() async throws {
    await #expect(throws: StoreError.self) {
      _ = try await Runtime().advance(Waiting(), input: 1, id: "run")
    }
  }

  @Test func itStopsAlsoOnRealThreads() async throws {
    for number in 0..<30 {
      let runtime = Runtime(store: .memory)
      guard case .waiting(let waits) = try await runtime.advance(Waiting(), input: 1, id: "run")
      else { return #expect(Bool(false), "it does not wait") }
      #expect(waits.count == 6, "\(number)")
    }
  }

  @Test func whatLiesInTheMailboxIsTakenBeforeItStops() async throws {
    let office = Office(store: .memory)
    try await office.begin(Adding(), until: \.isWaiting)
    for number in 1...5 { try await office.send(number) }
    try await office.send(-1)
    let advance = try await Runtime(store: office.store)
      .advance(Adding(), input: 0, id: office.run)
    guard case .done(let numbers) = advance else { return #expect(Bool(false), "\(advance)") }
    #expect(numbers.sorted() == [1, 2, 3, 4, 5])
  }
}
