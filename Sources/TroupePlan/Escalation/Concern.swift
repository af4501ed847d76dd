/// Something that a stage must not decide by itself: it throws it, and its work ends there.
///
/// ```swift
/// Stage("review the contract", reads: contract, writes: summary) { contract in
///   guard contract.isPublic else { throw Concern(.security, "it names a customer") }
///   …
/// }
/// .escalate {
///   On(.concern(.security)) { Ask(.securityOfficer, within: .hours(4)) }
/// }
/// ```
///
/// Agents throw it as well. It is neither retried nor handed to another member. Only a rule for the
/// same kind of concern meets it, never one for `.failure`; without one the run fails with it.
public struct Concern: Error, Sendable, Hashable {
  /// What a concern is about. Kinds of your own are static members of an extension.
  public struct Kind: Sendable, Hashable, RawRepresentable, ExpressibleByStringLiteral {
    /// The kind in plans, journals and messages.
    public let rawValue: String

    /// Creates a kind.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// Creates a kind.
    public init(stringLiteral value: String) { rawValue = value }

    /// Something may be disclosed or abused.
    public static let security: Kind = "security"
    /// A law, a licence or a rule may be broken.
    public static let compliance: Kind = "compliance"
    /// Somebody with a say in it may not agree.
    public static let stakeholder: Kind = "stakeholder"
  }

  /// What it is about.
  public let kind: Kind
  /// What is to be decided, and why.
  public let reason: String

  /// Creates a concern.
  ///
  /// - Parameters:
  ///   - kind: What it is about.
  ///   - reason: What is to be decided, and why.
  public init(_ kind: Kind, _ reason: String) {
    self.kind = kind
    self.reason = reason
  }
}

extension Concern: CustomStringConvertible {
  /// `a concern about security: it names a customer`
  public var description: String { "a concern about \(kind.rawValue): \(reason)" }
}
