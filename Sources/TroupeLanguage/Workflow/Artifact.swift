import TroupePlan

/// A typed handle on a value of a run that steps read and write.
///
/// A handle holds no value. Declare one for each thing that passes between steps; the compiler
/// checks that who reads it and who writes it agree on its type.
public struct Artifact<Value: Codable & Sendable>: Sendable {
  /// The name in plans, journals and pictures; unique in its workflow.
  public let name: String

  /// How a list of other artifacts is gathered, or `nil` for an artifact of its own.
  private let gathering: Gathering?

  private struct Gathering: Sendable {
    let parts: [Mention]
    let join: Reading.Join
  }

  /// Creates a handle.
  ///
  /// - Parameter name: The name in plans, journals and pictures; unique in its workflow.
  public init(_ name: String) {
    self.name = name
    gathering = nil
  }

  /// A number of artifacts of one type, known only when the workflow is built, read as a list.
  ///
  /// ```swift
  /// Stage("merge", reads: brief, .all(chapters), writes: book) { brief, chapters in … }
  /// ```
  ///
  /// - Parameter artifacts: The artifacts, whose values the list holds in the same order.
  public static func all<Element>(_ artifacts: [Artifact<Element>]) -> Artifact<[Element]>
  where Value == [Element] {
    Artifact(all: artifacts)
  }

  private init<Element>(all artifacts: [Artifact<Element>]) where Value == [Element] {
    name = artifacts.map(\.name).joined(separator: ", ")
    gathering = Gathering(parts: artifacts.flatMap(\.mentions)) { values in
      var rest = values
      return try artifacts.map { try $0.take(from: &rest) }
    }
  }

  /// What a declaration notes of the handle: itself, or each artifact that it gathers.
  package var mentions: [Mention] {
    gathering?.parts ?? [Mention(name: name, type: Value.self)]
  }

  /// What a declaration notes of a handle that is written.
  package var mention: Mention {
    Mention(name: name, type: Value.self, isGathered: gathering != nil)
  }

  /// Makes a list of the values that the handle gathers; `nil` for an artifact of its own.
  var join: Reading.Join? { gathering?.join }

  /// Takes the values that belong to this handle off the front of a list.
  private func take(from values: inout ArraySlice<any Sendable>) throws -> Value {
    let own = values.prefix(gathering?.parts.count ?? 1)
    values = values.dropFirst(own.count)
    return try Self.value(gathering?.join(own) ?? own.first ?? "nothing")
  }

  /// A value of a run as the handle's own type.
  package static func value(_ any: any Sendable) throws -> Value {
    guard let value = any as? Value else {
      throw TypeMismatch(expected: "\(Value.self)", found: any)
    }
    return value
  }
}
