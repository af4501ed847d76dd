import TroupePlan

/// Reads JSON that an option gives itself, or names the file of.
struct PayloadReader {
  /// The option's name.
  let option: String
  /// Whether text is wanted, which may be given without the quotes of JSON.
  let isText: Bool

  /// The value of `JSON|@FILE`.
  ///
  /// - Throws: `Refusal` if it is no JSON, or if there is no such file.
  func value(_ text: String) throws -> JSONValue {
    guard text.hasPrefix("@") else {
      return try value(of: Array(text.utf8), from: "'--\(option)'")
    }
    let path = String(text.dropFirst())
    return try value(of: try TextFile.read(path), from: Printable.quoted(path))
  }

  /// The value of what stands somewhere.
  ///
  /// - Parameter source: Where it stands, in words.
  /// - Throws: `Refusal` if it is no JSON.
  func value(of bytes: [UInt8], from source: String) throws -> JSONValue {
    do {
      let json = try JSONValue(parsing: bytes)
      if case .string = json { return json }
      if !isText { return json }
    } catch let error as JSONSyntaxError {
      guard isText else {
        throw Refusal("error: \(source) is no JSON: \(Printable.line("\(error)"))")
      }
    }
    return .string(String(decoding: bytes, as: UTF8.self))
  }
}
