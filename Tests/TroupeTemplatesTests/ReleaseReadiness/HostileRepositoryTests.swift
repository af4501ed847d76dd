import Foundation
import Testing
import Troupe

@testable import TroupeTemplates

/// Repositories that someone made to deceive or to harm whoever looks at them.
@Suite struct HostileRepositoryTests {
  @Test func whatACloneLacksIsSaidAndNotFetched() async throws {
    let fixture = try Fixture(["big.txt": "only once\n"])
    let trap = try Trap(for: fixture)
    try fixture.git("config", "core.repositoryFormatVersion", "1")
    try fixture.git("config", "extensions.partialClone", "origin")
    try fixture.git("config", "remote.origin.url", fixture.folder.path)
    try fixture.git("config", "remote.origin.promisor", "true")
    try fixture.git("config", "remote.origin.uploadpack", trap.program)
    try fixture.removeObject(of: "big.txt")
    #expect(try await fixture.found() == ["missing big.txt"])
    #expect(!trap.wasRun)
  }

  @Test func aTagMayLookLikeAnOption() async throws {
    let fixture = try Fixture()
    try fixture.git("update-ref", "refs/tags/--output=tag-was-an-option", "HEAD")
    let report = try await fixture.report()
    #expect(report.markdown.contains("`--output=tag-was-an-option`, 0 commits ago"))
    #expect(report.findings == [])
  }

  @Test(arguments: [
    "password=Xk29fjQ0alZm381pLqRt", "AWS_SECRET_ACCESS_KEY=hunterhunter", "use hunter2hunter2x",
    "postgres://adm:hunter@host/db", "Authorization: Bearer hunterhunter", "pwd: hunterhunter",
    "passphrase = hunterhunter", "login(credential(\"hunterhunter\"))", "token hunterhunter",
    "{\\\"secret\\\": \\\"hunterhunter\\\"}", "password is hunterhunter",
    "password -> hunterhunter", "password: \"correct hunter battery staple\"",
    "curl -u adm:hunterhunter", "passphrase (prod) = hunterhunter", "the Token, that is hunter",
    "adm:hunter@token", "https://adm:hunter@host/token",
  ])
  func aSecretInALineThatIsToDoIsNotShown(_ text: String) async throws {
    let line = "// TO" + "DO: \(text)\n"
    let report = try await Fixture(["a.swift": line]).report { $0.todosPerThousandLines = 0 }
    #expect(report.findings.contains { $0.rule == "to-do" })
    for secret in ["hunter", "fjQ0al"] {
      #expect(!report.markdown.contains(secret), "\(report.markdown)")
    }
  }

  @Test func ofAToDoWithoutASecretAllIsShown() async throws {
    let line = "// TO" + "DO: say in 3 lines why v2 of the parser is slow, see issue 4711"
    let report = try await Fixture(["a.swift": line]).report { $0.todosPerThousandLines = 0 }
    #expect(report.findings.last?.message == line)
    #expect(Redaction.line(Array("rotate the token soon".utf8)) == Array("rotate the token…".utf8))
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

  @Test(.timeLimit(.minutes(10))) func veryLongLinesAreReadInOneGo() async throws {
    let line = String(repeating: "xox" + "b-", count: 200_000)
    let words = String(repeating: "abc;", count: 250_000)
    let fixture = try Fixture(["a.js": line, "b.js": "// TO" + "DO " + words])
    let report = try await fixture.report { $0.todosPerThousandLines = 1_000_000 }
    #expect(report.findings == [])
  }
}
