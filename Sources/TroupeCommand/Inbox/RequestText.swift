import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What waits for people, for people.
struct RequestText {
  let tool: String
  let place: StorePlace
  /// Now.
  let date: Date
  /// The role or the member for whom it is shown, who then need not be named again.
  var member: String?

  /// The short name of a request: `4f2a91c3:17`, with as many letters of the run's identity as tell
  /// it from all others.
  static func name(_ request: Inbox.Request, among runs: [String]) -> String {
    var count = min(4, request.run.count)
    while count < request.run.count,
      runs.contains(where: { $0 != request.run && $0.hasPrefix(request.run.prefix(count)) })
    {
      count += 1
    }
    return "\(request.run.prefix(count)):\(request.number)"
  }

  /// The list: a line for each request.
  func table(_ requests: [(name: String, request: Inbox.Request)]) -> [String] {
    var table = TextTable()
    table.add(["REQUEST", "FOR", "WHAT", "STEP", "BY WHEN"])
    for (name, request) in requests {
      table.add(
        [
          name, request.members.joined(separator: ", ") + " (\(request.role.id))",
          Self.what(request), request.address.description, when(request),
        ].map { ColumnWidth.clip(Printable.line($0), to: 60) })
    }
    return table.lines
  }

  /// `review`, `assignment`; with what is known of the answer.
  static func what(_ request: Inbox.Request) -> String {
    switch request.purpose {
    case .assignment: "assignment"
    case .review: "review"
    case .resolution: "decision"
    }
  }

  /// `in 3 h`, `late since 2 h`, `any time`, or who has answered.
  func when(_ request: Inbox.Request) -> String {
    if let pending = request.pending { return "answered by '\(pending.by)', not yet recorded" }
    guard let until = request.until else { return "any time" }
    let left = until.timeIntervalSince(date)
    return left > 0
      ? "in \(Self.span(left))" : "late for \(Self.span(-left))"
  }

  /// A length of time as people say it, with its largest unit: `3 h`, `2 days`.
  static func span(_ seconds: Double) -> String {
    switch seconds {
    case ..<60: return "less than a minute"
    case ..<7_200: return "\(Int((seconds / 60).rounded())) min"
    case ..<172_800: return "\(Int((seconds / 3_600).rounded())) h"
    default: return Count.of(Int((seconds / 86_400).rounded()), "day")
    }
  }

  /// All of a request, with what is to be typed to answer it.
  func whole(_ name: String, _ request: Inbox.Request) -> [String] {
    var lines: [String] = []
    var table = TextTable()
    func add(_ key: String, _ value: String) { table.add([key, Printable.line(value)]) }
    add("request", "\(name)  (\(request.id))")
    add("run", "\(request.run), workflow \(request.workflow)")
    switch request.purpose {
    case .assignment: add("what", "an assignment: supply what the step writes")
    case .review(let gate):
      let score = request.passing.map {
        ", which passes from a score of \(JSONValue.number($0).canonicalText) on"
      }
      add("what", "a review for gate '\(gate)'" + (score ?? ""))
    case .resolution(let step, _):
      add("what", "a decision about '\(step)', which cannot get further by itself")
    }
    add("for", "\(request.members.joined(separator: " or ")), as '\(request.role.id)'")
    if !request.role.instructions.isEmpty { add("role", request.role.instructions) }
    add("asked", TimeText.instant(request.asked))
    if let until = request.until { add("until", "\(TimeText.instant(until)), \(when(request))") }
    if let silence = request.silence { add("else", "if nobody answers in time, \(silence)") }
    if request.until != nil, let pending = request.pending {
      add("answer", "'\(pending.by)' has answered; not yet recorded")
    } else if request.until == nil, request.pending != nil {
      add("answer", when(request))
    }
    lines += table.lines
    lines += ["", "what is to be done"] + Self.indented(request.prompt)
    for material in request.materials where !Self.isShown(material, in: request.prompt) {
      lines += ["", Printable.line(material.artifact)]
      lines += material.value.map { Self.indented(Self.text(of: $0)) } ?? ["  (in no record)"]
    }
    if !request.earlier.isEmpty {
      lines += ["", "earlier takes"]
      lines += request.earlier.map { judgement in
        "  take \(judgement.take): \(Printable.line(HistoryWords.judgement(judgement)))"
      }
    }
    // What else may be supplied where something is to be decided the line to type shows.
    if let schema = request.schema, request.purpose == .assignment {
      lines += ["", "the answer must look like this (JSON Schema)"]
      lines += Self.indented(Printable.json(schema.json.prettyText))
    }
    return lines + ["", "answer with"] + answers(name, request).map { "  \($0)" }
  }

  /// The line to type to see all of a request.
  func look(_ name: String) -> String { "\(tool) inbox \(ShellWord.of(name))\(store)" }

  private var store: String {
    place.path == StorePlace.usual ? "" : " --store \(ShellWord.of(place.path))"
  }

  /// The lines to type.
  func answers(_ name: String, _ request: Inbox.Request) -> [String] {
    let begin = "\(tool) answer \(ShellWord.of(name))"
    let sender = member ?? (request.members.count == 1 ? nil : request.members.first)
    let end =
      (sender.map { " --as \(ShellWord.of($0))" } ?? "")
      + store
    let supplies = [
      request.schema.map { InputExample.word(of: $0) } ?? "'some text'", "@FILE",
    ]
    switch request.purpose {
    case .review:
      let score = request.passing == nil ? "" : " --score 0.9"
      return [
        "\(begin) approve\(score)\(end)", "\(begin) reject --reason 'what is wrong'\(end)",
      ]
    case .assignment:
      return supplies.map { "\(begin) supply --value \($0)\(end)" }
    case .resolution:
      return request.purpose.decisions.flatMap { decision in
        switch decision {
        case .supply: supplies.map { "\(begin) supply --value \($0)\(end)" }
        case .revise: ["\(begin) revise --reason 'what to do otherwise'\(end)"]
        case .approve, .reject, .abort: ["\(begin) \(decision.rawValue) --reason 'why'\(end)"]
        }
      }
    }
  }

  /// Whether a prompt shows a text already.
  private static func isShown(_ material: Inbox.Material, in prompt: String) -> Bool {
    guard let value = material.value else { return false }
    let text = if case .string(let text) = value { text } else { value.canonicalText }
    return !text.isEmpty && prompt.contains(text)
  }

  private static func text(of value: JSONValue) -> String {
    if case .string(let text) = value { text } else { Printable.json(value.prettyText) }
  }

  private static func indented(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  " + Printable.line($0.replacing("\t", with: "    ")) }
  }
}
