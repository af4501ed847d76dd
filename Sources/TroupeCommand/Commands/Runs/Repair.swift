import TroupePlan
import TroupeRuntime

extension Subcommand {
  /// `repair`: what can be saved of a damaged run.
  static let repair: Subcommand = Subcommand(
    name: "repair", summary: "Show what is damaged in a run, and cut it off.",
    operands: [.run],
    options: [
      .store,
      .flag("cut", "Cut the journal off in front of the damage; without it\nnothing is changed."),
    ],
    details: """
      What an interrupted write leaves at the end of a journal is no damage: the run
      can go on as it is. Anything else is damage, and the run cannot go on before the
      journal is cut off. What is cut off stays beside it in a file of its own.

      What was done after the cut is forgotten, and will be done again, with the same
      idempotency keys. Exit code 1 if there is damage that was not cut off.
      """,
    examples: [
      ("repair 4f2", "Says what is damaged and what would be lost."),
      ("repair 4f2 --cut", "Does it, so that 'resume' can go on."),
    ]
  ) { invocation in
    let place = try StorePlace(of: invocation, .repair)
    let id = try await place.id(invocation.arguments.operands[0])
    let (tool, output) = (invocation.tool.name, invocation.console.output)
    let call = "\(ShellWord.of(id)) --store \(ShellWord.of(place.path))"
    do {
      guard invocation.arguments.has("cut") else {
        guard let damage = try await place.store.damage(of: id) else {
          return try await whole(id, place, output)
        }
        try output.write(
          text(damage, isDone: false)
            + (damage.repair.last > 0 ? "cut it off with: \(tool) repair \(call) --cut\n" : ""))
        return .failed
      }
      guard let (damage, kept) = try await place.store.cut(id) else {
        return try await whole(id, place, output)
      }
      try output.write(
        text(damage, isDone: true) + "  kept     \(Printable.line(kept))\n"
          + "resume with: \(tool) resume \(call)\n")
      return .done
    } catch {
      throw RunSession.refusal(error)
    }
  }

  /// The journal is whole; something else may be wrong.
  private static nonisolated(nonsending) func whole(
    _ id: String, _ place: StorePlace, _ output: any TextSink
  ) async throws -> ExitCode {
    let name = Printable.quoted(id)
    do {
      let history = try await place.store.history(of: id)
      _ = try await (history.input, history.output)
      for version in history.artifacts { _ = try await history.value(of: version) }
    } catch {
      throw Refusal(
        "error: the journal of run \(name) is whole, but: \(Printable.lines("\(error)"))",
        code: .failed)
    }
    try output.write("nothing is damaged in run \(name)\n")
    return .done
  }

  private static func text(_ found: RunDamage, isDone: Bool) -> String {
    let (damage, repair) = (found.damage, found.repair)
    var lost = repair.lost.map { range in
      range.count == 1
        ? "record \(range.lowerBound)" : "records \(range.lowerBound) to \(range.upperBound)"
    }
    if repair.unreadable > 0 {
      lost.append("\(Count.of(repair.unreadable, "line")) that cannot be read")
    }
    let saved = repair.last > 0 ? "records 1 to \(repair.last)" : "nothing"
    var text = """
      \(Printable.line(found.path))
        damaged  line \(damage.line), byte \(damage.offset): \(Printable.line(damage.problem))
        saved    \(saved)
        lost     \(Count.some(lost, limit: 6)) (\(Count.of(repair.lostBytes, "byte")))

      """
    if repair.last > 0, !isDone {
      text += """
          What was done after record \(repair.last) will be forgotten and done again, also what
          must not be done twice.

        """
    }
    return text
  }
}
