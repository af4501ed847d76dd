/// What is in doubt in a run, in words.
enum DoubtText {
  /// `'shop/charge': nobody knows whether it was done`
  static func words(_ address: String) -> String {
    "'\(address)': nobody knows whether it was done"
  }
}
