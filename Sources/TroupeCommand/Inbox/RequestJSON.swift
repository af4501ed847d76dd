import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Requests as the JSON that `inbox` prints and that hooks are given, as `People.md` describes it.
/// Members are only ever added.
enum RequestJSON {
  static func of(_ name: String, _ request: Inbox.Request, at date: Date) -> JSONValue {
    var members: [String: JSONValue] = [
      "name": .string(name), "id": .string(request.id), "run": .string(request.run),
      "workflow": .string(request.workflow), "record": .integer(request.number),
      "address": .string(request.address.description), "role": .string(request.role.id),
      "members": .array(request.members.map { .string($0) }),
      "asked": RunJSON.instant(request.asked), "prompt": .string(request.prompt),
      "decisions": .array(request.purpose.decisions.map { .string($0.rawValue) }),
    ]
    switch request.purpose {
    case .assignment: members["for"] = "assignment"
    case .review(let gate):
      members["for"] = "review"
      members["gate"] = .string(gate)
    case .resolution(let step, _):
      members["for"] = "resolution"
      members["step"] = .string(step)
    }
    members["until"] = request.until.map(RunJSON.instant)
    members["isLate"] = request.until.map { .bool($0 <= date) }
    members["silence"] = request.silence.map { .string($0) }
    members["passing"] = request.passing.map { .number($0) }
    members["schema"] = request.schema?.json
    members["pending"] = request.pending.map { pending in
      ["by": .string(pending.by), "decision": .string(pending.answer.decision.rawValue)]
    }
    members["materials"] = .array(
      request.materials.map { material in
        var members: [String: JSONValue] = ["artifact": .string(material.artifact)]
        members["value"] = material.value
        return .object(members)
      })
    members["earlier"] = .array(
      request.earlier.map { judgement in
        [
          "take": .integer(judgement.take), "gate": .string(judgement.gate),
          "reason": .string(judgement.verdict.reason ?? ""),
        ]
      })
    return .object(members)
  }
}
