import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A person at a terminal who looks at requests and answers them.
struct InboxDesk {
  let invocation: Invocation
  let place: StorePlace
  private var list: [(name: String, request: Inbox.Request)] = []
  /// The request that was looked at last, by its name.
  private var open: String?
  private var isShown = false

  init(invocation: Invocation, place: StorePlace) {
    self.invocation = invocation
    self.place = place
  }

  private static let help = """
      1          look at request 1
      approve    let it pass; '--score 0.9' behind it where the gate asks for a score
      reject …   do not, and why
      revise …   have a step done again, and how
      supply …   supply text or JSON, '@FILE', or nothing for your editor
      abort …    end the run, and why
      as NAME    say in whose name you answer
      list, help, quit

    """

  private var console: Console { invocation.console }
  /// In whose name answers are.
  private var member: String?

  private var text: RequestText {
    RequestText(
      tool: invocation.tool.name, place: place, date: Date(),
      member: member ?? invocation.arguments["me"])
  }

  /// Takes in that the requests have changed.
  mutating func take(_ list: InboxList) {
    let before = Set(self.list.map(\.name))
    self.list = list.requests
    guard isShown else {
      isShown = true
      showList()
      return console.report("> ")
    }
    let new = list.requests.count { !before.contains($0.name) }
    let notice = new > 0 ? "\(Count.of(new, "new request"))" : "the inbox has changed"
    console.report("\n(\(notice); press return to see)\n> ")
  }

  /// Does what a line says.
  ///
  /// - Returns: Whether to go on.
  nonisolated(nonsending) mutating func perform(_ line: String) async throws -> Bool {
    let words = line.split(separator: " ", maxSplits: 1)
    let rest = words.count > 1 ? words[1].trimmingPrefix { $0 == " " } : ""
    switch words.first ?? "" {
    case "": showList()
    case "q", "quit", "exit": return false
    case "l", "list": showList()
    case "h", "help", "?": console.report(Self.help)
    case "as":
      member = rest.isEmpty ? nil : String(rest)
    case "a", "approve":
      var score: Double?
      var reason = rest
      if rest.hasPrefix("--score ") {
        let more = rest.dropFirst(8).split(separator: " ", maxSplits: 1)
        score = more.first.flatMap { Double($0) }
        reason = more.count > 1 ? more[1] : ""
      }
      await answer(.approve(score: score, reason: reason.isBlank ? nil : String(reason)))
    case "r", "reject":
      if rest.isBlank {
        console.report("say why: reject REASON\n")
      } else {
        await answer(.reject(String(rest)))
      }
    case "revise": await answer(.revise(rest.isBlank ? nil : String(rest)))
    case "abort":
      if rest.isBlank {
        console.report("say why: abort REASON\n")
      } else {
        await answer(.abort(String(rest)))
      }
    case "s", "supply": await supply(String(rest))
    case let word:
      if let number = Int(word), list.indices.contains(number - 1) {
        show(list[number - 1])
      } else if let found = list.first(where: { $0.name == word }) {
        show(found)
      } else {
        console.report("there is no \(Printable.quoted(String(word))) here; 'help' says what is\n")
      }
    }
    console.report("> ")
    return true
  }

  private func showList() {
    var lines = text.table(list)
    if list.isEmpty {
      lines = ["nothing waits for people in \(Printable.quoted(place.path))"]
    } else {
      lines = lines.enumerated().map { index, line in
        let number = index == 0 ? "" : "\(index)"
        return String(repeating: " ", count: max(0, 3 - number.count)) + "\(number)  \(line)"
      }
      lines.append("a number opens a request; 'help' says more, 'quit' leaves")
    }
    console.report("\n" + lines.map { $0 + "\n" }.joined())
  }

  private mutating func show(_ found: (name: String, request: Inbox.Request)) {
    open = found.name
    var lines = text.whole(found.name, found.request)
    if let cut = lines.firstIndex(of: "answer with") { lines.removeSubrange(cut...) }
    switch found.request.purpose {
    case .review: lines.append("type: approve, or reject REASON")
    case .assignment: lines.append("type: supply TEXT, supply @FILE, or supply for your editor")
    case .resolution:
      let words = found.request.purpose.decisions.map { decision in
        switch decision {
        case .supply: "supply TEXT or @FILE"
        case .revise: "revise HOW"
        case .approve, .reject, .abort: "\(decision.rawValue) REASON"
        }
      }
      lines.append("type: " + words.joined(separator: ", or "))
    }
    console.report("\n" + lines.map { $0 + "\n" }.joined())
  }

  /// The request that is open; the only one if none has been opened.
  private var current: (name: String, request: Inbox.Request)? {
    if let open {
      let found = list.first { $0.name == open }
      if found == nil {
        console.report("\(open) does not wait any more; open another request: type its number\n")
      }
      return found
    }
    if list.count == 1 { return list[0] }
    console.report("open a request first: type its number\n")
    return nil
  }

  private nonisolated(nonsending) func supply(_ text: String) async {
    guard let (_, request) = current else { return }
    do {
      let reader = PayloadReader(option: "value", isText: request.schema == nil)
      let value: JSONValue
      if text.isEmpty {
        guard
          let edited = try await EditorText(console: console).edit(
            request.schema?.example().prettyText ?? "")
        else { return console.report("nothing was supplied\n") }
        value = try reader.value(of: Array(edited.utf8), from: "what you wrote")
      } else {
        value = try reader.value(text)
      }
      await answer(.supply(value))
    } catch let refusal as Refusal {
      console.report(refusal.message + "\n")
    } catch {
      console.report("error: \(Printable.lines("\(error)"))\n")
    }
  }

  private nonisolated(nonsending) func answer(_ answer: Inbox.Answer) async {
    guard let (name, request) = current else { return }
    let user = console.environment["USER"]
    let named = member ?? invocation.arguments["me"]
    let asked = request.members
    guard
      let member = named ?? (user.flatMap { asked.contains($0) ? $0 : nil })
        ?? (asked.count == 1 ? asked[0] : nil)
    else {
      let names = asked.map { Printable.quoted($0) }.joined(separator: " or ")
      return console.report("say who you are, with 'as NAME': \(names)\n")
    }
    do {
      let letter = Letter(
        id: Letter.newID(at: Date(), chance: .random(in: .min ... .max)), from: user, at: Date(),
        .answer(request.id, answer, as: member))
      let handing = try await place.store.send(
        letter, to: request.run, of: await Sender.program(of: request.run, invocation, place),
        nonce: String(UInt64.random(in: .min ... .max), radix: 36))
      switch handing {
      case .refused(let reason): console.report("refused: \(Printable.lines(reason))\n")
      case .taken, .handedIn:
        console.report("answered \(name) as \(Printable.quoted(member))\n")
      }
    } catch {
      console.report("error: \(Printable.lines("\(error)"))\n")
    }
  }
}
