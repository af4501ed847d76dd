import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A command or a web address that is told of requests to people: as JSON on the command's standard
/// input, without a shell, or as what is posted.
struct Hook: Sendable {
  /// The option that names it.
  let option: String
  /// The executable and its arguments.
  let words: [String]
  /// The address, if it is one.
  let webhook: Webhook?
  let console: Console

  /// How long telling it may take.
  private static let limit = Duration.seconds(60)

  /// The command that an option names, at whose spaces it is taken apart, or the web address; `nil` if
  /// the option is not given.
  ///
  /// - Throws: `UsageError` if it names none.
  init?(
    _ option: String, _ arguments: Arguments, _ console: Console, of command: Subcommand
  ) throws(UsageError) {
    guard let text = arguments[option] else { return nil }
    let words = text.split(separator: " ").map(String.init)
    guard let first = words.first else {
      throw UsageError("option '--\(option)' needs a value: HOOK", of: command)
    }
    webhook = Webhook(first)
    guard webhook == nil || words.count == 1 else {
      throw UsageError(
        "option '--\(option)' takes one URL, and nothing beside it", of: command)
    }
    self.words = webhook == nil ? words : Webhook.words
    self.option = option
    self.console = console
  }

  /// Tells it of a request. That this fails is reported, and changes nothing.
  func tell(_ request: JSONValue) async {
    let text = request.canonicalText + "\n"
    guard let problem = await run(with: text) else { return }
    console.report("warning: '--\(option)' failed: \(Printable.line(problem))\n")
  }

  /// Runs the command, and gives what went wrong.
  private func run(with input: String) async -> String? {
    var limits = Command.Limits()
    limits.time = Self.limit
    var command = Command(
      words[0], arguments: words.dropFirst().map { Array($0.utf8) },
      environment: console.environment, input: .bytes(Array(input.utf8)), limits: limits)
    command.aside = webhook.map { Array($0.configuration(of: option).utf8) }
    do throws(CommandError) {
      let result = try await command.run()
      if result.status == .exited(0) { return nil }
      let tail = String(decoding: result.errorTail, as: UTF8.self)
      let end =
        switch result.status {
        case .exited(let code): "exit code \(code)"
        case .signalled(let signal): "signal \(signal)"
        }
      return end + (tail.isEmpty ? "" : ": \(tail.prefix { !$0.isNewline })")
    } catch {
      return "\(error)"
    }
  }
}

extension Option {
  /// What is told when people are asked.
  static let onWaiting = value(
    "on-waiting", "HOOK",
    "Tell this of each new request to people: a command,\nwhich gets it as JSON on its standard input "
      + "(no shell:\nit is taken apart at spaces), or a URL, to which that\nis posted with curl.")

  /// What is told when a request is about to be late.
  static let onLate = value(
    "on-late", "HOOK",
    "The same for each request of whose time a tenth is\nleft.")
}
