import TroupePlan
import TroupeRuntime

/// A value in a team file: reads what it should be, and notes what is wrong, with its line.
struct TeamFileValue {
  /// The file, and all that is wrong with it.
  final class Source {
    let name: String
    let bytes: [UInt8]
    fileprivate(set) var mistakes: [(place: JSONPlace?, text: String)] = []
    /// What may be wrong, and keeps nobody from using the team.
    fileprivate(set) var warnings: [(place: JSONPlace?, text: String)] = []

    init(_ name: String, _ bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  let json: JSONValue
  let path: [KeyPathText.Step]
  let source: Source

  /// Where the value stands.
  var place: JSONPlace? { JSONPlace(of: path, in: source.bytes) }

  /// Notes that something is wrong with the value, or with its key.
  func report(_ problem: String, atKey: Bool = false) {
    let place = JSONPlace(of: path, in: source.bytes, isKey: atKey)
    source.mistakes.append((place, problem))
  }

  /// Notes that something about the value may be wrong.
  func warn(_ problem: String) { source.warnings.append((place, problem)) }

  private func mismatch(_ expected: String) {
    let name = path.isEmpty ? "the file" : "'\(KeyPathText.text(path))'"
    report("\(name) is to be \(expected), and is \(json.summary)")
  }

  /// The values of an object's keys.
  ///
  /// - Parameters:
  ///   - required: The keys that must be there.
  ///   - optional: The keys that may be there.
  func object(_ required: [String], optional: [String]) -> [String: TeamFileValue]? {
    guard let members = members() else { return nil }
    let known = required + optional
    for key in members.keys.sorted() where !known.contains(key) {
      let meant = Nearest.match(key, in: known.filter { members[$0] == nil })
      members[key]?.report(
        "there is no key \(Printable.quoted(key))"
          + (meant.map { "; did you mean '\($0)'?" }
            ?? "; there are \(known.map { "'\($0)'" }.joined(separator: ", "))"),
        atKey: true)
    }
    for key in required where members[key] == nil {
      let name = path.isEmpty ? "the file" : "'\(KeyPathText.text(path))'"
      report("\(name) has no '\(key)'")
    }
    return members
  }

  /// The values of an object's keys, whichever they are.
  func members() -> [String: TeamFileValue]? {
    guard case .object(let members) = json else {
      mismatch("an object")
      return nil
    }
    return Dictionary(
      uniqueKeysWithValues: members.map { key, value in
        (key, TeamFileValue(json: value, path: path + [.key(key)], source: source))
      })
  }

  /// The elements of a list.
  func list() -> [TeamFileValue]? {
    guard case .array(let elements) = json else {
      mismatch("a list")
      return nil
    }
    return elements.enumerated().map { index, value in
      TeamFileValue(json: value, path: path + [.index(index)], source: source)
    }
  }

  /// A text that is not empty.
  func text() -> String? {
    guard case .string(let text) = json, !text.isEmpty else {
      mismatch("text")
      return nil
    }
    return text
  }

  func texts() -> [String]? { list()?.compactMap { $0.text() } }

  /// A whole number that is not less than another.
  func count(from least: Int = 1) -> Int? {
    guard case .integer(let number) = json, number >= least else {
      mismatch("a whole number from \(least) on")
      return nil
    }
    return number
  }

  /// A number from 0 on.
  func amount() -> Double? {
    switch json {
    case .integer(let number) where number >= 0: return Double(number)
    case .number(let number) where number >= 0 && number.isFinite: return number
    default:
      mismatch("a number from 0 on")
      return nil
    }
  }

  /// A time like `10 min`, longer than zero.
  func duration() -> Duration? {
    guard case .string(let text) = json, let duration = DurationText.parse(text), duration > .zero
    else {
      mismatch("a time longer than zero, like \"10 min\"")
      return nil
    }
    return duration
  }

  /// One of several words.
  func choice(of words: [String]) -> String? {
    guard case .string(let word) = json, words.contains(word) else {
      let all = words.map { "\"\($0)\"" }.joined(separator: ", ")
      guard case .string(let word) = json, let meant = Nearest.match(word, in: words) else {
        mismatch(words.count == 1 ? all : "one of \(all)")
        return nil
      }
      report("there is no \(Printable.quoted(word)) here; did you mean '\(meant)'?")
      return nil
    }
    return word
  }
}

extension TeamFileValue.Source {
  /// All that is wrong, as a compiler says it, in the order of the file; `nil` if nothing is.
  var mistakeLines: [String]? { mistakes.isEmpty ? nil : lines(mistakes, "error") }

  /// All that may be wrong, in the same way.
  var warningLines: [String] { lines(warnings, "warning") }

  private func lines(
    _ findings: [(place: JSONPlace?, text: String)], _ severity: String
  ) -> [String] {
    func order(_ place: JSONPlace?) -> (Int, Int) { place.map { ($0.line, $0.column) } ?? (0, 0) }
    return findings.sorted { order($0.place) < order($1.place) }.map { finding in
      let place = finding.place.map { ":\($0.line):\($0.column)" } ?? ""
      return "\(Printable.line(name))\(place): \(severity): \(Printable.line(finding.text))"
    }
  }
}
