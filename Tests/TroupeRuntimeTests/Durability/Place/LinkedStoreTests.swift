import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// Stores in which somebody has put a symbolic link in the place of a folder.
@Suite struct LinkedStoreTests {
  private static let word = Signal<Int>("word")

  private struct Listening: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    var body: some Step { Wait(for: LinkedStoreTests.word, writes: output) }
  }

  private struct Echo: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    var body: some Step { Stage("echo", reads: input, writes: output) { $0 } }
  }

  private let manager = FileManager.default
  private let later = Date(timeIntervalSinceNow: 3_600)

  /// A store with run `a`, which waits, and run `b`, which has ended.
  private func with(
    _ work: (_ store: Store, _ folder: String) async throws -> Void
  ) async throws {
    let folder = manager.temporaryDirectory.appending(path: "troupe-\(UUID().uuidString)").path
    try manager.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? manager.removeItem(atPath: folder) }
    let store = Store.directory("\(folder)/store")
    try await Runtime(store: store).withRun(of: Listening(), input: 1, id: "a") { run in
      for await event in run.events { if case .waiting = event.kind { break } }
    }
    _ = try await Runtime(store: store).run(Echo(), input: 1, id: "b")
    try await work(store, folder)
  }

  /// Moves a folder out of the store and puts a link to it in its place.
  ///
  /// - Returns: Where it is now.
  private func link(_ place: String, in folder: String) throws -> String {
    let outside = "\(folder)/outside"
    try manager.moveItem(atPath: place, toPath: outside)
    try manager.createSymbolicLink(atPath: place, withDestinationPath: outside)
    return outside
  }

  /// All that is in a folder, with what the files hold.
  private func contents(of folder: String) throws -> [String: Data?] {
    let names = try manager.subpathsOfDirectory(atPath: folder)
    return Dictionary(
      uniqueKeysWithValues: names.map { ($0, manager.contents(atPath: "\(folder)/\($0)")) })
  }

  private func expectRefusal(
    at place: String, _ sourceLocation: Testing.SourceLocation = #_sourceLocation,
    _ work: () async throws -> Void
  ) async {
    do {
      try await work()
      Issue.record("it was not refused", sourceLocation: sourceLocation)
    } catch {
      let text = "\(error)"
      #expect(text.contains("'\(place)'"), "\(error)", sourceLocation: sourceLocation)
      #expect(
        text.contains("it is a symbolic link, which is not followed"), "\(error)",
        sourceLocation: sourceLocation)
    }
  }

  /// Tries whatever opens a run.
  private func expectRefusals(of store: Store, at place: String) async throws {
    await expectRefusal(at: place) {
      _ = try await Runtime(store: store).advance(Listening(), input: 1, id: "a")
    }
    await expectRefusal(at: place) { try await store.signal(Self.word, 7, to: "a") }
    await expectRefusal(at: place) { try await store.cancel("a") }
    await expectRefusal(at: place) {
      let letter = Letter(
        id: "x", from: nil, at: Date(), .settle(at: "listening/wait", .notDone, why: nil))
      try await store.send(letter, to: "a", nonce: "n")
    }
    await expectRefusal(at: place) { _ = try await store.history(of: "a") }
    await expectRefusal(at: place) { _ = try await store.fork("a", at: 1) }
    await expectRefusal(at: place) { _ = try await store.cut("a") }
    await expectRefusal(at: place) { _ = try await store.damage(of: "a") }
  }

  @Test func aRunThatIsALinkIsNotOpenedAndNotRemoved() async throws {
    try await with { store, folder in
      let place = "\(folder)/store/runs/a"
      let outside = try link(place, in: folder)
      let before = try contents(of: outside)
      try await expectRefusals(of: store, at: place)
      let listed = try await store.runs().first { $0.id == "a" }?.status
      guard case .damaged(let why)? = listed else { throw CancellationError() }
      #expect(why.contains("it is a symbolic link, which is not followed"))
      #expect(try await store.prune(olderThan: later, includingUnended: true) == ["b"])
      #expect(try contents(of: outside) == before)
      #expect(try manager.destinationOfSymbolicLink(atPath: place) == outside)
    }
  }

  @Test(arguments: ["lock", "journal-000001.jsonl"])
  func aFileOfARunThatIsALinkIsNamed(_ name: String) async throws {
    try await with { store, folder in
      let place = "\(folder)/store/runs/a/\(name)"
      _ = try link(place, in: folder)
      await expectRefusal(at: place) {
        _ = try await Runtime(store: store).advance(Listening(), input: 1, id: "a")
      }
    }
  }

  @Test func anEndedRunThatIsALinkIsNotRemovedThroughIt() async throws {
    try await with { store, folder in
      let place = "\(folder)/store/runs/b"
      let outside = try link(place, in: folder)
      let before = try contents(of: outside)
      await expectRefusal(at: place) {
        _ = try await Runtime(store: store).resume(Echo(), id: "b")
      }
      #expect(try await store.prune(olderThan: later) == [])
      #expect(try contents(of: outside) == before)
      #expect(try manager.destinationOfSymbolicLink(atPath: place) == outside)
    }
  }

  @Test func runsThatAreALinkAreNeitherOpenedNorRemoved() async throws {
    try await with { store, folder in
      let place = "\(folder)/store/runs"
      let outside = try link(place, in: folder)
      let before = try contents(of: outside)
      try await expectRefusals(of: store, at: place)
      await expectRefusal(at: place) { _ = try await store.runs() }
      await expectRefusal(at: place) { _ = try await store.prune(olderThan: later) }
      await expectRefusal(at: place) {
        _ = try await Runtime(store: store).run(Echo(), input: 1, id: "c")
      }
      #expect(try contents(of: outside) == before)
    }
  }

  @Test(arguments: ["payloads", "processes"])
  func whatARunKeepsBesideItsJournalIsNotSoughtElsewhere(name: String) async throws {
    try await with { store, folder in
      let place = "\(folder)/store/runs/a/\(name)"
      try? manager.createDirectory(atPath: place, withIntermediateDirectories: false)
      let outside = try link(place, in: folder)
      try Data("{}".utf8).write(to: URL(filePath: "\(outside)/1.json"))
      let before = try contents(of: outside)
      try await store.signal(Self.word, 7, to: "a")
      _ = try? await Runtime(store: store).resume(Listening(), id: "a")
      _ = try? await store.prune(olderThan: later, includingUnended: true)
      #expect(try contents(of: outside) == before)
    }
  }

  @Test func nothingIsBuiltOrRemovedThroughAWorkshopThatIsALink() async throws {
    try await with { store, folder in
      let place = "\(folder)/store/tmp"
      let outside = try link(place, in: folder)
      let doomed = "\(outside)/pruned~x"
      try manager.createDirectory(atPath: doomed, withIntermediateDirectories: false)
      let before = try contents(of: outside)
      await expectRefusal(at: place) {
        _ = try await Runtime(store: store).run(Echo(), input: 1, id: "c")
      }
      await expectRefusal(at: place) { _ = try await store.prune(olderThan: later) }
      #expect(try contents(of: outside) == before)
    }
  }

  @Test func theStoreItselfMayBeALink() async throws {
    try await with { _, folder in
      let place = "\(folder)/store"
      _ = try link(place, in: folder)
      let store = Store.directory(place)
      try await store.signal(Self.word, 7, to: "a")
      #expect(try await Runtime(store: store).resume(Listening(), id: "a") == 7)
      #expect(try await Runtime(store: store).run(Echo(), input: 3, id: "c") == 3)
      #expect(try await store.prune(olderThan: later) == ["a", "b", "c"])
    }
  }

  @Test func aNameThatLeadsOutOfTheStoreIsNotFollowed() async throws {
    try await with { _, folder in
      let files = PosixFiles(below: "\(folder)/store")
      try Data("x".utf8).write(to: URL(filePath: "\(folder)/secret"))
      await expectFailure(.invalid) {
        _ = try await files.read("\(folder)/store/runs/../../secret", limit: 10)
      }
    }
  }
}
