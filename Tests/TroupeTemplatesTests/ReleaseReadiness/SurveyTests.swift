import Testing
import Troupe

@testable import TroupeTemplates

@Suite struct SurveyTests {
  @Test func tagsAndBranchesAreToldAsTheyAre() async throws {
    let fixture = try Fixture()
    try fixture.git("tag", "v1.0.0-beta.1")
    try fixture.git("checkout", "--quiet", "-b", "feature/2026-readme")
    let survey = try await fixture.survey()
    #expect(survey.lastTag == "v1.0.0-beta.1")
    #expect(survey.branch == "feature/2026-readme")
  }

  @Test func ofAKeyInATagOrABranchFourCharactersAreTold() async throws {
    let fixture = try Fixture()
    try fixture.git("tag", "v1-AKIA" + "Q3EGRIVZ7XKHMWTB")
    try fixture.git("checkout", "--quiet", "-b", "use/AKIA" + "Q3EGRIVZ7XKHMWTB")
    let survey = try await fixture.survey()
    #expect(survey.lastTag == "v1-AKIA…")
    #expect(survey.branch == "use/AKIA…")
    #expect(survey.commitsSinceTag == 0)
  }

  @Test func theLatestTagIsTheHighestOfTheSameTime() async throws {
    let fixture = try Fixture()
    for tag in ["v1.9.0", "v1.11.0", "v1.10.0"] { try fixture.git("tag", tag) }
    #expect(try await fixture.survey().lastTag == "v1.11.0")
  }

  @Test func aTagThatDoesNotLeadToTheHeadIsNotTold() async throws {
    let fixture = try Fixture()
    try fixture.git("tag", "v1")
    try fixture.git("checkout", "--quiet", "-b", "side")
    try fixture.commit()
    try fixture.git("tag", "v2")
    try fixture.git("checkout", "--quiet", "main")
    #expect(try await fixture.survey().lastTag == "v1")
  }

  @Test func aTagThatWasRenamedIsToldByTheNameItHas() async throws {
    let fixture = try Fixture()
    try fixture.git("tag", "--annotate", "--message", "x", "old")
    try fixture.git("update-ref", "refs/tags/new", try fixture.git("rev-parse", "old"))
    try fixture.git("update-ref", "-d", "refs/tags/old")
    try fixture.commit()
    try fixture.commit()
    #expect(try await fixture.report().markdown.contains("| last tag | `new`, 2 commits ago |"))
  }

  @Test(arguments: [(nil, "`v1` |"), (0, "`v1`, 0 commits ago |"), (1, "`v1`, 1 commit ago |")])
  func theCommitsSinceATagAreToldIfTheyAreKnown(_ count: Int?, _ text: String) async throws {
    var survey = try await Fixture().survey()
    survey.lastTag = "v1"
    survey.commitsSinceTag = count
    let writer = ReportWriter(survey: survey, scorecard: Scorecard(of: [], minimum: 0))
    #expect(writer.markdown.contains("| last tag | \(text)"))
  }
}
