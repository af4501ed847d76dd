package import TroupePlan

/// What a step declares, before it is compiled. Its contents are Troupe's own.
public struct Declaration: Sendable {
  package enum Kind: Sendable {
    case nothing
    case stage
    case sequence
    case parallel
    case dataflow
    case choose(Node.Choice)
    case `repeat`(Node.Repetition)
    indirect case fanOut(Spread)
    case race
    indirect case call(Call)
    indirect case wait(Waiting)
  }

  /// What is waited for.
  package enum Waiting: Sendable {
    /// A signal, named and typed as its payload's mention.
    case signal(payload: Mention, within: Duration?)
    case instant
    case span(Duration)
  }

  /// A fan-out with the handles of its elements' scope.
  package struct Spread: Sendable {
    package var element: Mention
    package var result: Mention
    package var width: Int?
    package var tolerated: Int
    package var endsEarly: Bool
    package var collectsOutcomes: Bool
  }

  /// A called workflow, whose body is built only when the call is lowered.
  package struct Call: Sendable {
    package var workflow: String
    package var version: String?
    package var input: Mention
    package var output: Mention
    /// The called workflow's own rules.
    package var escalation: [On]
    /// The called workflow's own budget.
    package var budget: Budget?
    package var body: @Sendable () -> Declaration
  }

  /// A mistake that can only be told where the step is declared.
  package enum Note: Sendable {
    case otherwiseIsNotLast(SourceLocation)
    case writesGathered(String)
    case readsGathered(String)
  }

  package var kind: Kind
  package var name: String?
  package var role: Role?
  package var reads: [Mention]
  package var writes: [Mention]
  package var work: Body.Work
  package var modifiers: Modifiers? {
    get { if case .some(let modifiers) = modified { modifiers } else { nil } }
    set { modified = newValue.map { .some($0) } ?? .none }
  }
  package var children: [Declaration]
  package var location: SourceLocation?
  package var notes: [Note]

  private var modified = Modified.none

  /// The modifiers behind a reference, because most steps have none and declarations are copied.
  private indirect enum Modified: Sendable {
    case none
    case some(Modifiers)
  }

  package init(
    _ kind: Kind, name: String?, role: Role? = nil, reads: [Mention] = [],
    writes: [Mention] = [], work: Body.Work = .none, children: [Declaration] = [],
    location: SourceLocation?
  ) {
    self.kind = kind
    self.name = name
    self.role = role
    self.reads = reads
    self.writes = writes
    self.work = work
    self.children = children
    self.location = location
    notes = writes.filter(\.isGathered).map { .writesGathered($0.name) }
  }

  /// Whether it only groups steps at declaration time.
  package var isGroup: Bool {
    if case .sequence = kind { name == nil && !hasModifiers } else { false }
  }

  private var hasModifiers: Bool { if case .some = modified { true } else { false } }

  /// Whether the declaration notes an `Otherwise` that is not the last branch.
  package var hasMisplacedOtherwise: Bool {
    notes.contains { if case .otherwiseIsNotLast = $0 { true } else { false } }
  }

  /// How many steps are declared, with the step itself and without those of called workflows.
  package var size: Int {
    let inside = children.reduce(1) { $0 + $1.size } + rungs.reduce(0) { $0 + $1.size }
    guard let modifiers else { return inside }
    return inside + (modifiers.fallback?.first?.size ?? 0)
      + modifiers.gates.reduce(0) { $0 + ($1.review.first?.size ?? 0) }
      + (modifiers.compensation?.count ?? 0) + (modifiers.unfinishedCompensation?.count ?? 0)
  }

  /// Its rules; of a call those of the called workflow, which are nearer to what is inside, and its
  /// own for what these leave out.
  package var escalation: [On]? {
    guard case .call(let call) = kind, !call.escalation.isEmpty else {
      return modifiers?.escalation
    }
    let met = Set(call.escalation.flatMap(\.triggers))
    return call.escalation + (modifiers?.escalation ?? []).compactMap { $0.leavingOut(met) }
  }

  /// The rungs of its escalation that are parts of the plan.
  private var rungs: [Declaration] {
    (escalation ?? []).flatMap(\.rungs).compactMap(Lowering.declaration)
  }

  /// Notes the mistake if what a container reads is a list gathered from other artifacts.
  package mutating func refuseGathered(_ read: Mention) {
    if read.isGathered { notes.append(.readsGathered(read.name)) }
  }

  /// Changes the modifiers, which most steps do not have.
  package mutating func modify(_ change: (inout Modifiers) -> Void) {
    var changed = modifiers ?? Modifiers()
    change(&changed)
    modifiers = changed
  }
}
