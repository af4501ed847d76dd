import Foundation
import Testing
import Troupe

@testable import TroupeTemplates

/// Repositories that someone made to deceive or to harm whoever looks at them.
@Suite struct HostileRepositoryTests {
  /// A program that leaves a mark when it is run, as a repository's setting would name it.
  private func trap(in fixture: Fixture) throws -> (program: String, mark: String) {
    let mark = fixture.folder.path + ".mark"
    let program = fixture.folder.path + ".trap"
    try "#!/bin/sh\ntouch '\(mark)'\ncat\n".write(
      toFile: program, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    return (program, mark)
  }

  @Test(arguments: ["filter.x.clean", "filter.x.process", "filter.a=b.clean"])
  func aFilterThatTheRepositoryNamesIsNotRun(_ key: String) async throws {
    let name = key.split(separator: ".")[1]
    let fixture = try Fixture(["a.txt": "a\n"])
    let (program, mark) = try trap(in: fixture)
    defer { for path in [program, mark] { try? FileManager.default.removeItem(atPath: path) } }
    try fixture.git("config", key, program)
    try fixture.git("config", "filter.\(name).required", "true")
    try fixture.write(".git/info/attributes", "* filter=\(name)\n")
    try fixture.write("a.txt", "b\n")
    #expect(try await fixture.found() == ["uncommitted a.txt"])
    #expect(!FileManager.default.fileExists(atPath: mark))
  }

  @Test(arguments: [
    "core.fsmonitor", "core.sshCommand", "core.pager", "diff.external", "core.askPass",
    "gpg.program", "core.alternateRefsCommand",
  ])
  func aProgramThatTheRepositoryNamesIsNotRun(_ key: String) async throws {
    let fixture = try Fixture()
    let (program, mark) = try trap(in: fixture)
    defer { for path in [program, mark] { try? FileManager.default.removeItem(atPath: path) } }
    try fixture.git("config", key, program)
    #expect(try await fixture.found() == [])
    #expect(!FileManager.default.fileExists(atPath: mark))
  }

  @Test func whatACloneLacksIsSaidAndNotFetched() async throws {
    let fixture = try Fixture(["big.txt": "only once\n"])
    let (program, mark) = try trap(in: fixture)
    defer { for path in [program, mark] { try? FileManager.default.removeItem(atPath: path) } }
    try fixture.git("config", "core.repositoryFormatVersion", "1")
    try fixture.git("config", "extensions.partialClone", "origin")
    try fixture.git("config", "remote.origin.url", fixture.folder.path)
    try fixture.git("config", "remote.origin.promisor", "true")
    try fixture.git("config", "remote.origin.uploadpack", program)
    try fixture.removeObject(of: "big.txt")
    #expect(try await fixture.found() == ["missing big.txt"])
    #expect(!FileManager.default.fileExists(atPath: mark))
  }

  @Test func aTagMayLookLikeAnOption() async throws {
    let fixture = try Fixture()
    try fixture.git("update-ref", "refs/tags/--output=tag-was-an-option", "HEAD")
    let report = try await fixture.report()
    #expect(report.markdown.contains("`--output=tag-was-an-option`, 0 commits ago"))
    #expect(report.findings == [])
  }

  @Test func settingsDoNotChangeWhatIsRead() async throws {
    let key = "AKIA" + "Q3EGRIVZ7XKHMWTB"
    let fixture = try Fixture(["a.py": "key = '\(key)'\n"])
    for setting in ["grep.column", "grep.fullName", "color.ui"] {
      try fixture.git("config", setting, setting == "color.ui" ? "always" : "true")
    }
    try fixture.git("config", "grep.patternType", "fixed")
    try fixture.git("config", "i18n.logOutputEncoding", "UTF-16")
    #expect(try await fixture.found() == ["aws-access-key a.py:1"])
  }

  @Test(arguments: [
    "password=Xk29fjQ0alZm381pLqRt", "AWS_SECRET_ACCESS_KEY=hunterhunter", "use hunter2hunter2x",
    "postgres://adm:hunter@host/db", "Authorization: Bearer hunterhunter", "pwd: hunterhunter",
    "passphrase = hunterhunter", "login(credential(\"hunterhunter\"))", "token hunterhunter",
    "{\\\"secret\\\": \\\"hunterhunter\\\"}",
  ])
  func aSecretInALineThatIsToDoIsNotShown(_ text: String) async throws {
    let line = "// TO" + "DO: \(text)\n"
    let report = try await Fixture(["a.swift": line]).report { $0.todosPerThousandLines = 0 }
    #expect(report.findings.contains { $0.rule == "to-do" })
    for secret in ["hunter", "fjQ0al"] {
      #expect(!report.markdown.contains(secret), "\(report.markdown)")
    }
  }

  @Test func aMarkInACharacterWithOthersIsEscapedToo() async throws {
    let line = "// TO" + "DO \u{0D4E}<img src=x> \u{0D4E}[click\u{0D4E}](http://evil)\n"
    let fixture = try Fixture(["a.swift": line, "tick`\u{0301}<b>`\u{0301}.txt": "x"])
    try fixture.write("tick`\u{0301}<b>`\u{0301}.txt", "y")
    let report = try await fixture.report { $0.todosPerThousandLines = 0 }
    let scalars = report.markdown.unicodeScalars
    let open = report.markdown.unicodeScalars.indices.filter { scalars[$0] == "<" }
    for place in open where scalars[scalars.index(after: place)] == "i" {
      #expect(scalars[scalars.index(before: place)] == "\\")
    }
    #expect(report.markdown.contains("`` tick"))
  }

  @Test(.timeLimit(.minutes(1))) func veryLongLinesAreReadInOneGo() async throws {
    let line = String(repeating: "xox" + "b-", count: 200_000)
    let words = String(repeating: "abc;", count: 250_000)
    let fixture = try Fixture(["a.js": line, "b.js": "// TO" + "DO " + words])
    let report = try await fixture.report { $0.todosPerThousandLines = 1_000_000 }
    #expect(report.findings == [])
  }

  @Test(arguments: [
    (-1, 5_000_000, 5.0, 20, "minimumScore"), (80, .min, 5.0, 20, "maximumFileSize"),
    (80, 5_000_000, -1.0, 20, "todosPerThousandLines"),
    (80, 5_000_000, 5.0, -1, "findingsPerCheck"),
  ])
  func thresholdsWithoutSenseAreRefused(
    _ score: Int, _ size: Int, _ todos: Double, _ shown: Int, _ name: String
  ) async throws {
    let fixture = try Fixture()
    let failure = try await #require(throws: RunFailure.self) {
      try await fixture.report {
        $0.minimumScore = score
        $0.maximumFileSize = size
        $0.todosPerThousandLines = todos
        $0.findingsPerCheck = shown
      }
    }
    #expect(failure.failure.reason.hasPrefix("failed: the parameter '\(name)' must be "))
  }
}
