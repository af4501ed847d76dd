import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The file of a cassette, as it is written: kept from one answer to the next, so that a new answer
/// does not have everything before it read and encoded again.
struct CassetteImage {
  /// An exchange as text, and where it stands among others.
  private struct Exchange {
    let place: [String]
    let text: String
  }

  private let path: String
  private var exchanges: [RecordedRequest: Exchange] = [:]
  /// The file's content when it was read or written last.
  private var content: String?

  /// Reads the file.
  ///
  /// - Throws: `CassetteError` where it cannot be read or is no cassette.
  init(of path: String) throws {
    self.path = path
    let bytes = try CassetteFile.bytes(of: path)
    content = bytes.map { String(decoding: $0, as: UTF8.self) }
    for (request, answers) in try CassetteFile.answers(in: bytes, of: path) {
      try set(answers, to: request)
    }
  }

  /// Whether the file is still what it was when it was read or written last.
  var isCurrent: Bool {
    get throws {
      try CassetteFile.bytes(of: path).map { String(decoding: $0, as: UTF8.self) } == content
    }
  }

  /// Puts answers in the place of those to the same request.
  mutating func set(_ answers: [RecordedAnswer], to request: RecordedRequest) throws {
    let exchange = CassetteFile.Exchange(asked: request, delivered: answers)
    exchanges[request] = Exchange(
      place: [
        request.stage, request.role, try JSONValue(encoding: request).canonicalText,
      ],
      // Line breaks inside of JSON strings are escaped: these are the writer's own.
      text: try JSONValue(encoding: exchange).prettyText.split(separator: "\n")
        .map { "    \($0)" }.joined(separator: "\n"))
  }

  /// The whole file, always the same for the same exchanges.
  private var text: String {
    let texts = exchanges.values.sorted { $0.place.lexicographicallyPrecedes($1.place) }.map(\.text)
    return """
      {
        "exchanges": [
      \(texts.joined(separator: ",\n"))
        ],
        "format": \(CassetteFile.format)
      }

      """
  }

  /// Writes the file in one step, and its folder if there is none; leaves a file alone that says
  /// the same.
  ///
  /// - Throws: `CassetteError` where it cannot be written.
  mutating func write() throws(CassetteError) {
    let new = text
    guard new != content else { return }
    let file = URL(filePath: path)
    try attempt("its folder cannot be made") {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    }
    try attempt("it cannot be written") { try Data(new.utf8).write(to: file, options: .atomic) }
    content = new
  }

  private func attempt(
    _ failure: String, _ step: () throws -> Void
  ) throws(CassetteError) {
    do {
      try step()
    } catch {
      let reason = SystemError(call: "write", error)?.reason ?? "\(error)"
      throw CassetteError(file: path, reason: "\(failure): \(reason)")
    }
  }
}
