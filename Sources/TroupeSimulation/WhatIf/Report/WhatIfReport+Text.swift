extension WhatIfReport: CustomStringConvertible {
  /// The report as a person reads it, in lines without the last line's end.
  public var description: String {
    var lines = ["\(workflow): \(Self.count(runs, "simulated run"))"]
    if !failures.isEmpty { lines += failureLines }
    if let figures { lines += figures.lines }
    let notes = notes
    if !notes.isEmpty { lines += ["", "Notes"] + notes.map { "  \($0)" } }
    return lines.joined(separator: "\n")
  }

  private var failureLines: [String] {
    let failed = runs - succeeded
    let which = failed == runs ? "all" : "\(failed) of \(runs)"
    var lines = [
      "",
      failed == runs
        ? "\(which) runs failed, so that there are no figures:"
        : "\(which) runs failed; the figures are those of the other \(succeeded):",
    ]
    for failure in failures.prefix(Self.mostReasons) {
      lines.append("  \(Self.count(failure.runs, "run")), the first with \(failure.seed):")
      lines += failure.reason.split(separator: "\n").map { "    \($0)" }
      lines.append("    what to do: \(failure.advice)")
    }
    let more = failures.count - Self.mostReasons
    if more > 0 { lines.append("  and \(Self.count(more, "more reason"))") }
    return lines
  }

  /// How many reasons of failures are shown.
  private static let mostReasons = 5

  private var notes: [String] {
    var notes: [String] = []
    for rejection in rejections {
      let place = rejection.step.isEmpty ? "the workflow" : "'\(rejection.step)'"
      notes.append(
        "gate '\(rejection.gate)' of \(place) rejected \(rejection.rejected) of "
          + "\(Self.count(rejection.verdicts, "answer")); where these are examples, the rework "
          + "that follows is not typical")
    }
    let idle = (figures?.roles ?? []).filter { $0.assignments == 0 }.map { "'\($0.role)'" }
    if !idle.isEmpty {
      notes.append(
        "never asked, because nothing led to them: \(idle.joined(separator: ", ")); where code "
          + "answers with examples, gates may let them pass; with '--code' and '--input' it does "
          + "its own work, in Swift with 'runsCode: true'")
    }
    if !untimed.isEmpty {
      let shown = untimed.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
      let more = untimed.count > 8 ? " and \(untimed.count - 8) more" : ""
      notes.append("no duration is given, so that they take 1 to 10 ms: \(shown)\(more)")
    }
    if !unestimated.isEmpty {
      let shown = unestimated.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
      let more = unestimated.count > 8 ? " and \(unestimated.count - 8) more" : ""
      notes.append(
        "nothing says how many tokens they take, so that none are paid for; '.estimate(tokens:)' "
          + "does, or '.using' of a stub that answers for them: \(shown)\(more)")
    }
    if !exampleFanOuts.isEmpty {
      let shown = exampleFanOuts.map { "'\($0)'" }.joined(separator: ", ")
      notes.append(
        "the list is an example of one element, so that there is one of everything in: \(shown); "
          + "in Swift, 'WhatIf(of:)' takes a stub for the stage that makes the list")
    }
    if disturbedRuns > 0 {
      notes.append(
        "work from outside of the simulation came into \(Self.count(disturbedRuns, "run")): the "
          + "same study may give other figures the next time")
    }
    return notes
  }

  private static func count(_ number: Int, _ thing: String) -> String {
    "\(number) \(thing)\(number == 1 ? "" : "s")"
  }
}
