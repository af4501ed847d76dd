/// The runtime's only source of chance, so that a seeded generator makes runs repeatable.
package final class Chance: Sendable {
  private let generator: Lock<any RandomNumberGenerator & Sendable>

  package init(_ generator: any RandomNumberGenerator & Sendable) {
    self.generator = Lock(generator)
  }

  /// A number from 0 up to, but not including, 1.
  package func fraction() -> Double {
    Double(bits() >> 11) * 0x1p-53
  }

  /// A random number of 64 bits.
  package func bits() -> UInt64 {
    generator.withLock { $0.next() }
  }
}
