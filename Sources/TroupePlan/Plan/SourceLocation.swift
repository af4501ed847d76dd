/// Where in Swift source something was declared.
///
/// A column is where `#column` points: the opening parenthesis of the call that declares.
/// Locations never take part in a plan's equality, fingerprint or snapshots.
public struct SourceLocation: Sendable, Hashable {
  /// The module and file, as `#fileID` gives them: `Newsroom/LaunchPost.swift`.
  public let fileID: String
  /// The file's path on the machine that compiled it, or `nil` in a plan read from JSON.
  public let filePath: String?
  /// The line, counted from 1.
  public let line: Int
  /// The column, counted from 1.
  public let column: Int

  /// Creates a location from what `#fileID`, `#filePath`, `#line` and `#column` give.
  public init(fileID: String, filePath: String?, line: Int, column: Int) {
    self.fileID = fileID
    self.filePath = filePath
    self.line = line
    self.column = column
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `Newsroom/LaunchPost.swift:31:7`
  public var description: String { "\(fileID):\(line):\(column)" }
}

extension SourceLocation: Codable {
  /// Reads the form `fileID:line:column`.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 3, let column = Int(parts[parts.count - 1]),
      let line = Int(parts[parts.count - 2])
    else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "'\(text)' is no source location of the form file:line:column"))
    }
    self.init(
      fileID: parts.dropLast(2).joined(separator: ":"), filePath: nil, line: line, column: column)
  }

  /// Writes the form `fileID:line:column`; the path of the machine is left out.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
