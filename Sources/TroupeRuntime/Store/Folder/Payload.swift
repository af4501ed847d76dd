package import TroupePlan

/// A value as a journal holds it: in the record itself, or, where it is large, in a file beside it.
package enum Payload: Sendable, Equatable {
  /// The value itself.
  case inline(JSONValue)
  /// The name of its file in the run's folder `payloads`.
  case file(String)

  /// The most bytes of JSON that stand in a record.
  package static let inlineLimit = 64 * 1024

  /// The payload of a member of a record, or `nil` if it has none.
  package init?(_ key: String, of record: JSONValue) {
    if let value = record[key] {
      self = .inline(value)
    } else if case .string(let name)? = record[key + "File"] {
      self = .file(name)
    } else {
      return nil
    }
  }
}
