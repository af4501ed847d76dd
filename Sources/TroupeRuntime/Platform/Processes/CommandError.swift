/// A command that could not be started, or that was ended before it ended by itself.
package struct CommandError: Error, Sendable, CustomStringConvertible {
  package enum Kind: Sendable, Hashable {
    case notFound(path: String?)
    case notExecutable
    case noDirectory(String)
    case unusable(String)
    case system(String, Int32)
    case timedOut(Duration)
    case tooMuchOutput(limit: Int)
    case cancelled
    case refused(String)
  }

  package let command: String
  package let kind: Kind
  /// The end of standard error, as printable text.
  package let errorTail: String

  package init(_ command: String, _ kind: Kind, errorTail: [UInt8] = []) {
    self.command = command
    self.kind = kind
    self.errorTail = PrintableText.of(errorTail, isTail: true)
  }

  package var description: String {
    let name = "'\(PrintableText.of(Array(command.utf8)))'"
    let what =
      switch kind {
      case .notFound(.some(let path)):
        "there is no executable \(name) in PATH (\(path.isEmpty ? "which is empty" : path)); "
          + "install it, or give its path"
      case .notFound(nil): "there is no file \(name)"
      case .notExecutable: "\(name) is not executable; make it so with chmod +x"
      case .noDirectory(let directory):
        "\(name) cannot be started in '\(directory)', which is no directory"
      case .unusable(let reason): "\(name) cannot be started: \(reason)"
      case .system(let call, let code): "\(name) cannot be started: \(call): \(systemMessage(code))"
      case .timedOut(let limit): "\(name) was ended after \(limit), its limit"
      case .tooMuchOutput(let limit):
        "\(name) was ended because it wrote more than \(limit) bytes, its limit"
      case .cancelled: "\(name) was cancelled"
      case .refused(let reason): "\(name) was ended because of what it wrote: \(reason)"
      }
    return errorTail.isEmpty ? what : "\(what); it last said: \(errorTail)"
  }
}

/// Bytes from outside as text that is safe to print on a terminal.
package enum PrintableText {
  /// The text of bytes, with what is no UTF-8 and what would control a terminal escaped.
  ///
  /// - Parameter isTail: Whether it is the end of what someone said, of which new lines at the end
  ///   are no part.
  package static func of(_ bytes: [UInt8], isTail: Bool = false) -> String {
    var text = ""
    var rest = bytes[...]
    while isTail, rest.last == UInt8(ascii: "\n") { rest.removeLast() }
    while !rest.isEmpty {
      if let (scalar, length) = decode(rest) {
        if !isControl(scalar) {
          text.unicodeScalars.append(scalar)
        } else {
          text += scalar == "\n" ? "\\n" : scalar == "\t" ? "\\t" : "\\u{\(hex(scalar.value))}"
        }
        rest = rest.dropFirst(length)
      } else {
        text += "\\x" + (rest[rest.startIndex] < 16 ? "0" : "") + hex(UInt32(rest[rest.startIndex]))
        rest = rest.dropFirst()
      }
    }
    return text
  }

  private static func hex(_ number: UInt32) -> String {
    String(number, radix: 16, uppercase: true)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  private static func decode(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int)? {
    guard let first = bytes.first else { return nil }
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard let text = String(validating: bytes.prefix(length), as: UTF8.self),
      let scalar = text.unicodeScalars.first
    else { return nil }
    return (scalar, length)
  }
}
