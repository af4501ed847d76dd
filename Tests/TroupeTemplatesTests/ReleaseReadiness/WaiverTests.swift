import Foundation
import Testing
import Troupe

@testable import TroupeTemplates

/// Repositories that are not ready, and release managers who are asked about them.
@Suite struct WaiverTests {
  private let team = Team { Member("ada", plays: .releaseManager) { Person() } }

  private var workflow: ReleaseReadiness {
    var workflow = ReleaseReadiness()
    workflow.parameters.waiverHours = 8
    return workflow
  }

  /// A run that waits for the release manager.
  private func ask(
    _ work: (Runtime, Store, Fixture, Inbox.Request) async throws -> Void
  ) async throws {
    let fixture = try Fixture(["key.pem": "-----BEGIN RSA PRIVATE KEY-----\n"])
    let store = Store.memory
    let runtime = Runtime(team: team, store: store)
    let place = RepositoryPlace(path: fixture.folder.path)
    guard case .waiting = try await runtime.advance(workflow, input: place, id: "run") else {
      Issue.record("it does not wait")
      return
    }
    try await work(runtime, store, fixture, try #require(try await store.inbox().first))
  }

  @Test func whatIsWaivedIsInTheReportWithWhoAndWhy() async throws {
    try await ask { runtime, store, fixture, request in
      #expect(request.members == ["ada"])
      #expect(request.prompt.contains("blocker"))
      try await store.answer(
        request.id, of: "run", .approve(score: nil, reason: "a key for tests"), as: "ada")
      // In another process.
      let report = try await Runtime(team: team, store: store).run(
        workflow, input: RepositoryPlace(path: fixture.folder.path), id: "run")
      #expect(!report.isReady)
      #expect(report.waivers.map(\.member) == ["ada"])
      #expect(report.markdown.contains(": not ready, and waived\n"))
      #expect(
        report.markdown.contains(
          "**ada** waived 'ready for release' (1 blocker to mend first): a key"),
        "\(report.markdown.prefix(400))")
    }
  }

  @Test func theReportIsTheSameWhereTheRunWasNotInterrupted() async throws {
    let fixture = try Fixture(["key.pem": "-----BEGIN RSA PRIVATE KEY-----\n"])
    let store = Store.memory
    let place = RepositoryPlace(path: fixture.folder.path)
    let report = try await Runtime(team: team, store: store).withRun(
      of: workflow, input: place, id: "run"
    ) { run in
      for await event in run.events { if case .asked = event.kind { break } }
      let request = try #require(try await store.inbox().first)
      try await store.answer(
        request.id, of: "run", .approve(score: nil, reason: "a key for tests"), as: "ada")
      return try await run.output
    }
    #expect(
      report.markdown.contains(
        "**ada** waived 'ready for release' (1 blocker to mend first): a key"),
      "\(report.markdown.prefix(400))")
  }

  @Test func anAgentIsAskedInNoWordsThatItMayNotAnswerWith() async throws {
    let asked = Lock<[Assignment]>([])
    let team = Team {
      Member("bot", plays: .releaseManager) {
        ClosureAgent { assignment in
          asked.withLock { $0.append(assignment) }
          return .text(#"{"decision":"accept","reason":"a key for tests"}"#)
        }
      }
    }
    let fixture = try Fixture(["key.pem": "-----BEGIN RSA PRIVATE KEY-----\n"])
    let report = try await Runtime(team: team).run(
      workflow, input: RepositoryPlace(path: fixture.folder.path))
    #expect(report.waivers.map(\.reason) == ["a key for tests"])
    let text = try #require(asked.withLock { $0.first }).text
    #expect(text.contains("1 blocker"))
    for word in ["approve", "revise"] { #expect(!text.contains(word), "\(text)") }
  }

  @Test func whatHasBeenMendedMeanwhileIsLookedAtOnceMore() async throws {
    try await ask { runtime, store, fixture, request in
      try fixture.git("rm", "-q", "key.pem")
      try fixture.git("commit", "-qm", "Remove the key")
      try await store.answer(request.id, of: "run", .revise("the key is gone"), as: "ada")
      let report = try await runtime.run(
        workflow, input: RepositoryPlace(path: fixture.folder.path), id: "run")
      #expect(report.isReady && report.waivers.isEmpty, "\(report.markdown.prefix(400))")
    }
  }

  @Test func whoEndsItEndsTheRunWithoutAReport() async throws {
    try await ask { runtime, store, fixture, request in
      try await store.answer(request.id, of: "run", .abort("not with this key"), as: "ada")
      let error = await #expect(throws: RunAborted.self) {
        try await runtime.run(
          workflow, input: RepositoryPlace(path: fixture.folder.path), id: "run")
      }
      #expect(error?.description.contains("not with this key") == true)
    }
  }

  @Test func aRepositoryThatIsReadyAsksNobody() async throws {
    let fixture = try Fixture()
    let report = try await Runtime(team: team).run(
      workflow, input: RepositoryPlace(path: fixture.folder.path))
    #expect(report.isReady && report.waivers.isEmpty)
  }
}
