package import TroupePlan

/// Work of a run that was given up and could not be undone: a person has to see to it.
public struct Uncompensated: Sendable, Hashable, CustomStringConvertible {
  /// Why it could not be undone.
  public enum Reason: Sendable, Hashable {
    /// Its compensation failed for good, because of this.
    case failed(String)
    /// It was begun and gave nothing, and nobody knows whether it was done.
    case inDoubt
  }

  /// The address of the stage that did it, with the take if that is not the first.
  public let address: String
  /// Why it could not be undone.
  public let reason: Reason

  init(address: String, reason: Reason) {
    self.address = address
    self.reason = reason
  }

  /// `'book/charge' could not be undone: the bank is closed`.
  public var description: String {
    switch reason {
    case .failed(let why): "'\(address)' could not be undone: \(why)"
    case .inDoubt: "'\(address)' was given up, and nobody knows whether it was done"
    }
  }
}

extension Uncompensated {
  /// Reads what `json` is.
  init?(_ json: JSONValue) {
    let reader = RecordReader(json)
    guard let address = reader.text("address") else { return nil }
    self.address = address
    reason =
      reader.text("because") == "inDoubt" ? .inDoubt : .failed(reader.string("reason"))
  }

  /// An object with `address`, `because` and, where its compensation failed, `reason`.
  package var json: JSONValue {
    switch reason {
    case .failed(let why):
      ["address": .string(address), "because": "failed", "reason": .string(why)]
    case .inDoubt: ["address": .string(address), "because": "inDoubt"]
    }
  }
}

extension [Uncompensated] {
  /// What a record says of it.
  init(_ record: JournalRecord) {
    guard case .array(let items)? = record.members["uncompensated"] else {
      self = []
      return
    }
    self = items.compactMap(Uncompensated.init)
  }

  /// As lines behind what a run came to; nothing if there is nothing to see to.
  var lines: String {
    isEmpty ? "" : "\n  to be seen to by hand:" + map { "\n    \($0)" }.joined()
  }
}
