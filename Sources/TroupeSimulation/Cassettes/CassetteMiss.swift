/// A request for which a cassette has no answer.
public struct CassetteMiss: Error, Sendable, Hashable, CustomStringConvertible {
  /// The path of the stage that asked, without the rounds and elements in which it stands.
  public let stage: String
  /// The role that was asked.
  public let role: String
  /// The path of the cassette's file.
  public let file: String
  /// What was asked, without secrets.
  public let request: String
  /// The recorded request of the stage, else of the role, that is nearest to this one; `nil` where
  /// neither has any.
  public let nearest: String?

  /// The most lines of a request or a difference that are shown.
  private static let limit = 80

  init(_ request: RecordedRequest, file: String, recorded: some Sequence<RecordedRequest>) {
    stage = request.stage
    role = request.role
    self.file = file
    self.request = request.text
    let texts = { (belongs: (RecordedRequest) -> Bool) in
      recorded.filter(belongs).map(\.text).sorted()
    }
    let ofStage = texts { $0.stage == request.stage }
    let others = ofStage.isEmpty ? texts { $0.role == request.role } : ofStage
    nearest = Self.nearest(to: request.text, in: others)
  }

  /// The text that shares most words with another; the first of several.
  private static func nearest(to text: String, in others: [String]) -> String? {
    func words(of text: String) -> [Substring: Int] {
      text.split(whereSeparator: \.isWhitespace).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    let own = words(of: text)
    return others.map { other in
      let words = words(of: other)
      let lost = own.reduce(0) { $0 + max($1.value - words[$1.key, default: 0], 0) }
      let added = words.reduce(0) { $0 + max($1.value - own[$1.key, default: 0], 0) }
      return (text: other, distance: lost + added)
    }
    .min { $0.distance < $1.distance }?.text
  }

  /// Who asked what, how the nearest recorded request differs from it, and how to record it.
  public var description: String {
    var lines: [String]
    if let nearest {
      lines = ["the nearest recorded request (-), and this one (+):"]
      lines += shortened(LineDifference(from: nearest, to: request).lines)
    } else {
      lines = ["nothing is recorded of this stage or role; it was asked:"]
      lines += shortened(
        request.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(
          String.init))
    }
    lines.append("record what is missing: TROUPE_RECORD=missing swift test")
    return "\(CassetteError.shown(file)) has no answer for stage '\(stage)' (role '\(role)')"
      + lines.map { $0.isEmpty ? "\n" : "\n  \($0)" }.joined()
  }

  private func shortened(_ lines: [String]) -> [String] {
    let more = lines.count - Self.limit
    let shown = lines.prefix(Self.limit).map { $0.isEmpty ? "" : "  \($0)" }
    return more > 0 ? shown + ["  … \(more) more lines"] : Array(shown)
  }
}
