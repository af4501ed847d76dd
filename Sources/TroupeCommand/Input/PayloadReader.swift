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
    let isFile = text.hasPrefix("@")
    let path = String(text.dropFirst())
    let bytes = isFile ? try TextFile.read(path) : Array(text.utf8)
    do {
      let json = try JSONValue(parsing: bytes)
      if case .string = json { return json }
      if !isText { return json }
    } catch let error as JSONSyntaxError {
      guard isText else {
        let source = isFile ? Printable.quoted(path) : "'--\(option)'"
        throw Refusal("error: \(source) is no JSON: \(Printable.line("\(error)"))")
      }
    }
    return .string(String(decoding: bytes, as: UTF8.self))
  }
}
