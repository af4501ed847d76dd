import TroupePlan
import TroupeRuntime

/// The file of a cassette, as it is read.
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

  /// The bytes of a file; `nil` where there is no such file.
  ///
  /// - Throws: `CassetteError` where it cannot be read.
  static func bytes(of path: String) throws(CassetteError) -> [UInt8]? {
    do {
      return try Descriptor.bytes(ofFile: path, limit: limit)
    } catch {
      if error.isMissing { return nil }
      throw CassetteError(file: path, reason: "it cannot be read: \(error.reason)")
    }
  }

  /// The answers in a file's bytes; none where there is no such file.
  ///
  /// - Throws: `CassetteError` where it is no cassette.
  static func answers(
    in bytes: [UInt8]?, of path: String
  ) throws(CassetteError) -> [RecordedRequest: [RecordedAnswer]] {
    guard let bytes else { return [:] }
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
}
