import Foundation
import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// Letters to a run that is under way, stopped, or just being started.
@Suite struct DeliveryTests {
  /// A store in memory, and one in a folder.
  enum Place: CaseIterable { case memory, directory }

  private func office(
    _ place: Place, _ work: (Office) async throws -> Void
  ) async throws {
    switch place {
    case .memory: try await work(Office(store: .memory))
    case .directory:
      try await withTemporaryFolder { try await work(Office(store: .directory($0 + "/store"))) }
    }
  }

  @Test(arguments: Place.allCases)
  func letters(_ place: Place) async throws {
    try await office(place) { office in
      try await office.begin(Adding(), until: \.isWaiting)
      // While nobody runs it.
      try await office.send(1)
      try await office.send(2, id: "two")
      try await office.send(2, id: "two")
      let runtime = Runtime(store: office.store)
      let output = try await runtime.withRun(of: Adding(), input: 0, id: office.run) { run in
        for await event in run.events {
          guard case .wentRound(2, _) = event.kind else { continue }
          // While it runs, from outside and by its handle.
          try await office.send(2, id: "two")
          try await office.send(3)
          try await run.signal(Adding.number, 4)
          try await office.send(-1)
        }
        return try await run.output
      }
      #expect(Set(output) == [1, 2, 3, 4] && output.count == 4, "\(output)")
      #expect(output.prefix(2) == [1, 2])
      #expect(try await office.mailbox.names().isEmpty)
      let error = await #expect(throws: SignalRefused.self) { try await office.send(5) }
      #expect(error?.reason == .ended)
    }
  }

  @Test(arguments: Place.allCases)
  func whatCannotBeReadIsPutAsideAndTheRestGoesOn(_ place: Place) async throws {
    try await office(place) { office in
      try await office.begin(Adding(), until: \.isWaiting)
      try await office.put("no letter", as: "0-garbage")
      try await office.put("", as: "0-empty")
      try await office.put(String(repeating: "x", count: Letter.limit + 1), as: "0-large")
      try await office.put("x", as: ".hidden")
      try await office.files.makeFolder(office.mailbox.path(of: "0-folder"))
      let wrong = Letter(
        id: "0-wrong", from: "Ann", at: Date(), .signal("number", payload: "many"))
      try await office.put(String(decoding: wrong.bytes, as: UTF8.self), as: "0-wrong")
      let unknown = Letter(id: "0-unknown", from: nil, at: Date(), .signal("letter", payload: [:]))
      try await office.put(String(decoding: unknown.bytes, as: UTF8.self), as: "0-unknown")
      try await office.send(7)
      try await office.send(-1)
      let runtime = Runtime(store: office.store)
      #expect(try await runtime.run(Adding(), input: 0, id: office.run) == [7])
      #expect(try await office.mailbox.names().isEmpty)
      let refused = try await office.events().compactMap { event in
        if case .refused(let letter, let reason) = event.kind { (letter, reason) } else { nil }
      }
      #expect(
        refused.map(\.0) == [
          ".hidden", "0-empty", "0-folder", "0-garbage", "0-large", "0-unknown", "0-wrong",
        ])
      let reasons = Dictionary(uniqueKeysWithValues: refused)
      #expect(reasons["0-large"] == "it has more than 1048576 bytes")
      #expect(reasons["0-folder"] == "it is no file")
      let beginnings = [
        "0-unknown": "no step of the run waits for signal 'letter'",
        "0-wrong": "the payload of signal 'number' cannot be used",
      ]
      for (letter, beginning) in beginnings {
        #expect(reasons[letter]?.hasPrefix(beginning) == true)
      }
      for (letter, reason) in refused {
        #expect(await office.mailbox.rejection(of: letter) == reason)
      }
    }
  }

  @Test func whatBelongsToSomebodyElseIsPutAside() async throws {
    let files = FaultyFiles(MemoryFiles(), [], foreign: ["/new/planted"])
    let office = Office(store: Store(files: files, root: "store"))
    try await office.begin(Adding(), until: \.isWaiting)
    try await office.send(5, id: "planted")
    try await office.send(-1)
    let runtime = Runtime(store: office.store)
    #expect(try await runtime.run(Adding(), input: 0, id: office.run) == [])
    #expect(await office.mailbox.rejection(of: "planted") == "it belongs to another user")
  }

  @Test func aLetterThatWasUnreadableMayComeAgainUnderItsName() async throws {
    let office = Office(store: .memory)
    try await office.begin(Adding(), until: \.isWaiting)
    try await office.put("{", as: "mine")
    try await office.begin(Adding(), until: { if case .refused = $0 { true } else { false } })
    try await office.send(3, id: "mine")
    try await office.send(-1, id: "more")
    let runtime = Runtime(store: office.store)
    #expect(try await runtime.run(Adding(), input: 0, id: office.run) == [3])
  }

  @Test func aLetterThatWasRefusedDoesNotComeAgain() async throws {
    let office = Office(store: .memory)
    try await office.begin(Adding(), until: \.isWaiting)
    let wrong = Letter(id: "mine", from: nil, at: Date(), .signal("number", payload: "many"))
    #expect(try await office.store.send(wrong, to: office.run, nonce: "a") == .handedIn)
    #expect(try await office.store.send(wrong, to: office.run, nonce: "b") == .handedIn)
    #expect(try await office.store.handing(of: "mine", to: office.run) == .handedIn)
    try await office.begin(Adding(), until: { if case .refused = $0 { true } else { false } })
    let handing = try await office.store.handing(of: "mine", to: office.run)
    guard case .refused = handing else { return #expect(Bool(false), "\(handing)") }
    #expect(try await office.store.send(wrong, to: office.run, nonce: "c") == handing)
    await #expect(throws: LetterRefused.self) { try await office.send(3, id: "mine") }
  }

  @Test(arguments: [["new"], ["tmp", "new", "rejected", ""]])
  func aMailboxThatACopyLeftOutIsThereAgainOnceTheRunGoesOn(missing: [String]) async throws {
    try await office(.memory) { office in
      try await office.begin(Adding(), until: \.isWaiting)
      let mailbox = office.mailbox
      for name in missing {
        try await office.files.remove(name.isEmpty ? mailbox.path : "\(mailbox.path)/\(name)")
      }
      let output = try await Runtime(store: office.store).withRun(
        of: Adding(), input: 0, id: office.run
      ) { run in
        for await event in run.events {
          guard case .opened = event.kind else { continue }
          try await office.send(3)
          try await office.send(-1)
          break
        }
        return try await run.output
      }
      #expect(output == [3])
    }
  }

  @Test func whatNobodyWaitsForIsRefusedAtHandIn() async throws {
    let office = Office(store: .memory)
    try await office.begin(Adding(), until: \.isWaiting)
    let unknown = await #expect(throws: SignalRefused.self) {
      try await office.store.signal(Signal<Int>("nummer"), 1, to: office.run)
    }
    #expect(
      unknown?.description
        == "no step of the run waits for signal 'nummer'; did you mean 'number'?")
    let missing = await #expect(throws: StoreError.self) {
      try await office.store.signal(Adding.number, 1, to: "ading")
    }
    #expect(missing?.description.hasPrefix("there is no run 'ading'") == true)
    let typed = Letter(id: "a", from: nil, at: Date(), .signal("number", payload: "many"))
    await #expect(throws: SignalRefused.self) {
      try await office.store.send(typed, to: office.run, of: try Adding().compile(), nonce: "a")
    }
    let large = Letter(
      id: "a", from: nil, at: Date(),
      .signal("number", payload: .string(String(repeating: "x", count: Letter.limit))))
    await #expect(throws: StoreError.self) {
      try await office.store.send(large, to: office.run, nonce: "a")
    }
    #expect(try await office.mailbox.names().isEmpty)
  }

  @Test func aLetterThatComesTooLateForAnEndedRunIsPutAside() async throws {
    let office = Office(store: .memory)
    try await office.begin(Adding(), until: \.isWaiting)
    try await office.send(-1)
    let runtime = Runtime(store: office.store)
    #expect(try await runtime.run(Adding(), input: 0, id: office.run) == [])
    // Its sender had looked before the end, and handed it in after it.
    let late = Letter(id: "late", from: nil, at: Date(), .signal("number", payload: 1))
    try await office.mailbox.handIn(late, nonce: "a")
    #expect(
      try await office.store.handing(of: "late", to: office.run) == .refused("the run has ended"))
    #expect(try await runtime.run(Adding(), input: 0, id: office.run) == [])
    #expect(try await office.mailbox.names().isEmpty)
    #expect(await office.mailbox.rejection(of: "late") == "the run has ended")
  }

  @Test func whatLiesInTheMailboxAtTheEndIsListedAsUnconsumed() async throws {
    let office = Office(store: .memory)
    try await office.begin(Adding(), until: \.isWaiting)
    try await office.send(-1, id: "1")
    try await office.send(8, id: "2")
    let runtime = Runtime(store: office.store)
    #expect(try await runtime.run(Adding(), input: 0, id: office.run) == [])
    let kinds = try await office.events().map(\.kind)
    #expect(kinds.count(where: \.isReceived) == 2)
    #expect(kinds.contains { if case .unconsumed(_, "number") = $0 { true } else { false } })
  }
}
