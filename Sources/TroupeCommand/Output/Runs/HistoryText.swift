import TroupePlan
import TroupeRuntime

/// What has happened in a run, for people.
struct HistoryText {
  private let history: RunHistory
  private let last: Int
  private let place: StorePlace
  private let letters: [Letter]

  /// - Parameters:
  ///   - last: The number of the journal's last record.
  ///   - letters: What has been said to the run and is not in its journal yet.
  init(_ history: RunHistory, last: Int, place: StorePlace, _ letters: [Letter]) {
    self.history = history
    self.last = last
    self.place = place
    self.letters = letters
  }

  /// The lines, with a line end after each.
  func text() async -> String {
    var lines = await header()
    lines += ["", "steps"] + steps()
    lines += ["", "artifacts"] + (await artifacts())
    return lines.map { $0 + "\n" }.joined()
  }

  /// Whether what is open is at work: a process runs the run, or did at the time that is shown.
  private var isLive: Bool {
    history.status.holder != nil || history.records < last
  }

  private func header() async -> [String] {
    var table = TextTable()
    func add(_ key: String, _ value: String) { table.add([key, Printable.line(value)]) }
    add("run", history.id)
    add("workflow", history.workflow + (history.version.map { " \($0)" } ?? ""))
    table.add(["state", StatusText.long(history.status)])
    if history.records < last {
      add("shown", "as it was after record \(history.records) of \(last)")
    }
    add("started", TimeText.instant(history.began))
    add("last record", "\(history.records), \(TimeText.instant(history.updated))")
    if history.parameters != .object([:]) { add("parameters", short(history.parameters, 100)) }
    add("input", await short(100) { try await history.input } ?? "")
    if let output = await short(100, { try await history.output }) { add("output", output) }
    let waits = history.steps.filter { $0.state == .open }.compactMap(\.awaited)
    if !waits.isEmpty { add("waits for", Count.some(waits.map(HistoryWords.awaited), limit: 4)) }
    for address in history.doubts { add("in doubt", DoubtText.words(address)) }
    for left in history.uncompensated { add("to see to", left.description) }
    for letter in letters { add("not taken", LetterText.words(letter)) }
    let usage = history.usage
    if usage != Usage() {
      let cost = usage.cost > 0 ? ", a cost of \(HistoryWords.cost(usage.cost))" : ""
      add("usage", "\(usage.inputTokens) tokens read, \(usage.outputTokens) written\(cost)")
    }
    for spending in history.spending { add("budget", HistoryWords.spending(spending)) }
    add("trace", history.trace)
    add("folder", "\(place.path)/runs/\(history.id)")
    return table.lines
  }

  private func steps() -> [String] {
    var table = TextTable(right: [1, 2])
    table.add(["", "at", "took", "state"])
    var notes: [Int: [String]] = [:]
    var rows = 1
    let steps = history.steps
    let sayings = history.sayings
    // The steps around one that failed fail for the same reason, which need not be told again.
    let told = Set(
      steps.flatMap(\.attempts).compactMap { attempt in
        if case .failed(let reason, _) = attempt.end { "failed: \(reason)" } else { nil }
      })
    for step in steps {
      let isRoot = step.address.node == 0
      let name =
        isRoot
        ? history.workflow : String(step.address.description.drop { $0 != "/" }.dropFirst())
      let (line, more) = StepText(step, isLive: isLive, told: told, sayings).lines
      let took = step.ended.map { TimeText.taken($0 - step.began) } ?? ""
      table.add([
        "  \(Printable.line(name))", TimeText.moment(step.began), took, Printable.line(line),
      ])
      notes[rows] = more.map { "      \(Printable.line($0))" }
      rows += 1
    }
    return table.lines.enumerated().flatMap { [$0.element] + (notes[$0.offset] ?? []) }
  }

  private func artifacts() async -> [String] {
    var table = TextTable(right: [1, 2])
    table.add(["", "version", "record", "by", "value"])
    for version in history.artifacts {
      let scope = version.scope.drop { $0 != "/" }.dropFirst()
      let name = version.artifact + (scope.isEmpty ? "" : " in \(scope)")
      let author =
        version.author.map { $0.description.drop { $0 != "/" }.dropFirst() } ?? "(input)"
      let member = version.member.map { " (\($0))" } ?? ""
      let value = await short { try await history.value(of: version) } ?? "(in no record)"
      table.add([
        "  \(Printable.line(name))", version.number.map { "\($0)" } ?? "given up",
        "\(version.record)", Printable.line(author + member), Printable.line(value),
      ])
    }
    return table.lines
  }

  /// A value that may be in a file of its own; one that cannot be read hides no other.
  private func short(
    _ columns: Int = 60, _ value: () async throws -> JSONValue?
  ) async -> String? {
    do {
      return try await value().map { short($0, columns) }
    } catch {
      return "(cannot be read: \(error))"
    }
  }

  private func short(_ value: JSONValue, _ columns: Int = 60) -> String {
    ColumnWidth.clip(Printable.line(value.canonicalText), to: columns)
  }
}
