import Testing
import Troupe
import TroupeTesting

extension Role {
  static let expert = Role("expert")
  static let boss = Role("boss")
}

/// Work that cannot get further, and a ladder for that.
struct Climbing: Workflow {
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  let trigger: Escalation.Trigger
  @RungBuilder let rungs: @Sendable () -> [Rung]

  var body: some Step {
    Stage("work", by: .clerk, reads: input, writes: output) { "Work on \($0)" }
      .timeout(.minutes(1))
      .gate("small") { $0 < 100 }
      .escalate { On(trigger) { for rung in rungs() { rung } } }
  }
}

/// How a ladder comes to its trigger.
enum Mishap: CaseIterable, CustomTestStringConvertible {
  case timeout, failure, gateRejected, concern

  var testDescription: String { "\(trigger)" }

  var trigger: Escalation.Trigger {
    switch self {
    case .timeout: .timeout
    case .failure: .failure
    case .gateRejected: .gateRejected
    case .concern: .concern(.security)
    }
  }

  /// A clerk for whom the first take goes wrong and the second well.
  func clerk() -> Stub<Climbing> {
    let stub = Stub<Climbing>("work", as: Int.self) { asked in
      guard asked.take == 1, asked.role == Role.clerk.id else {
        return asked.role == Role.expert.id ? 8 : 7
      }
      switch self {
      case .timeout: return 7
      case .failure: throw Refusal("cannot")
      case .gateRejected: return 500
      case .concern: throw Concern(.security, "it names a customer")
      }
    }
    return self == .timeout ? stub.fault(.late(by: .hours(1)), on: .take(1)) : stub
  }
}
