/// What is in doubt in a run, in words.
enum DoubtText {
  /// `'shop/charge': nobody knows whether it was done`
  static func words(_ address: String) -> String {
    "'\(address)': nobody knows whether it was done"
  }

  /// How to say what became of it, a line each.
  static func hints(
    _ doubts: [String], in run: String, of tool: String, _ place: StorePlace
  ) -> String {
    doubts.map { address in
      "settle with: \(tool) settle \(ShellWord.of(run)) \(ShellWord.of(address)) --why '…' "
        + "--store \(ShellWord.of(place.path)) and --output '…', --done, --not-done or --abort\n"
    }.joined()
  }
}
