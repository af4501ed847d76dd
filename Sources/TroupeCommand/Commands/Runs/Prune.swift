import Troupe
import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Subcommand {
  /// `prune`: removing runs that nobody needs any more.
  static let prune: Subcommand = Subcommand(
    name: "prune", summary: "Remove runs that ended long ago.",
    options: [
      .store,
      .value("older-than", "TIME", "How long ago their last record must be: 30d, 12h."),
      .flag(
        "unended", "Remove runs as well that did not come to their ends,\nbut for those that wait."),
      .flag("json", "Print the identities as a JSON list."),
      .allowNetworkStore,
    ],
    details: """
      A run goes with its journal, its values and all else that belongs to it;
      commands of it that have outlived its process are ended. One that a process
      runs, and one that cannot be read, is left alone. The identities of those that
      were removed are printed, one a line.
      """,
    examples: [
      ("prune --older-than 30d", "Removes what ended more than 30 days ago."),
      ("prune --older-than 1d --unended", "Removes also what failed or was interrupted."),
    ]
  ) { invocation in
    let arguments = invocation.arguments
    let place = try StorePlace(of: invocation, .prune)
    guard let text = arguments["older-than"] else {
      throw UsageError("'prune' needs '--older-than' with a time, such as 30d", of: .prune)
    }
    guard let age = DurationText.parse(text) else {
      throw UsageError(
        "option '--older-than' takes a time, such as 30d or 12h, not \(Printable.quoted(text))",
        of: .prune)
    }
    do {
      let removed = try await place.store.prune(
        olderThan: Date(timeIntervalSinceNow: -age.seconds),
        includingUnended: arguments.has("unended"))
      if arguments.has("json") {
        let list = JSONValue.array(removed.map { .string($0) })
        try invocation.console.output.write(Printable.json(list.prettyText) + "\n")
      } else {
        for id in removed { try invocation.console.output.write(Printable.line(id) + "\n") }
      }
      invocation.console.report("removed \(Count.of(removed.count, "run"))\n")
      return .done
    } catch {
      throw RunSession.refusal(error)
    }
  }
}
