package import TroupePlan

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// What somebody outside says to a run: one file in its mailbox.
package struct Letter: Sendable, Equatable {
  /// What it says.
  package enum Content: Sendable, Equatable {
    /// A signal has come.
    case signal(String, payload: JSONValue)
    /// The run is to end for good.
    case cancel(why: String?)
    /// The answer to a request, in the name of a member.
    case answer(String, Inbox.Answer, as: String)
    /// A request is to go to another member or role.
    case redirect(String, to: String, why: String)
    /// What became of work that is in doubt.
    case settle(at: String, Settlement, why: String?)
    /// An operator decides about a step.
    case override(at: String, Override, why: String)
  }

  /// The sender's identity for it: what comes a second time under it is taken once.
  package let id: String
  /// Who sends it, if they say.
  package let from: String?
  /// When it was written, for people.
  package let at: Date
  package let content: Content

  package init(id: String, from: String?, at: Date, _ content: Content) {
    self.id = id
    self.from = from
    self.at = at
    self.content = content
  }

  /// The most bytes of a letter.
  package static let limit = 1 << 20

  /// An identity that sorts behind those made before it, so that what one sender sends without
  /// naming it arrives in that order.
  package static func newID(at date: Date, chance: UInt64) -> String {
    let time = UInt64(max(0, date.timeIntervalSince1970 * 1_000))
    return padded(String(time, radix: 36), 9) + "-" + padded(String(chance, radix: 36), 13)
  }

  private static func padded(_ digits: String, _ count: Int) -> String {
    String(repeating: "0", count: max(0, count - digits.count)) + digits
  }
}
