public import TroupeLanguage
import TroupePlan
public import TroupeRuntime

/// What a stage answers in a simulation, in the place of its agent or its code.
///
/// ```swift
/// Stub(\.findings) { Findings(["a source"]) }          // the same every time
/// Stub(\.draft, returning: [.short, .long])            // one after the other
/// Stub(\.draft) { asked in Draft(asked.prompt) }       // by what is asked
/// Stub(\.draft) { throw Refusal("not my style") }      // no answer at all
/// Stub("polish/revise", as: Draft.self) { .long }      // by the stage's path
/// Stub(effect: "publish") { _ in }                     // nothing is published
/// Stub(.critic) { asked in .text("well done") }        // for all stages of a role
/// Stub.examples()                                      // for all else by roles, and effects
/// Send(.approved, Approval(), after: .hours(3))        // a signal, for who waits for it
/// ```
///
/// The narrowest stub answers: one for the stage before one for its role, and that before
/// `examples`. An answer takes a few virtual milliseconds, chosen by the seed, unless the stub says
/// how long it takes.
public struct Stub<Work: Workflow>: Sendable {
  /// For which stages a stub answers.
  enum Target: Sendable {
    /// The workflow's own stage that writes an artifact.
    case artifact(name: @Sendable (Work) -> String, ValueType)
    /// The stage at a path, with the type that it writes.
    case path(String, ValueType)
    /// The effect at a path.
    case effect(String)
    /// All stages of a role.
    case role(Role.ID)
    /// All stages of roles.
    case everything
    /// None: it is a signal that is sent.
    case signal(Sending)
  }

  let target: Target
  let answer: StubAnswer
  let location: SourceLocation
  var timing: Timing?
  var faults: [PlannedFault] = []
  var usage = Usage()

  init(_ target: Target, _ answer: StubAnswer, at location: SourceLocation) {
    self.target = target
    self.answer = answer
    self.location = location
  }

  /// Says how long each answer takes, in virtual time.
  public func taking(_ duration: Duration) -> Stub { taking(.fixed(duration)) }

  /// Says how long each answer takes, in virtual time.
  public func taking(_ timing: Timing) -> Stub {
    var stub = self
    stub.timing = timing
    return stub
  }

  /// Says what each answer uses up, beside what the stub itself reports.
  ///
  /// ```swift
  /// Stub(\.draft) { .long }.using(Usage(inputTokens: 2_000, outputTokens: 500))
  /// ```
  public func using(_ usage: Usage) -> Stub {
    var stub = self
    stub.usage = stub.usage + usage
    return stub
  }

  /// Makes something go wrong.
  ///
  /// - Parameters:
  ///   - fault: What goes wrong.
  ///   - occasion: When it does; always by default.
  public func fault(_ fault: Fault, on occasion: Fault.Occasion = .always) -> Stub {
    var stub = self
    stub.faults.append(PlannedFault(fault: fault, occasion: occasion))
    return stub
  }
}

/// What a stub answers with.
enum StubAnswer: Sendable {
  /// What a closure gives for what is asked.
  case closure(@Sendable (Asked) async throws -> Delivery)
  /// One value after the other, and an error when there are no more.
  case sequence([Delivery])
  /// An example made from the schema of the stage's type.
  case example
  /// What the stage's own code gives.
  case work
}

/// An agent that will not do what it is asked.
public struct Refusal: Error, Sendable, CustomStringConvertible {
  /// What it says.
  public let reason: String

  /// Creates a refusal.
  public init(_ reason: String) { self.reason = reason }

  /// The reason.
  public var description: String { "refused: \(reason)" }
}
