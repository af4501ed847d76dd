import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The file of a cassette, as it is on disk.
struct CassetteFile: Codable {
  struct Exchange: Codable {
    let asked: RecordedRequest
    let delivered: [RecordedAnswer]
  }

  static let format = 1

  let exchanges: [Exchange]
  let format: Int

  /// The most bytes that are read.
  private static let limit = 256_000_000

  /// A file of these answers, in an order that does not depend on how they came about.
  init(_ answers: [RecordedRequest: [RecordedAnswer]]) throws {
    format = Self.format
    let sorted = try answers.map { request, answers in
      (
        path: [request.stage, request.role], text: try JSONValue(encoding: request).canonicalText,
        exchange: Exchange(asked: request, delivered: answers)
      )
    }
    .sorted {
      $0.path == $1.path ? $0.text < $1.text : $0.path.lexicographicallyPrecedes($1.path)
    }
    exchanges = sorted.map(\.exchange)
  }

  /// The answers of a file; none where there is no such file.
  ///
  /// - Throws: `CassetteError` where it cannot be read or is no cassette.
  static func read(_ path: String) throws(CassetteError) -> [RecordedRequest: [RecordedAnswer]] {
    let bytes: [UInt8]
    do {
      bytes = try Descriptor.bytes(ofFile: path, limit: limit)
    } catch {
      if error.isMissing { return [:] }
      throw CassetteError(file: path, reason: "it cannot be read: \(error.reason)")
    }
    do {
      let json = try JSONValue(parsing: bytes)
      guard json["format"] == .integer(format) else {
        let found = json["format"].map { "format \($0)" } ?? "no 'format'"
        throw CassetteError(
          file: path,
          reason: "it is no cassette of format \(format), it has \(found); "
            + "remove it and record it again")
      }
      let file = try json.decode(as: CassetteFile.self)
      var answers: [RecordedRequest: [RecordedAnswer]] = [:]
      // A request may stand there twice after two versions were merged.
      for exchange in file.exchanges {
        answers[exchange.asked, default: []] += exchange.delivered
      }
      return answers.filter { !$0.value.isEmpty }
    } catch let error as CassetteError {
      throw error
    } catch {
      throw CassetteError(
        file: path,
        reason: "it is no cassette: \(error); mend it, or remove it and record it again")
    }
  }

  /// Writes the file in one step, and its folder if there is none; leaves a file alone that says the
  /// same.
  ///
  /// - Throws: `CassetteError` where it cannot be written.
  func write(to path: String) throws(CassetteError) {
    var step = "it"
    do {
      let text = try JSONValue(encoding: self).prettyText + "\n"
      if let old = try? Descriptor.bytes(ofFile: path, limit: Self.limit), old == Array(text.utf8) {
        return
      }
      let file = URL(filePath: path)
      step = "its folder"
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      step = "it"
      try Data(text.utf8).write(to: file, options: .atomic)
    } catch {
      let reason = SystemError(call: "write", error)?.reason ?? "\(error)"
      throw CassetteError(file: path, reason: "\(step) cannot be written: \(reason)")
    }
  }
}
