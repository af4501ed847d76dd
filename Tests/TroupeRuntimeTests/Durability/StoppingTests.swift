import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// Durable runs whose caller does not wait for them any longer.
@Suite struct StoppingTests {
  @Test func whatIsGivenUpStaysOpen() async throws {
    for _ in 0..<100 {
      let office = Office(store: .memory)
      try await office.begin(Adding(), until: \.isWaiting)
      for event in try await office.events() {
        if case .closed = event.kind { Issue.record("\(event.address) was closed") }
      }
      #expect(try await office.events().last?.kind.isStopped == true)
    }
  }

  @Test func aRunThatIsCancelledEndsForGood() async throws {
    let office = Office(store: .memory)
    let runtime = Runtime(store: office.store)
    try await runtime.withRun(of: Adding(), input: 0, id: office.run) { run in
      for await event in run.events where event.kind.isWaiting { break }
      run.cancel()
      await #expect(throws: CancellationError.self) { try await run.output }
    }
    await #expect(throws: CancellationError.self) {
      try await runtime.run(Adding(), input: 0, id: office.run)
    }
    let kinds = try await office.events().map(\.kind)
    #expect(kinds.count { if case .cancelRequested(nil) = $0 { true } else { false } } == 1)
    #expect(kinds.last.map { if case .ended(.cancelled) = $0 { true } else { false } } == true)
  }
}

extension Event.Kind {
  fileprivate var isStopped: Bool { if case .stopped(.asked) = self { true } else { false } }
}
