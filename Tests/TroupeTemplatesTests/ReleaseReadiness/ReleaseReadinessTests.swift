import Foundation
import Testing
import Troupe

@testable import TroupeTemplates

@Suite struct ReleaseReadinessTests {
  @Test func aGoodRepositoryIsReady() async throws {
    let report = try await Fixture().report()
    #expect(report.findings == [])
    #expect(report.isReady)
    #expect(report.score == 100)
    #expect(report.markdown.contains(": ready\n"))
    #expect(report.markdown.contains("| tests | 100 | nothing | 2 source files, 1 of tests |"))
  }

  @Test func theWorkflowCompilesWithoutAnyDiagnostic() throws {
    #expect(try ReleaseReadiness().compile().diagnostics == [])
  }

  @Test func changesThatAreNotCommittedAreFound() async throws {
    let fixture = try Fixture()
    try fixture.write("README.md", "Other words, and many of them.")
    try fixture.write("new.txt", "new")
    try fixture.git("mv", "CHANGELOG.md", "CHANGES.md")
    #expect(
      Set(try await fixture.found()) == [
        "uncommitted CHANGES.md", "uncommitted README.md", "untracked new.txt",
      ])
  }

  @Test func conflictMarkersAreFoundAndHeadingsAreNot() async throws {
    let conflict = "a\n\("<<<<<<<") ours\nb\n\("=======")\nc\n\(">>>>>>>") theirs\n"
    let heading = "Title\n=======\n\n>>>>>>> quoted\n"
    let fixture = try Fixture(["a.txt": conflict, "b.rst": heading])
    #expect(try await fixture.found() == ["conflict-marker a.txt:2"])
  }

  @Test(arguments: [
    ("README.md", "no-readme"), ("LICENSE", "no-licence"), ("CHANGELOG.md", "no-change-log"),
    ("Tests/MainTests.swift", "no-tests"),
  ])
  func whatIsMissingIsFound(_ file: String, _ rule: String) async throws {
    #expect(try await Fixture(without: [file]).found() == [rule])
  }

  @Test func otherNamesOfDocumentsCountToo() async throws {
    let fixture = try Fixture(
      [
        "readme.rst": String(repeating: "words ", count: 100), "COPYING": "Take it.",
        "HISTORY.md": "1.0",
      ],
      without: ["README.md", "LICENSE", "CHANGELOG.md"])
    #expect(try await fixture.found() == [])
  }

  /// Keys are put together here, so that no key stands in this file.
  static let secrets: [(rule: String, key: String)] = [
    ("aws-access-key", "AKIA" + "Q3EGRIDZ7VXWNPLK"),
    ("github-token", "ghp_" + "k2Jd8sLq0ZxC7vB5nM1aW4eR6tY9uI3oPfGh"),
    ("slack-token", "xoxb-" + "2384710932-9812734-kJhGfDsAqWeRtY"),
    ("google-api-key", "AIza" + "SyB7k2Jd8sLq0ZxC7vB5nM1aW4eR6tY9uI3"),
    ("stripe-key", "sk_live_" + "k2Jd8sLq0ZxC7vB5nM1aW4eR"),
    ("private-key", "-----BEGIN " + "RSA PRIVATE KEY-----"),
    ("assigned-secret", "password = \"" + "hG7kL9pQ2wX4zR6tB8n\""),
  ]

  @Test(arguments: secrets.indices)
  func aSecretIsToldByRulePlaceAndFourCharacters(_ index: Int) async throws {
    let (rule, key) = Self.secrets[index]
    let fixture = try Fixture(["Sources/config.swift": "// TODO\nlet a = 1\n\(key) // FIXME\n"])
    var workflow = ReleaseReadiness()
    workflow.parameters.todosPerThousandLines = 0
    let input = RepositoryPlace(path: fixture.folder.path)
    let (report, said) = try await Runtime().withRun(of: workflow, input: input) { run in
      var said = ""
      for await event in run.events { said += "\(event)\n" }
      return (try await run.output, said)
    }
    let finding = try #require(report.findings.first { $0.rule == rule })
    #expect(finding.path == "Sources/config.swift")
    #expect(finding.line == 3)
    // What could be used of the key stands nowhere.
    let tail = String(key.suffix(10))
    #expect(!said.contains(tail))
    #expect(
      !(try JSONValue(encoding: report).canonicalText.contains(tail)))
  }

  @Test func whatOnlyLooksLikeASecretIsNotFound() async throws {
    let lines = [
      "AKIA" + "IOSFODNN7EXAMPLE", "let tokenizer = \"not a secret at all, just words\"",
      "password = os.environ[\"THE_PASSWORD_OF_THE_DATABASE\"]",
      "token: \"${{ secrets.DEPLOY_TOKEN_2 }}\"", "MYAKIA" + "Q3EGRIDZ7VXWNPLK",
      "secret = \"replace-me-with-a-secret-1\"", "-----BEGIN PUBLIC KEY-----",
      "import { token } from \"./parser/token-stream-reader\"",
    ]
    let fixture = try Fixture(["Sources/a.swift": lines.joined(separator: "\n")])
    #expect(try await fixture.found() == [])
  }

  @Test func aSecretInATestIsOnlyAWarning() async throws {
    let fixture = try Fixture(["Tests/KeyTests.swift": Self.secrets[0].key])
    let report = try await fixture.report()
    #expect(report.findings.map(\.severity) == [.warning])
  }

  @Test func oversizedFilesAreFound() async throws {
    let fixture = try Fixture()
    try fixture.write("big.bin", Data(count: 6_000))
    try fixture.write("huge.bin", Data(count: 60_000))
    try fixture.commit()
    let report = try await fixture.report { $0.maximumFileSize = 5_000 }
    #expect(report.findings.map(\.path) == ["huge.bin", "big.bin"])
    #expect(report.findings.map(\.severity) == [.blocker, .warning])
    #expect(report.findings[1].message.hasPrefix("has 6 kB, more than 5 kB"))
  }

  @Test func manyMarksOfWorkToDoAreFoundAndFewAreNot() async throws {
    let line = "// TO" + "DO: later\n"
    let few = try Fixture(["Sources/a.swift": line + String(repeating: "let a = 1\n", count: 500)])
    #expect(try await few.found() == [])
    let many = try Fixture(["Sources/a.swift": String(repeating: line, count: 30)])
    let report = try await many.report()
    #expect(report.findings.first?.rule == "many-to-dos")
    #expect(report.findings.count == 20)
    #expect(report.markdown.contains("- … and 11 more of todos"))
  }

  @Test func dependenciesWithoutALockFileAreFound() async throws {
    let manifest = "{\"dependencies\": {\"left-pad\": \"^1.0.0\"}}"
    #expect(
      try await Fixture(["web/package.json": manifest]).found() == ["not-pinned web/package.json"])
    #expect(
      try await Fixture(["web/package.json": manifest, "package-lock.json": "{}"]).found() == [])
    #expect(
      try await Fixture(["requirements.txt": "a==1.0\n# why\n-r other.txt\nb>=2\n"]).found()
        == ["not-pinned requirements.txt:4"])
    #expect(try await Fixture(["Package.swift": "let package = 1"]).found() == [])
  }

  @Test func hostileNamesAreEscapedEverywhere() async throws {
    let fixture = try Fixture()
    let names = ["new\nline", "-dash", "q\"uo'te", "esc\u{1B}[31m", "a|b`c", "\u{202E}rtl", "🎭"]
    for name in names { try fixture.write("odd/\(name).txt", "x") }
    let report = try await fixture.report()
    #expect(report.findings.map(\.path) == ["odd/"])
    try fixture.git("add", "--all")
    let staged = try await fixture.report()
    #expect(staged.findings.count == names.count)
    for scalar in staged.markdown.unicodeScalars where scalar != "\n" {
      #expect(scalar.properties.generalCategory != .control, "\(scalar.value)")
      #expect(scalar.properties.generalCategory != .format, "\(scalar.value)")
    }
    #expect(staged.markdown.contains(#"`odd/new\nline.txt`"#))
    #expect(staged.markdown.contains(#"`odd/esc\u{1B}[31m.txt`"#))
  }

  #if os(Linux)
    @Test func aNameThatIsNoTextIsShownEscaped() async throws {
      let fixture = try Fixture()
      let path = Array(fixture.folder.path.utf8) + Array("/bad".utf8) + [0xFF, 0x00]
      let file = try #require(
        path.withUnsafeBufferPointer { bytes in
          bytes.withMemoryRebound(to: CChar.self) { fopen($0.baseAddress!, "w") }
        })
      fclose(file)
      #expect(try await fixture.found() == [#"untracked bad\xFF"#])
    }
  #endif

  @Test func aRepositoryWithoutCommitsIsCheckedAllTheSame() async throws {
    let fixture = try Fixture.empty()
    let found = try await fixture.found()
    #expect(found == ["no-commits", "no-readme", "no-licence", "no-change-log", "no-code"])
  }

  @Test func submodulesAreCountedAndNotLookedInto() async throws {
    let inner = try Fixture()
    let outer = try Fixture()
    try outer.git(
      "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.folder.path, "part")
    try outer.commit()
    let report = try await outer.report()
    #expect(report.isReady)
    #expect(report.markdown.contains("and 1 submodules, not looked into"))
  }

  @Test func aFolderInsideARepositoryStandsForAllOfIt() async throws {
    let fixture = try Fixture(without: ["LICENSE"])
    let place = RepositoryPlace(path: fixture.folder.appending(path: "Sources").path)
    let report = try await Runtime().run(ReleaseReadiness(), input: place)
    #expect(report.findings.map(\.rule) == ["no-licence"])
  }

  @Test func whatIsNoRepositoryIsSaidInOneLine() async throws {
    func reason(_ path: String) async throws -> String {
      let failure = try await #require(throws: RunFailure.self) {
        try await Runtime().run(ReleaseReadiness(), input: RepositoryPlace(path: path))
      }
      return failure.failure.reason
    }
    #expect(try await reason("/no/such") == "failed: there is no folder '/no/such'")
    #expect(try await reason("/") == "failed: '/' is not in a Git repository")
    let fixture = try Fixture()
    let inside = fixture.folder.appending(path: ".git").path
    #expect(
      try await reason(inside)
        == "failed: '\(inside)' is not in its repository's work tree; give the folder of that")
  }
}
