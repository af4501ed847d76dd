/// A text that is written as a list of its lines where it has several, so that a difference between
/// two versions of a file shows the lines that changed.
struct Lines: Hashable, Sendable, Codable {
  let text: String

  init(_ text: String) {
    self.text = text
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let line = try? container.decode(String.self) {
      text = line
    } else {
      text = try container.decode([String].self).joined(separator: "\n")
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    // At line feeds alone, and not at whatever ends a line, so that joining gives the same text.
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.count < 2 {
      try container.encode(text)
    } else {
      try container.encode(lines.map { String(decoding: $0, as: UTF8.self) })
    }
  }
}
