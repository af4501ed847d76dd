package import TroupePlan

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// One line of a journal, as it was read.
package struct JournalRecord: Sendable {
  /// The place in the run's order, counted from 1.
  package let sequence: Int
  /// The wall-clock time at which it was written, for people; no rule compares two of them.
  package let at: Date
  /// All members, those above included.
  package let members: JSONValue

  package init(sequence: Int, at: Date, members: JSONValue) {
    self.sequence = sequence
    self.at = at
    self.members = members
  }

  /// What kind of record it is: `started`, `finished` …
  package var type: String {
    if case .string(let type)? = members["type"] { type } else { "" }
  }
}
