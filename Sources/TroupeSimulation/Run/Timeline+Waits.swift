import TroupeRuntime

extension Timeline {
  /// The lines of the waits of a run, each from its opening to its end.
  struct WaitRows {
    private struct Wait {
      let row: Int
      let signal: String?
      var hasEnded = false
    }

    /// By address; of a wait that opens again the latest.
    private var waits: [String: Wait] = [:]

    /// Takes in what happened to a wait.
    mutating func read(_ event: Event, _ address: String, _ rows: inout [Row]) {
      if case .waiting(let signal, _) = event.kind {
        waits[address] = Wait(row: rows.count, signal: signal)
        let text = signal.map { "waits for signal '\($0)'" } ?? "waits"
        rows.append(Row(start: event.elapsed, end: nil, place: address, member: "", text: text))
        return
      }
      guard let wait = waits[address] else { return }
      let signal = wait.signal.map { "signal '\($0)'" }
      switch event.kind {
      case .consumed: end(event, address, "took \(signal ?? "")", &rows)
      case .passed: end(event, address, signal.map { "missed \($0)" } ?? "waited", &rows)
      case .returned: end(event, address, "gave \(signal ?? "") back: it had lost", &rows)
      default: break
      }
    }

    /// Takes in that a step ended early.
    ///
    /// - Returns: Whether its line now says why.
    mutating func end(
      _ event: Event, _ address: String, because reason: String, _ rows: inout [Row]
    ) -> Bool {
      guard let wait = waits[address] else { return false }
      let isMissed = wait.hasEnded && rows[wait.row].text.hasPrefix("missed")
      guard !wait.hasEnded || isMissed else { return false }
      end(event, address, reason, &rows)
      return true
    }

    private mutating func end(
      _ event: Event, _ address: String, _ text: String, _ rows: inout [Row]
    ) {
      guard let row = waits[address]?.row else { return }
      waits[address]?.hasEnded = true
      rows[row].end = event.elapsed
      rows[row].text = text
    }
  }
}
