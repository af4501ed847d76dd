/// The place of a node in its plan: the names from the workflow down to the node.
///
/// Written `launch-post/write/fact-check`. A name keeps its letters and spaces; the characters
/// that addresses use themselves (`/`, `[`, `]`, `~`, `%`, a leading `@`) and control characters
/// are percent-encoded (RFC 3986, section 2.1).
public struct Path: Sendable, Hashable, CustomStringConvertible {
  /// The whole path as text.
  public let description: String

  /// The path of a workflow's root.
  public init(root name: String) {
    description = Self.escape(name)
  }

  /// A path from its own text, as a plan's JSON or a person gives it.
  public init(text: String) {
    description = text
  }

  package init(unchecked text: String) {
    description = text
  }

  /// The path of a child with this name.
  public func appending(_ name: String) -> Path {
    Path(unchecked: description + "/" + Self.escape(name))
  }

  /// The path of a node's fallback.
  package var ofFallback: Path { Path(unchecked: "\(description)/@fallback") }

  /// The path of the review for a node's gate.
  package func ofReview(gate: String) -> Path {
    Path(unchecked: "\(description)/\(Self.reviewPrefix)\(Self.escape(gate)))")
  }

  /// The path of a rung of a node's escalation.
  package func ofRung(_ number: Int) -> Path {
    Path(unchecked: "\(description)/@escalation(\(number))")
  }

  /// The path of what undoes a node's work.
  ///
  /// - Parameter isFinished: Whether that work was finished.
  package func ofCompensation(isFinished: Bool) -> Path {
    Path(unchecked: "\(description)/\(isFinished ? "@compensation" : "@compensation(unfinished)")")
  }

  /// Whether the path leads to what undoes a node's work.
  package var isCompensation: Bool { last.hasPrefix("@compensation") }

  /// The names along the path, still escaped.
  public var components: [Substring] { description.split(separator: "/") }

  /// The last name along the path, still escaped.
  public var last: Substring { components.last ?? "" }

  /// The name by which people know what the path leads to, still escaped: the last name along it,
  /// or the gate's where it leads to the review for a gate, or to one of several.
  package var shortName: Substring {
    let names = components
    for name in names.suffix(2).reversed() where Self.isReview(name) {
      if name != names.last, names.last != Substring(Self.reviewer) { break }
      return name.dropFirst(Self.reviewPrefix.count).dropLast()
    }
    return names.last ?? ""
  }

  /// Whether the path leads to the review for a gate, or to one of several.
  package var isReview: Bool { components.suffix(2).contains(where: Self.isReview) }

  private static func isReview(_ name: Substring) -> Bool {
    name.hasPrefix(reviewPrefix) && name.hasSuffix(")")
  }

  /// The name of each of several reviewers for a gate.
  package static let reviewer = "reviewer"
  private static let reviewPrefix = "@gate("

  package static func escape(_ name: String) -> String {
    var needsEscape = name.utf8.first == UInt8(ascii: "@")
    for byte in name.utf8 where isReserved(byte) {
      needsEscape = true
      break
    }
    guard needsEscape else { return name }
    var escaped = ""
    for (index, scalar) in name.unicodeScalars.enumerated() {
      let isLeadingAt = index == 0 && scalar == "@"
      if scalar.isASCII, isReserved(UInt8(scalar.value)) || isLeadingAt {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        escaped += hex.count == 1 ? "%0\(hex)" : "%\(hex)"
      } else {
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func isReserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "/"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "~"),
      UInt8(ascii: "%"):
      true
    default:
      byte < 0x20 || byte == 0x7F
    }
  }
}

extension Path: Comparable {
  /// Orders paths by their text.
  public static func < (left: Path, right: Path) -> Bool {
    left.description < right.description
  }
}

extension Path: Codable {
  /// Reads the path's text.
  public init(from decoder: any Decoder) throws {
    description = try decoder.singleValueContainer().decode(String.self)
  }

  /// Writes the path's text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
