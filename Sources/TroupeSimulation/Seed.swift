/// The number that decides everything in a simulation that is left to chance: the order of what
/// could happen at once, how long things take, and which faults happen.
public struct Seed: Sendable, Hashable, Codable, ExpressibleByIntegerLiteral,
  CustomStringConvertible
{
  /// The number.
  public let number: UInt64

  /// Creates a seed.
  public init(_ number: UInt64) { self.number = number }

  /// A seed from a literal.
  public init(integerLiteral number: UInt64) { self.number = number }

  /// Reads a seed: just its number.
  public init(from decoder: any Decoder) throws {
    number = try decoder.singleValueContainer().decode(UInt64.self)
  }

  /// Writes the seed: just its number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(number)
  }

  /// `seed 17`.
  public var description: String { "seed \(number)" }

  /// A seed of its own for each purpose, so that drawing more for one leaves the others alone.
  func derived(for purpose: UInt64) -> UInt64 {
    var generator = SeededGenerator(seed: number &+ purpose &* 0xD1B5_4A32_D192_ED03)
    return generator.next()
  }
}
