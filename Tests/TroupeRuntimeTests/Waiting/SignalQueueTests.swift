import Testing
import Troupe
import TroupeRuntime
import TroupeSimulation

/// The queue of a run's signals, and that it follows from the records alone.
@Suite struct SignalQueueTests {
  private func arrival(_ number: Int, _ name: String = "a") -> SignalQueue.Arrival {
    SignalQueue.Arrival(number: number, name: name, payload: number)
  }

  @Test func theOldestSignalGoesToTheWaitThatOpenedFirst() {
    var queue = SignalQueue()
    queue.open(3, for: "a")
    queue.open(1, for: "a")
    queue.open(2, for: "b")
    #expect(queue.match(for: "a") == nil)
    queue.receive(arrival(4), id: "x")
    queue.receive(arrival(5), id: "y")
    #expect(queue.match(for: "a")?.wait == 1)
    #expect(queue.match(for: "a")?.arrival.number == 4)
    queue.consume(4, for: "a", by: 1)
    #expect(queue.match(for: "a")?.wait == 3)
    #expect(queue.match(for: "b") == nil)
    #expect(queue.hasReceived("x") && !queue.hasReceived("z"))
  }

  @Test func aWaitThatHasEndedIsGivenNothing() {
    var queue = SignalQueue()
    queue.open(1, for: "a")
    queue.close(1, for: "a")
    queue.close(7, for: "a")
    queue.receive(arrival(2), id: "x")
    #expect(queue.match(for: "a") == nil)
    #expect(!queue.isOpen(1, for: "a"))
    #expect(queue.unconsumed.map(\.number) == [2])
  }

  @Test func whatIsGivenBackHasItsOldPlace() {
    var queue = SignalQueue()
    for number in 1...3 { queue.receive(arrival(number), id: "\(number)") }
    for number in 1...2 { queue.consume(number, for: "a", by: 10 + number) }
    queue.giveBack(arrival(2))
    queue.giveBack(arrival(1))
    queue.open(20, for: "a")
    #expect(queue.match(for: "a")?.arrival.number == 1)
    #expect(queue.unconsumed.map(\.number) == [1, 2, 3])
  }

  /// Makes the queue again from what the events of a run say.
  private func queue(from events: [Event]) -> SignalQueue {
    var queue = SignalQueue()
    var signals: [Int: SignalQueue.Arrival] = [:]
    var waits: [Address: (number: Int, name: String)] = [:]
    for event in events {
      switch event.kind {
      case .received(let name, let id, let payload):
        let arrival = SignalQueue.Arrival(number: event.sequence, name: name, payload: payload)
        signals[event.sequence] = arrival
        queue.receive(arrival, id: id)
      case .waiting(let name?, _):
        waits[event.address] = (event.sequence, name)
        queue.open(event.sequence, for: name)
      case .consumed(let signal):
        if let wait = waits[event.address] {
          queue.consume(signal, for: wait.name, by: wait.number)
        }
      case .passed, .closed:
        if let wait = waits[event.address] { queue.close(wait.number, for: wait.name) }
      case .returned(let signal): signals[signal].map { queue.giveBack($0) }
      default: break
      }
    }
    return queue
  }

  @Test(arguments: Simulation.seeds(100))
  func theEventsOfARunGiveItsQueue(_ seed: Seed) async throws {
    let number = Signal<Int>("number")
    let (list, results) = (Artifact<[Int]>("list"), Artifact<[FanOut.Element<Int>]>("results"))
    let workflow = Body { input, output in
      Stage("spread", reads: input, writes: list) { (0..<$0).map { $0 } }
      FanOut("each", over: list, into: results, tolerating: 8) { element, result in
        Race("first") {
          Wait(for: number, writes: result, within: .minutes(4))
          Stage("guess", reads: element, writes: result) { $0 }
        }
      }
      Stage("end", reads: results, writes: output) { $0.count }
    }
    let run = try await Simulation(of: workflow) {
      Stub("each/first/guess", as: Int.self) { 0 }.taking(.minutes(3))
        .fault(.fails(Mishap()), on: .chance(0.5))
      for minute in 1...6 { Send(number, minute, after: .minutes(minute)) }
    }.run(8, seed: seed)
    let rest = run.events.compactMap { event in
      if case .unconsumed(let signal, _) = event.kind { signal } else { nil }
    }
    let queue = queue(from: run.events)
    #expect(queue.unconsumed.map(\.number) == rest)
    #expect(queue.match(for: "number") == nil)
  }
}
