extension Option {
  /// Where the runs are that a command is about.
  static let store = value(
    "store", "DIR",
    "The folder in which runs are kept; \(StorePlace.variable) of\nthe environment if left out, "
      + "else '\(StorePlace.usual)'.")
}

extension Operand {
  /// The identity of a run.
  static let run = Operand(
    name: "RUN", help: "A run's identity, as 'runs' shows it, or its first letters.")
}
