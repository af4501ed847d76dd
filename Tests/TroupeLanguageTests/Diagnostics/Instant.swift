import Foundation

/// A payload with a date.
struct Instant: Codable, Sendable {
  var date: Date
}
