/// A web address to which requests to people are posted, by the command `curl`.
///
/// With the networking of Foundation, each start of a command line would take three times as long.
struct Webhook: Sendable {
  private let url: String

  /// The address that a word is; `nil` if it is none of the web.
  init?(_ word: String) {
    let start = word.prefix(8).lowercased()
    guard start.hasPrefix("http://") || start.hasPrefix("https://") else { return nil }
    url = word
  }

  /// The executable and its arguments: all else it reads, because anybody on the machine may see
  /// arguments, and addresses often hold a secret. What the user has set for `curl` does not hold.
  static let words = ["curl", "--disable", "--config", "/dev/fd/3"]

  /// What `curl` is to do with its standard input, in the form of its manual, under `--config`: beside
  /// it, so that nothing stays behind in a file if the process is killed. A redirection is an error,
  /// as what is posted would not go there with it.
  ///
  /// - Parameter option: The option that asks for it; without its `on-` it is the header
  ///   `Troupe-Event`.
  func configuration(of option: String) -> String {
    """
    url = \(Self.quoted(url))
    globoff
    proto = "=http,https"
    header = "Content-Type: application/json"
    header = "Troupe-Event: \(option.split(separator: "-").last ?? "")"
    data-binary = "@-"
    fail
    location
    max-redirs = 0
    silent
    show-error
    output = "/dev/null"
    retry = 2
    max-time = 15

    """
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\", "\"": "\\\(scalar)"
      case "\n": "\\n"
      case "\r": "\\r"
      case "\t": "\\t"
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
