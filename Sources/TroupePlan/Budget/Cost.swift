/// Costs as whole numbers of billionths, so that sums do not depend on their order and comparisons
/// are exact.
package enum Cost {
  private static let unitsInOne = 1e9

  /// A cost in billionths, rounded; one too large to be told becomes the largest there is.
  package static func units(_ cost: Double) -> Int {
    let units = (cost * unitsInOne).rounded()
    guard units.isFinite, abs(units) < 4e18 else {
      return units < 0 ? -4_000_000_000_000_000_000 : 4_000_000_000_000_000_000
    }
    return Int(units)
  }

  /// What so many billionths are.
  package static func value(units: Int) -> Double { Double(units) / unitsInOne }

  /// `2.5`, `0.0004`, `3`: without trailing zeros, and never as a power of ten.
  package static func text(_ cost: Double) -> String {
    let units = units(cost)
    let whole = units.magnitude / UInt(unitsInOne)
    var digits = String(units.magnitude % UInt(unitsInOne))
    digits = String(repeating: "0", count: 9 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return (units < 0 ? "-" : "") + "\(whole)" + (digits.isEmpty ? "" : ".\(digits)")
  }
}
