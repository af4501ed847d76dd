import TroupePlan
import TroupeRuntime

/// The lines to type to say what became of what is in doubt in a run.
struct SettleHints {
  /// The executable's name.
  let tool: String
  let place: StorePlace
  /// The program of the run's workflow, if the executable has it: it knows what outputs look like.
  let program: Program?

  /// For each thing in doubt a line for everything that can be said of it; nothing for what
  /// somebody has spoken about already, which the run takes when it goes on.
  ///
  /// - Parameter letters: What has been said to the run and is not in its journal yet.
  func text(of history: RunHistory, _ letters: [Letter]) -> String {
    guard !letters.contains(where: \.endsRun) else { return "" }
    let addresses = AddressReader(history.plan)
    return history.doubts.filter { address in !letters.contains { $0.decides(about: address) } }
      .map { address in
        let node = addresses.address(address).map { history.plan.nodes[$0.node] }
        let choices = [done(address, node), "--not-done", "--abort"]
        let lines = choices.map { "  \(call(history.id, address)) \($0) \(end)\n" }
        return "settle \(Printable.quoted(address)) with one of:\n" + lines.joined()
      }
      .joined()
  }

  private func call(_ run: String, _ address: String) -> String {
    "\(tool) settle \(ShellWord.of(run)) \(ShellWord.of(address))"
  }

  private var end: String { "--why 'how you know' --store \(ShellWord.of(place.path))" }

  /// How to say that it was done: an effect gives nothing, anything else its output.
  private func done(_ address: String, _ node: Node?) -> String {
    if let node, node.writes.isEmpty { return "--done" }
    guard let program, let own = AddressReader(program.plan).address(address)?.node,
      let type = program.bodies[own].work.output
    else { return "--output @FILE" }
    return "--output \(InputExample.word(of: type, type.schema().schema))"
  }
}

extension Letter {
  /// Whether the run ends for good when it takes it.
  fileprivate var endsRun: Bool {
    switch content {
    case .cancel, .settle(_, .abort, _): true
    case .signal, .answer, .redirect, .settle, .override: false
    }
  }

  /// Whether it says how it stands with the work at an address.
  fileprivate func decides(about address: String) -> Bool {
    switch content {
    case .settle(address, _, _), .override(address, _, _): true
    case .signal, .cancel, .answer, .redirect, .settle, .override: false
    }
  }
}
