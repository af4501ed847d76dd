import TroupePlan

/// What rounds and elements came to whose records are not kept.
extension Execution {
  /// Publishes what a loop had published when the last round ended of which nothing else is known.
  ///
  /// - Returns: The number of that round, 0 if there is none, and whether the loop was done then.
  func passedRounds(
    of loop: Address, into own: Frame
  ) async throws -> (count: Int, isDone: Bool) {
    guard let loops = recall?.snapshot?.loops, !loops.isEmpty,
      let rounds = loops[loop.description]
    else { return (0, false) }
    let slots = slots?.written(inside: loop.node) ?? [:]
    for (name, binding) in rounds.bindings.sorted(by: { $0.key < $1.key }) {
      let what = "'\(name)', which was written in '\(loop)',"
      own.publish(try await version(binding, slot: slots[name], what), to: slots[name] ?? 0)
    }
    return (rounds.count, rounds.isDone)
  }

  /// The result of an element of which nothing else is known, and the record by which it ended.
  func passedElement(
    _ number: Int, of fanOut: Address
  ) async throws -> (result: Version, record: Int)? {
    guard let binding = passedElement(number, of: fanOut) as Snapshot.Binding? else { return nil }
    let slot = layout.crossing(fanOut.node).output
    let version = try await version(
      binding, slot: slot, "the result of '\(fanOut)/items[\(number)]'")
    return (version, binding.record)
  }

  func passedElement(_ number: Int, of fanOut: Address) -> Snapshot.Binding? {
    guard let fanOuts = recall?.snapshot?.fanOuts, !fanOuts.isEmpty else { return nil }
    return fanOuts[fanOut.description]?[number]
  }

  private func version(
    _ binding: Snapshot.Binding, slot: Int?, _ what: String
  ) async throws -> Version {
    do {
      guard let journal, let type = slot.flatMap({ slots?.type(of: $0) }) else {
        throw RecordedError(description: "no step writes it any more")
      }
      let value = try type.decode(try await journal.value(of: binding.value))
      return Version(value: value, record: binding.record)
    } catch {
      throw halt(RecordUnreadable(what: what, error))
    }
  }
}
