import Foundation
import Testing
import Troupe
import TroupeTesting

// The code of the page "Waiting and signals", as it stands there: a test holds the two together.

struct Release: Codable, Sendable {
  var product: String
  var embargo: Date
}

struct Approval: Codable, Sendable {
  var isGranted: Bool
}

extension Role {
  static let herald = Role("herald")
}

/// A site that remembers under which keys it has published.
private actor Site {
  private(set) var keys: Set<String> = []
  private var failures: Int

  init(failures: Int = 0) { self.failures = failures }

  func publish(_ text: String, key: String?) throws {
    failures -= 1
    keys.insert(key ?? "")
    if failures >= 0 { throw Refusal("the line went dead") }
  }

  func hasPublished(_ key: String) throws -> Bool { keys.contains(key) }
}

private let site = Site()

private let team = Team {
  Member("crier", plays: .herald) { ClosureAgent { .text("Oyez: \($0.prompt)") } }
}

private let nextWeek = Date(timeIntervalSince1970: 1_893_488_400 + 7 * 86_400)

struct Announcement: Workflow {
  let input = Artifact<Release>("release")
  let output = Artifact<String>("text")
  let decision = Artifact<Approval>("decision")

  var body: some Step {
    Stage("write", by: .herald, reads: input, writes: output) { "Announce \($0.product)." }
    Wait(for: .approved, writes: decision, within: .hours(48))
      .gate("the editor agrees", on: decision) { $0.isGranted }
    Wait("embargo", reads: input) { $0.embargo }
    Effect("publish", reads: output) { text in
      try await site.publish(text, key: StageContext.current?.idempotencyKey)
    }
    .atMostOnce()
  }
}

extension Signal where Payload == Approval {
  static let approved = Signal("approved")
}

func announce(_ release: Release, decided approval: Approval) async throws -> String {
  try await Runtime(team: team).withRun(of: Announcement(), input: release) { run in
    try await run.signal(.approved, approval)
    return try await run.output
  }
}

@Suite struct WaitingAndSignalsPage {
  @Test func anAnnouncementWaitsForItsEditorAndItsEmbargo() async throws {
    let simulation = Simulation(of: Announcement()) {
      Stub(\.output) { "Cats are out." }
      Stub(effect: "publish")
      Send(.approved, Approval(isGranted: true), after: .hours(3))
    }
    let run = try await simulation.run(Release(product: "Cats", embargo: nextWeek))
    #expect(run.elapsed > .days(7))
    #expect(run.unconsumedSignals.isEmpty)
  }

  @Test(arguments: Simulation.seeds(50))
  func nothingIsPublishedWithoutADecision(_ seed: Seed) async throws {
    let simulation = Simulation(of: Announcement()) {
      Stub(\.output) { "Cats are out." }
      Stub(effect: "publish")
      Send(.approved, Approval(isGranted: true), after: .uniform(.hours(1), .hours(90)))
    }
    let run = try await simulation.run(Release(product: "Cats", embargo: nextWeek), seed: seed)
    #expect(try (run.failure == nil) == (run.stage("publish").takes == 1), "\(run)")
  }

  @Test func anAnnouncementIsMadeByARunningProcess() async throws {
    let release = Release(product: "Cats", embargo: .distantPast)
    #expect(
      try await announce(release, decided: Approval(isGranted: true))
        == "Oyez: Announce Cats.")
    await #expect(throws: RunFailure.self) {
      try await announce(release, decided: Approval(isGranted: false))
    }
  }

  private struct Probing: Workflow {
    let input = Artifact<String>("text")
    let output = Artifact<String>("copy")
    let site: Site

    var body: some Step {
      Stage("copy", reads: input, writes: output) { $0 }
      Effect("publish", reads: output) { text in
        try await site.publish(text, key: StageContext.current?.idempotencyKey)
      }
      .retry(attempts: 3)
      .timeout(.minutes(1))
      .probe { key in try await site.hasPublished(key) ? .finished : .notDone }
    }
  }

  @Test func whatWasPublishedAllTheSameIsNotPublishedAgain() async throws {
    let site = Site(failures: 1)
    _ = try await Runtime().run(Probing(site: site), input: "Cats are out.")
    #expect(await site.keys.count == 1)
  }

  @Test func thePageSaysWhatIsTestedHere() throws {
    try expectPage("WaitingAndSignals", isHeldBy: #filePath, blocks: 5)
  }
}
