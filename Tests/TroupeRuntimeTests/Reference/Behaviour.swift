import TroupePlan
import TroupeTestSupport

/// What the closures of random plans do: all of it follows from what they are given.
enum Behaviour {
  static func fails(_ id: Int, _ reads: [String]) -> Bool { hash("f\(id)\(reads)") % 24 == 0 }
  static func output(_ id: Int, _ reads: [String]) -> String { short("\(id):\(reads)") }
  static func matches(_ value: String, branch: Int) -> Bool { hash(value + "\(branch)") % 2 == 0 }
  static func isEnough(_ value: String) -> Bool { hash(value) % 3 == 0 }
  static func split(_ value: String) -> [String] { (0..<3).map { short(value + "\($0)") } }
  static func join(_ values: [String]) -> String { short(values.joined()) }

  /// FNV-1a (Fowler, Noll, Vo), the same in every process.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 } >> 8
  }

  private static func short(_ text: String) -> String { String(hash(text), radix: 36) }

  /// The closures of a random plan.
  static func program(of root: Sprout) -> Program {
    let plan = root.plan
    return Program(
      plan: plan, diagnostics: [], input: ValueType(of: String.self),
      output: ValueType(of: String.self), bodies: root.all.map(body), layout: Layout(plan))
  }

  static func body(_ step: Sprout) -> TroupePlan.Body {
    TroupePlan.Body(
      work: work(step), judges: step.judges.isEmpty ? [] : [{ _ in .accepted }])
  }

  private static func work(_ step: Sprout) -> TroupePlan.Body.Work {
    let id = step.id
    @Sendable func perform(_ values: TroupePlan.Body.Values) async throws -> String {
      await Task.yield()
      let reads = values.compactMap { $0 as? String }
      if fails(id, reads) { throw Mishap() }
      return output(id, reads)
    }
    switch step.kind {
    case .stage where step.writes == nil: return .effect { _ = try await perform($0) }
    case .stage: return .code(perform, output: ValueType(of: String.self))
    case .choose(let unmatched):
      let count = step.children.count - (unmatched == .branch ? 1 : 0)
      return .choose(
        (0..<count).map { branch in { matches($0 as? String ?? "", branch: branch) } })
    case .repeat: return .repeat(until: { isEnough($0 as? String ?? "") })
    case .fanOut:
      return .fanOut(
        TroupePlan.Body.Spreading(
          split: { split($0 as? String ?? "") },
          join: { outcomes in
            join(
              outcomes.map { outcome in
                if case .value(let value) = outcome { value as? String ?? "" } else { "" }
              })
          }, until: nil, collected: ValueType(of: String.self)))
    default: return .none
    }
  }
}
