import Foundation
import Troupe

@testable import TroupeRuntime

/// A workflow that waits for numbers and adds them up.
struct Adding: Workflow {
  static let number = Signal<Int>("number")

  let input = Artifact<Int>("count")
  let output = Artifact<[Int]>("numbers")
  let numbers = Artifact<[Int]>("so far")
  let number = Artifact<Int>("number")

  var body: some Step {
    Stage("begin", reads: input, writes: numbers) { _ in [] }
    Repeat("collect", numbers, upTo: 1_000, until: { $0.last == -1 }) {
      Wait(for: Self.number, writes: number)
      Stage("add", reads: numbers, number, writes: numbers) { $0 + [$1] }
    }
    Stage("end", reads: numbers, writes: output) { $0.dropLast() }
  }
}

/// A store in which runs wait for letters.
struct Office {
  let store: Store
  var run = "adding"
  var files: any FileLayer { store.files }
  var mailbox: MailFolder { store.folder(of: run).mailbox }

  /// Accepts the run and stops it as soon as something has happened in it.
  func begin<Work: Workflow>(
    _ workflow: Work, until isEnough: @escaping @Sendable (Event.Kind) -> Bool
  ) async throws where Work.Input == Int {
    let runtime = Runtime(store: store)
    _ = try? await runtime.withRun(of: workflow, input: 0, id: run) { run in
      for await event in run.events where isEnough(event.kind) { break }
    }
  }

  func send(_ number: Int, id: String? = nil) async throws {
    try await store.signal(Adding.number, number, to: run, id: id)
  }

  /// Puts something into the mailbox as it is.
  func put(_ text: String, as name: String) async throws {
    try await files.create(mailbox.path(of: name), Array(text.utf8))
  }

  /// What happened in the run so far, by its journal.
  func events() async throws -> [Event] { try await store.history(of: run).events }
}

extension Event.Kind {
  var isWaiting: Bool { if case .waiting = self { true } else { false } }
  var isReceived: Bool { if case .received = self { true } else { false } }
}
