import TroupePlan
import TroupeRuntime

extension Subcommand {
  /// `runs`: what a store holds.
  static let runs: Subcommand = Subcommand(
    name: "runs", summary: "List the runs that are kept in a store, the latest first.",
    options: [.store, .flag("json", "Print a list of objects instead of a table.")],
    details: """
      The states:
        running       a process runs it
        interrupted   it did not come to its end, and no process runs it
        stopped       it stopped because it was asked to, because a step failed,
                      because something is in doubt, or because it did not get
                      further ('idle'); it can go on
        waiting       it waits for people, signals or time alone: in a process that
                      runs it, which 'show' names, or stopped, so that 'resume' goes
                      on with it; what it waits for stands below the table
        ended         it is completed, or was cancelled or aborted for good
        damaged       its folder cannot be read; 'repair' shows what can be saved

      The keys of JSON: id, workflow, version, state, reason (of 'stopped' and
      'ended'), holder (of what a process runs), problem (of 'damaged'), started,
      updated (of the last record), records, doubts (the addresses of what is in
      doubt until somebody says what became of it), uncompensated (what could not
      be undone), pending (what has been said to it and it has not yet taken).
      """,
    examples: [
      ("runs", "Shows the runs in '.troupe'."),
      ("runs --store /var/lib/news --json", "Says it as JSON, for other programs."),
    ]
  ) { invocation in
    let console = invocation.console
    let place = try StorePlace(of: invocation, .runs)
    let runs = try await place.store.runs()
    var rows: [Row] = []
    for run in runs {
      rows.append(
        Row(
          run: run, left: await LeftForPeople(run, in: place),
          letters: await place.store.letters(to: run.id)))
    }
    if invocation.arguments.has("json") {
      let json = JSONValue.array(rows.map { RunJSON.of($0.run, $0.left, $0.letters) })
      try console.output.write(Printable.json(json.prettyText) + "\n")
      return .done
    }
    guard !runs.isEmpty else {
      console.report("there are no runs in \(Printable.quoted(place.path))\n")
      return .done
    }
    try console.output.write(table(runs))
    for run in runs where isWaiting(run.status) {
      guard let steps = try? await place.store.history(of: run.id).steps else { continue }
      let awaited = steps.filter { $0.state == .open }.compactMap(\.awaited)
      let words = awaited.map { Printable.line(HistoryWords.awaited($0)) }
      try console.output.write(
        "run \(Printable.line(run.id)) waits for \(Count.some(words, limit: 3))\n")
    }
    for row in rows { try console.output.write(row.left.lines(of: row.run.id) + row.notTaken) }
    for row in rows { console.report(await hints(row, invocation, place)) }
    for run in runs {
      guard case .damaged(let problem) = run.status else { continue }
      console.report("warning: run \(Printable.quoted(run.id)): \(Printable.line(problem))\n")
    }
    return .done
  }

  /// A run with all that the list says of it.
  private struct Row {
    let run: StoredRun
    let left: LeftForPeople
    /// What has been said to it and is not in its journal yet.
    let letters: [Letter]

    /// A line for each letter.
    var notTaken: String {
      letters.map {
        "run \(Printable.line(run.id)) has not yet taken \(Printable.line(LetterText.words($0)))\n"
      }.joined()
    }
  }

  /// What to type about a run, a line each.
  private static nonisolated(nonsending) func hints(
    _ row: Row, _ invocation: Invocation, _ place: StorePlace
  ) async -> String {
    let (id, tool) = (row.run.id, invocation.tool.name)
    var hints = ""
    if !row.left.doubts.isEmpty, let history = try? await place.store.history(of: id) {
      let program = await Sender.program(of: id, invocation, place)
      hints = SettleHints(tool: tool, place: place, program: program).text(of: history, row.letters)
    }
    let waits = !row.letters.isEmpty && row.run.status.holder == nil
    return hints + (waits ? place.resumeHint(id, of: tool) : "")
  }

  private static func isWaiting(_ status: RunStatus) -> Bool {
    StatusText.word(status) == StatusText.word(.stopped(.waiting))
  }

  private static func table(_ runs: [StoredRun]) -> String {
    var table = TextTable(right: [5])
    table.add(["RUN", "WORKFLOW", "STATE", "STARTED", "LAST RECORD", "RECORDS"])
    for run in runs {
      let id = Printable.line(run.id)
      guard let journal = run.journal else {
        table.add([id, "?", StatusText.short(run.status)])
        continue
      }
      let version = journal.version.map { " \($0)" } ?? ""
      table.add([
        id, Printable.line(journal.workflow + version), StatusText.short(run.status),
        TimeText.instant(journal.began), TimeText.instant(journal.updated), "\(journal.records)",
      ])
    }
    return table.lines.map { $0 + "\n" }.joined()
  }
}
