import Foundation
import Testing
import Troupe

@testable import TroupeTemplates

/// Repositories in which what is to be read is hidden, binary or broken.
@Suite struct HiddenContentTests {
  private let key = "AKIA" + "Q3EGRIVZ7XKHMWTB"

  @Test(
    arguments: [".gitattributes", ".git/info/attributes"],
    ["* -diff\n", "* binary\n", "*.py diff=x\n"])
  func attributesHideNoFile(_ file: String, _ attributes: String) async throws {
    let fixture = try Fixture(["a.py": "key = '\(key)'\n# TO" + "DO\n", file: attributes])
    try fixture.git("config", "diff.x.binary", "true")
    let report = try await fixture.report { $0.todosPerThousandLines = 0 }
    #expect(report.findings.map(\.rule) == ["aws-access-key", "many-to-dos", "to-do"])
    #expect(report.markdown.contains("Python 2"))
  }

  @Test func whatIsBinaryIsNotRead() async throws {
    let fixture = try Fixture()
    let text = Data("key = '\(key)' # TO".utf8) + Data("DO\n".utf8)
    try fixture.write("begin.py", [0] + text)
    try fixture.write("late.py", Data(repeating: 0x0A, count: 7_999) + [0] + text)
    try fixture.write("text.py", Data(repeating: 0x0A, count: 8_000) + [0] + text)
    try fixture.write("z.py", "print(1)\n")
    try fixture.commit()
    let report = try await fixture.report { $0.todosPerThousandLines = 0 }
    #expect(
      report.findings.map { "\($0.rule) \($0.path ?? "-")" } == [
        "aws-access-key text.py", "many-to-dos -", "to-do text.py",
      ])
    #expect(report.markdown.contains("Python 8002"))
  }

  @Test func aManifestThatIsBrokenIsSaid() async throws {
    let fixture = try Fixture(["requirements.txt": "a\n"])
    try fixture.removeObject(of: "requirements.txt", leaving: "garbage")
    let report = try await fixture.report()
    #expect(
      report.findings.map { "\($0.rule) \($0.path ?? "-")" } == [
        "missing requirements.txt", "unreadable requirements.txt",
      ])
    #expect(report.findings.first?.message == "its content is missing in this clone, or is broken")
  }

  @Test func nothingMoreIsReadOnceTheTaskIsCancelled() async throws {
    let fixture = try Fixture(["a.txt": String(repeating: "x\n", count: 50)])
    let git = Git(folder: fixture.folder.path)
    let (started, start) = AsyncStream<Void>.makeStream()
    let (task, hits) = (Shared<Task<Void, any Error>?>(nil), Shared(0))
    task.value = Task {
      for await _ in started { break }
      try await git.grep(["-e", "x"], in: { _ in true }) { _ in
        hits.value += 1
        task.value?.cancel()
      }
    }
    start.yield()
    let reading = try #require(task.value)
    await #expect(throws: CancellationError.self) { try await reading.value }
    #expect(hits.value == 1)
  }
}

/// A value that several threads see, one after the other.
private final class Shared<Value>: @unchecked Sendable {
  // Safe, because each of the threads begins to use it when the one before has done with it.
  private let lock = NSLock()
  private var stored: Value

  init(_ value: Value) { stored = value }

  var value: Value {
    get { lock.withLock { stored } }
    set { lock.withLock { stored = newValue } }
  }
}
