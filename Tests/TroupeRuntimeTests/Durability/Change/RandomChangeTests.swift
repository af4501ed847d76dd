import Testing
import Troupe
import TroupePlan

@testable import TroupeRuntime

/// Random plans are interrupted anywhere and changed at random: what is accepted never makes the run
/// fail for a reason of its own, and contradicts nothing that has happened.
@Suite struct RandomChangeTests {
  @Test func whatIsAcceptedGoesOn() async throws {
    var (accepted, refused) = (0, 0)
    for number in 0..<70 {
      var sprout = EditedSprout(number)
      let old = sprout.program
      let runtime = Runtime(store: .memory)
      let stop = 1 + sprout.next(200)
      _ = try? await runtime.withRun(of: old, input: "start", id: "run") { run in
        var count = 0
        for await _ in run.events {
          count += 1
          if count == stop { break }
        }
      }
      for _ in 0...2 { sprout.edit() }
      let new = sprout.program
      guard new.plan != old.plan, isSound(new.plan), let store = runtime.store else { continue }
      guard try await store.history(of: "run").recall.outcome == nil else { continue }
      do {
        _ = try await runtime.run(
          new, input: "start", id: "run", Resumption(acceptsChanges: true))
        accepted += 1
      } catch is RunFailure {
        accepted += 1
      } catch is RunAborted {
        accepted += 1
      } catch is RunMismatch {
        refused += 1
        continue
      } catch {
        let told = try await story(store.history(of: "run").events).joined(separator: "\n")
        Issue.record(
          "plan \(number), stopped at \(stop): \(error)\n\(old.plan.diff(new.plan))\n\(told)")
        continue
      }
      try await expectSound(store, "plan \(number), stopped at \(stop)")
    }
    #expect(accepted > 20 && refused > 2, "\(accepted), \(refused)")
  }

  private func isSound(_ plan: Plan) -> Bool {
    !PlanChecker.check(plan).contains { $0.severity == .error }
  }

  /// Nothing that had been finished was started again.
  private func expectSound(_ store: Store, _ what: String) async throws {
    let history = try await store.history(of: "run")
    var finished: Set<String> = []
    for event in history.events {
      switch event.kind {
      case .finished:
        #expect(finished.insert("\(event.address)").inserted, "\(what): \(event.address) twice")
      case .started:
        #expect(!finished.contains("\(event.address)"), "\(what): \(event.address) again")
      default: break
      }
    }
  }
}
