import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Subcommand {
  /// `show`: what has happened in a run.
  static let show: Subcommand = Subcommand(
    name: "show", summary: "Show what has happened in a run: steps, artifacts, usage.",
    operands: [.run],
    options: [
      .store,
      .value(
        "at", "RECORD", "Show how things were when this record was the last."),
      .flag("json", "Print all of it as JSON, values as a whole."),
      .flag("journal", "Print the records themselves, one a line, as JSON."),
    ],
    details: """
      The run may be running: it is not disturbed. Times are those since its
      beginning. Values are shortened; '--json' has them whole. What the members of
      the JSON and of the records are, 'DurableRuns.md' and 'TheJournal.md' say, in
      Sources/Troupe/Troupe.docc.
      """,
    examples: [
      ("show 4f2", "Shows the run whose identity begins with 4f2."),
      ("show 4f2 --at 12", "Shows it as it was after its record 12."),
      ("show 4f2 --json", "Says it as JSON, for other programs."),
    ]
  ) { invocation in
    let arguments = invocation.arguments
    let place = try StorePlace(of: invocation, .show)
    let id = try await place.id(arguments.operands[0])
    var history = try await place.store.history(of: id)
    let last = history.records
    if let text = arguments["at"] {
      guard let record = Int(text), record > 0 else {
        throw UsageError(
          "option '--at' takes the number of a record, not \(Printable.quoted(text))", of: .show)
      }
      guard record <= last else {
        throw Refusal("error: run \(Printable.quoted(id)) has \(Count.of(last, "record"))")
      }
      do {
        history = try await history.upTo(record: record)
      } catch let gone as RecordsAreGone {
        throw Refusal("error: \(Printable.lines(gone.description))")
      }
    }
    let output = invocation.console.output
    // What waits now says nothing of how things were.
    let letters = history.records == last ? await place.store.letters(to: id) : []
    if arguments.has("journal") {
      for record in history.journal {
        try output.write(Printable.json(record.members.canonicalText) + "\n")
      }
    } else if arguments.has("json") {
      let json = try await RunJSON.of(history, last: last, letters)
      try output.write(Printable.json(json.prettyText) + "\n")
    } else {
      try output.write(await HistoryText(history, last: last, place: place, letters).text())
      guard history.records == last else { return .done }
      let tool = invocation.tool.name
      if !history.doubts.isEmpty {
        let hints = await SettleHints(
          tool: tool, place: place, program: Sender.program(of: id, invocation, place))
        invocation.console.report(hints.text(of: history, letters))
      }
      if !letters.isEmpty, history.status.holder == nil {
        invocation.console.report(place.resumeHint(id, of: tool))
      }
      let text = RequestText(tool: tool, place: place, date: Date())
      let runs = try await place.store.ids()
      for request in try await place.store.requests(of: id) {
        invocation.console.report(
          "look with: \(text.look(RequestText.name(request, among: runs)))\n")
      }
    }
    return .done
  }
}
