extension Option {
  /// Where the runs are that a command is about.
  static let store = value(
    "store", "DIR",
    "The folder in which runs are kept; \(StorePlace.variable) of\nthe environment if left out, "
      + "else '\(StorePlace.usual)'.")
}

extension Option {
  /// That the store need not be on a disk of this machine.
  static let allowNetworkStore = flag(
    "allow-network-store",
    "Keep runs on a network file system, too, although it\nmay lose them or let two machines run "
      + "the same.")
}

extension Operand {
  /// The identity of a run.
  static let run = Operand(
    name: "RUN", help: "A run's identity, as 'runs' shows it, or its first letters.")
}
