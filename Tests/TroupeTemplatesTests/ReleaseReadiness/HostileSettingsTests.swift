import Foundation
import Testing
import Troupe

@testable import TroupeTemplates

/// Repositories whose own settings would run something, or change what is read.
@Suite struct HostileSettingsTests {
  private let key = "AKIA" + "Q3EGRIVZ7XKHMWTB"

  @Test(arguments: ["filter.x.clean", "filter.x.process", "filter.a=b.clean"])
  func aFilterThatTheRepositoryNamesIsNotRun(_ key: String) async throws {
    let name = key.split(separator: ".")[1]
    let fixture = try Fixture(["a.txt": "a\n"])
    let trap = try Trap(for: fixture)
    try fixture.git("config", key, trap.program)
    try fixture.git("config", "filter.\(name).required", "true")
    try fixture.write(".git/info/attributes", "* filter=\(name)\n")
    try fixture.write("a.txt", "b\n")
    #expect(try await fixture.found() == ["uncommitted a.txt"])
    #expect(!trap.wasRun)
  }

  @Test func aFilterInAFileThatTheRepositoryIncludesIsNotRun() async throws {
    let fixture = try Fixture(["a.txt": "a\n"])
    let trap = try Trap(for: fixture)
    try fixture.write(".git/more", "[filter \"x\"]\n\tclean = \(trap.program)\n")
    try fixture.git("config", "include.path", "more")
    try fixture.write(".git/info/attributes", "* filter=x\n")
    try fixture.write("a.txt", "b\n")
    #expect(try await fixture.found() == ["uncommitted a.txt"])
    #expect(!trap.wasRun)
  }

  @Test func whereAFiltersNameIsNoTextTheWorkTreeIsNotComparedAndThatIsSaid() async throws {
    let fixture = try Fixture(["a.txt": "a\n"])
    let trap = try Trap(for: fixture)
    try fixture.append(
      Data("[filter \"".utf8) + [0xFF] + Data("\"]\n\tclean = \(trap.program)\n".utf8),
      to: ".git/config")
    try fixture.write(".git/info/attributes", Data("* filter=".utf8) + [0xFF, 0x0A])
    try fixture.write("a.txt", "b\n")
    let report = try await fixture.report()
    #expect(report.findings.map(\.rule) == ["not-compared"])
    #expect(!report.isReady)
    #expect(!trap.wasRun)
  }

  /// A file that the user's own filter keeps in capitals, with a time stamp that makes git compare.
  private func filtered() throws -> (fixture: Fixture, user: [String: String]) {
    let fixture = try Fixture([".gitattributes": "*.txt filter=up\n"])
    try fixture.write("a.txt", "hello\n")
    try fixture.git("-c", "filter.up.clean=tr a-z A-Z", "add", "--all")
    try fixture.git("commit", "--quiet", "--message", "Add it")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)],
      ofItemAtPath: fixture.folder.appending(path: "a.txt").path)
    try fixture.write(
      ".git/user", "[filter \"up\"]\n\tclean = tr a-z A-Z\n\trequired = true\n")
    return (fixture, fixture.user(settings: ".git/user"))
  }

  @Test func aFilterOfTheUsersOwnIsRun() async throws {
    let (fixture, user) = try filtered()
    #expect(try await fixture.report(of: .workTree, user: user).findings == [])
  }

  @Test func aFilterOfTheUsersOwnIsRunInPlaceOfTheRepositorys() async throws {
    let (fixture, user) = try filtered()
    let trap = try Trap(for: fixture)
    try fixture.git("config", "filter.up.clean", trap.program)
    #expect(try await fixture.report(of: .workTree, user: user).findings == [])
    #expect(!trap.wasRun)
  }

  @Test func whereTheRepositoryHidesTheUsersFilterThatIsSaid() async throws {
    let (fixture, user) = try filtered()
    let trap = try Trap(for: fixture)
    try fixture.git("config", "filter.up.process", trap.program)
    let report = try await fixture.report(of: .workTree, user: user)
    #expect(report.findings.map(\.rule) == ["not-compared"])
    #expect(!trap.wasRun)
  }

  @Test func whatIsIgnoredIsNotSaidByAFileThatTheRepositoryNames() async throws {
    let fixture = try Fixture()
    try fixture.write(".git/mine", "*.new\n")
    try fixture.write(".git/user", "[core]\n\texcludesFile = \(fixture.folder.path)/.git/mine\n")
    try fixture.write(".git/theirs", "*.txt\n")
    try fixture.git("config", "core.excludesFile", fixture.folder.path + "/.git/theirs")
    try fixture.write("a.txt", "a")
    try fixture.write("b.new", "b")
    #expect(Set(try await fixture.found()) == ["untracked a.txt", "untracked b.new"])
    let user = fixture.user(settings: ".git/user")
    #expect(try await fixture.report(of: .workTree, user: user).findings.map(\.path) == ["a.txt"])
  }

  @Test func whereNoSettingSaysItTheUsersStandardFileSaysWhatIsIgnored() async throws {
    let fixture = try Fixture()
    try fixture.write(".git/home/git/ignore", "*.new\n")
    try fixture.git("config", "core.excludesFile", "/dev/null")
    try fixture.write("b.new", "b")
    var user = fixture.user(settings: ".git/none")
    user["XDG_CONFIG_HOME"] = fixture.folder.path + "/.git/home"
    #expect(try await fixture.report(of: .workTree, user: user).findings == [])
  }

  @Test func attributesAreNotTakenFromAFileThatTheRepositoryNames() async throws {
    let fixture = try Fixture(["a.txt": "HELLO\n"])
    try fixture.write("a.txt", "hello\n")
    try fixture.write(".git/user", "[filter \"up\"]\n\tclean = tr a-z A-Z\n")
    try fixture.write(".git/theirs", "*.txt filter=up\n")
    try fixture.git("config", "core.attributesFile", fixture.folder.path + "/.git/theirs")
    let user = fixture.user(settings: ".git/user")
    #expect(try await fixture.report(of: .workTree, user: user).findings.map(\.path) == ["a.txt"])
  }

  @Test func aFileSystemMonitorIsNotRun() async throws {
    let fixture = try Fixture()
    let trap = try Trap(for: fixture)
    try fixture.git("config", "core.fsmonitor", trap.program)
    #expect(try await fixture.found() == [])
    #expect(!trap.wasRun)
  }

  @Test func aProgramForSignaturesIsNotRun() async throws {
    let fixture = try Fixture()
    let trap = try Trap(for: fixture)
    let person = "Ann <ann@example.org> 1700000000 +0000"
    try fixture.write(
      ".git/signed",
      """
      tree \(try fixture.git("rev-parse", "HEAD^{tree}"))
      author \(person)
      committer \(person)
      gpgsig -----BEGIN PGP SIGNATURE-----
       
       none
       -----END PGP SIGNATURE-----

      Say it

      """)
    let file = fixture.folder.path + "/.git/signed"
    let signed = try fixture.git("hash-object", "-t", "commit", "-w", file)
    try fixture.git("update-ref", "HEAD", signed)
    try fixture.git("config", "gpg.program", trap.program)
    try fixture.git("config", "log.showSignature", "true")
    #expect(try await fixture.survey().headDate == "2023-11-14T22:13:20+00:00")
    #expect(!trap.wasRun)
  }

  @Test func coloursDoNotHideAKey() async throws {
    let fixture = try Fixture(["a.py": "key = '\(key)'\n"])
    try fixture.git("config", "color.ui", "always")
    #expect(try await fixture.found() == ["aws-access-key a.py:1"])
    #expect(try await fixture.survey().languages.map(\.name) == ["Swift", "Python"])
  }

  @Test func columnsAreNoPartOfALine() async throws {
    let fixture = try Fixture(["a.swift": "// TO" + "DO: write\n"])
    try fixture.git("config", "grep.column", "true")
    let report = try await fixture.report { $0.todosPerThousandLines = 0 }
    #expect(report.findings.last?.message == "// TO" + "DO: write")
  }

  @Test func submodulesAreNotLookedIntoEither() async throws {
    let inner = try Fixture(["a.py": "key = '\(key)'\n"])
    let outer = try Fixture()
    try outer.git(
      "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.folder.path, "part")
    try outer.commit()
    try outer.git("config", "submodule.recurse", "true")
    #expect(try await outer.found() == [])
  }

  @Test func authorsAreNotTakenForOneByAFileThatTheRepositoryNames() async throws {
    let fixture = try Fixture()
    try fixture.git(
      "commit", "--quiet", "--allow-empty", "--message", "More", "--author", "Bo <bo@example.org>")
    try fixture.write(".git/people", "<ann@example.org> <bo@example.org>\n")
    try fixture.git("config", "mailmap.file", fixture.folder.path + "/.git/people")
    #expect(try await fixture.survey().contributors == 2)
  }

  @Test func theDateIsReadableInWhateverEncodingTheRepositoryWants() async throws {
    let fixture = try Fixture()
    try fixture.git("config", "i18n.logOutputEncoding", "UTF-16")
    #expect(try await fixture.survey().headDate?.hasPrefix("20") == true)
  }
}
