/// Text as a word of a POSIX shell.
enum ShellWord {
  /// The word as it is where a shell takes it as that, else in single quotes.
  static func of(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "._-/+:@%,".utf8.contains(byte)
      }
    }
    guard !isPlain || text.isEmpty else { return text }
    let quoted = text.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''")
    return "'\(Printable.line(quoted))'"
  }
}
