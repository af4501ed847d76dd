import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// Mailboxes in the place of which somebody has put a symbolic link.
@Suite struct LinkedMailboxTests {
  private static let word = Signal<Int>("word")

  private struct Listening: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    var body: some Step { Wait(for: LinkedMailboxTests.word, writes: output) }
  }

  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "troupe-\(UUID().uuidString)").path
  private var place: String { "\(folder)/store/runs/a/mailbox/new" }

  /// Puts a link to a folder outside of the store, in which there is a letter, into the mailbox's
  /// place.
  private func link() throws -> String {
    let outside = "\(folder)/outside"
    try FileManager.default.moveItem(atPath: place, toPath: outside)
    try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: outside)
    let letter = Letter(id: "x", from: nil, at: Date(), .signal("word", payload: 7))
    try Data(letter.bytes).write(to: URL(filePath: "\(outside)/x"))
    return outside
  }

  private func expectRefusal(_ work: () async throws -> Void) async throws {
    let error = try await #require(throws: StoreError.self) { try await work() }
    #expect(error.description.contains("'\(place)'"), "\(error)")
    #expect(error.description.contains("it is a symbolic link, which is not followed"))
  }

  @Test func nothingIsReadOrWrittenThroughIt() async throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = Store.directory("\(folder)/store")
    let runtime = Runtime(store: store)
    let outside = try await runtime.withRun(of: Listening(), input: 1, id: "a") { run in
      for await event in run.events { if case .waiting = event.kind { break } }
      let outside = try link()
      try await expectRefusal { try await store.signal(Self.word, 8, to: "a") }
      await runtime.stop(grace: .zero)
      _ = try? await run.output
      return outside
    }
    #expect(try await store.history(of: "a").status == .stopped(.asked))
    try await expectRefusal { try await store.cancel("a") }
    try await expectRefusal {
      _ = try await Runtime(store: store).resume(Listening(), id: "a")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: outside) == ["x"])
    try FileManager.default.removeItem(atPath: place)
    try FileManager.default.moveItem(atPath: outside, toPath: place)
    #expect(try await Runtime(store: store).resume(Listening(), id: "a") == 7)
  }
}
