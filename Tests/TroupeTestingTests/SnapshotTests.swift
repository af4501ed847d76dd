import Foundation
import Testing
import Troupe

@testable import TroupeTesting

@Suite struct SnapshotTests {
  private func withFolder(_ work: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try work(folder.appending(path: "SomeTests.swift").path)
  }

  private func store(_ file: String, _ name: String? = nil) -> SnapshotStore {
    SnapshotStore(testFile: file, test: "works(_:)", name: name, fileExtension: "dot")
  }

  @Test func aSnapshotIsKeptBesideTheTest() throws {
    try withFolder { file in
      #expect(
        store(file, "a/b").file.path
          == URL(fileURLWithPath: file).deletingLastPathComponent().path
          + "/__Snapshots__/SomeTests/works.a-b.dot")
    }
  }

  @Test func whatWasRecordedIsComparedLater() throws {
    try withFolder { file in
      #expect(try store(file).check("a\nb\n", .compare) == .missing)
      #expect(try store(file).check("a\nb\n", .fill) == .recorded)
      #expect(try store(file).check("a\nb\n", .compare) == .same)
      guard case .different(let difference) = try store(file).check("a\nc\n", .fill) else {
        Issue.record("no difference")
        return
      }
      #expect(difference.lines == ["  a", "- b", "+ c", ""])
      #expect(try store(file).check("a\nb\n", .compare) == .same)
    }
  }

  @Test func recordingTwoTextsUnderOneNameIsRefused() throws {
    try withFolder { file in
      let first = try store(file).check("a", .record)
      #expect(first == .recorded)
      #expect(try store(file).check("a", .record) == .recorded)
      #expect(try store(file).check("b", .record) == .ambiguous)
      #expect(try store(file, "other").check("b", .record) == .recorded)
    }
  }

  @Test func theModeIsWhatTheVariableSays() throws {
    #expect(try SnapshotStore.Mode(nil) == .compare)
    #expect(try SnapshotStore.Mode("missing") == .fill)
    #expect(try SnapshotStore.Mode("all") == .record)
    #expect(throws: UnknownMode.self) { try SnapshotStore.Mode("yes") }
  }

  @Test func aPlanIsKeptWithoutPlaces() throws {
    let text = Snapshot.plan(try Greeting().compile().plan).text
    #expect(text.contains("\"polite\""))
    #expect(!text.contains("location"))
  }

  @Test func thePictureOfAGreetingIsTheOneThatIsKept() throws {
    expectSnapshot(.dot(try Greeting().compile().plan))
  }

  @Test func aDifferenceIsAnIssueThatSaysHowToAcceptIt() {
    withKnownIssue {
      expectSnapshot(.text("never written", as: "missing"))
    } matching: { issue in
      "\(issue.comments)".contains(
        "snapshot 'aDifferenceIsAnIssueThatSaysHowToAcceptIt.missing' is not there; record it: "
          + "TROUPE_RECORD=1 swift test --filter 'aDifferenceIsAnIssueThatSaysHowToAcceptIt'")
    }
  }

  @Test func outsideOfATestItIsAMistake() async {
    await #expect(processExitsWith: .failure) {
      await Task.detached { expectSnapshot(.text("x")) }.value
    }
  }
}
