import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Subcommand {
  /// `inbox`: what waits for people.
  static let inbox: Subcommand = Subcommand(
    name: "inbox", summary: "Show what waits for people in the runs of a store.",
    operands: [
      Operand(
        name: "REQUEST", help: "Show all of this request: RUN:RECORD, as the list has it.",
        isOptional: true)
    ],
    options: [
      .store,
      .value("role", "ROLE", "Only what is asked of this role."),
      .value("me", "MEMBER", "Only what this member of the team may answer."),
      .flag("json", "Print a list of objects, or one, instead of text."),
      .flag("watch", "Stay and show what changes; at a terminal, answer it."),
      .onWaiting,
      .onLate,
    ],
    details: """
      A line for each request: its name, who may answer, what for, where, and by when;
      the most urgent first. With REQUEST: what is to be decided, what was said of
      earlier takes, what happens when nobody answers, and what to type to answer. A
      run whose identity begins like no other's is named by its first letters, and
      RUN alone is enough where one request of it is open.

      What is shown comes from the journals and from the answers that are handed in:
      it is the same whether a process runs the runs or not.

      With '--watch' at a terminal, requests are opened and answered by typed words,
      of which 'help' tells; elsewhere the list is printed whenever it changes, and
      with '--json' it is a line.
      """,
    examples: [
      ("inbox --me ann", "Shows what Ann may answer."),
      ("inbox --watch --me ann", "Lets Ann look at requests and answer them."),
      ("inbox 4f2a:17", "Shows all of one request, and how to answer it."),
    ]
  ) { invocation in
    let (console, arguments) = (invocation.console, invocation.arguments)
    let place = try StorePlace(of: invocation, .inbox)
    let text = RequestText(
      tool: invocation.tool.name, place: place, date: Date(), member: arguments["me"])
    if let word = arguments.operands.first {
      guard !arguments.has("watch") else {
        throw UsageError("'--watch' is for the whole inbox, not for one request", of: .inbox)
      }
      let (name, request) = try await Self.request(word, place)
      let output =
        arguments.has("json")
        ? [Printable.json(RequestJSON.of(name, request, at: text.date).prettyText)]
        : text.whole(name, request)
      try console.output.write(output.map { $0 + "\n" }.joined())
      return .done
    }
    let hooks = try Hooks(arguments, console, of: .inbox)
    guard !arguments.has("watch") else {
      return try await InboxWatch(invocation: invocation, place: place, hooks: hooks).perform()
    }
    guard hooks.isEmpty else {
      throw UsageError("'--on-waiting' and '--on-late' need '--watch'", of: .inbox)
    }
    let list = try await InboxList(
      place.store, role: arguments["role"], member: arguments["me"])
    if arguments.has("json") {
      let json = list.requests.map { RequestJSON.of($0.name, $0.request, at: text.date) }
      try console.output.write(Printable.json(JSONValue.array(json).prettyText) + "\n")
    } else if list.requests.isEmpty {
      let others =
        list.others == 0
        ? ""
        : "; \(Count.of(list.others, "request")) to others or in other roles: leave out "
          + "'--role' and '--me' to see them"
      let whom = list.others == 0 ? "people" : "whom you ask for"
      console.report("nothing waits for \(whom) in \(Printable.quoted(place.path))\(others)\n")
    } else {
      try console.output.write(text.table(list.requests).map { $0 + "\n" }.joined())
      if let first = list.requests.first {
        console.report("look with: \(text.look(first.name))\n")
      }
    }
    for warning in list.warnings { console.report(warning) }
    return .done
  }

  /// An open request that a word names.
  private static func request(
    _ word: String, _ place: StorePlace
  ) async throws -> (name: String, request: Inbox.Request) {
    let named = try await RequestPlace(word, in: place)
    let id = try named.id(in: try await place.store.history(of: named.run))
    guard let request = try await place.store.requests(of: named.run).first(where: { $0.id == id })
    else {
      throw Refusal(
        "error: request \(Printable.quoted(id)) of run \(Printable.quoted(named.run)) is not open "
          + "any more\n  'show' tells what came of it")
    }
    return (RequestText.name(request, among: try await place.store.ids()), request)
  }
}
