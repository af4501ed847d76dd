import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

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
  static let words = ["curl", "--disable", "--config", "-"]

  /// Posts a text.
  ///
  /// - Parameters:
  ///   - option: The option that asks for it; without its `on-` it is the header `Troupe-Event`.
  ///   - run: Runs the command with what it reads, and gives what went wrong.
  /// - Returns: What went wrong.
  func told(
    _ text: String, of option: String, _ run: (_ input: String) async -> String?
  ) async -> String? {
    // In a file, because lines of what `curl` reads may be 100,000 bytes long and no longer.
    let files = PosixFiles()
    let file = FileManager.default.temporaryDirectory.appending(
      path: "troupe-\(UInt64.random(in: .min ... .max)).json"
    ).path
    do throws(SystemError) {
      try await files.create(file, Array(text.utf8))
    } catch {
      return "\(error)"
    }
    let problem = await run(configuration(posting: file, of: option))
    try? await files.remove(file)
    return problem
  }

  /// What `curl` is to do, in the form of its manual, under `--config`. A redirection is an error, as
  /// what is posted would not go there with it.
  private func configuration(posting file: String, of option: String) -> String {
    """
    url = \(Self.quoted(url))
    globoff
    proto = "=http,https"
    header = "Content-Type: application/json"
    header = "Troupe-Event: \(option.split(separator: "-").last ?? "")"
    data-binary = \(Self.quoted("@" + file))
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
