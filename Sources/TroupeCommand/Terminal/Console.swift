package import TroupeRuntime

/// What a command line sees of the world around it: all of it can be replaced in tests.
package struct Console: Sendable {
  /// What comes from outside while a command runs.
  package typealias Signal = SignalWatch.Signal

  /// The arguments, without the executable's name.
  package var arguments: [String]
  /// The variables of the environment.
  package var environment: [String: String]
  /// Where results go.
  package var output: any TextSink
  /// Where everything else goes.
  package var errors: any TextSink
  /// The size of the terminal to which `errors` leads, or `nil` if it leads to none.
  package var size: @Sendable () -> TerminalSize?
  /// Whether `output` leads to a terminal.
  package var isOutputShown: Bool
  /// Reads standard input to its end.
  package var readInput: @Sendable () throws -> [UInt8]
  /// Whether standard input comes from a terminal.
  package var isInputTyped: Bool
  /// The lines of standard input; each is read when it is asked for.
  package var lines: @Sendable () -> AsyncStream<String>
  /// Begins to watch for signals; until this is called they do what they do by default.
  package var signals: @Sendable () -> AsyncStream<Signal>
  /// Leaves the process at once.
  package var leave: @Sendable (ExitCode) -> Void

  package init(
    arguments: [String], environment: [String: String], output: any TextSink,
    errors: any TextSink, size: @escaping @Sendable () -> TerminalSize? = { nil },
    isOutputShown: Bool = false,
    readInput: @escaping @Sendable () throws -> [UInt8] = { [] },
    isInputTyped: Bool = false,
    lines: @escaping @Sendable () -> AsyncStream<String> = { AsyncStream { $0.finish() } },
    signals: @escaping @Sendable () -> AsyncStream<Signal> = { AsyncStream { $0.finish() } },
    leave: @escaping @Sendable (ExitCode) -> Void = { _ in }
  ) {
    self.arguments = arguments
    self.environment = environment
    self.output = output
    self.errors = errors
    self.size = size
    self.isOutputShown = isOutputShown
    self.readInput = readInput
    self.isInputTyped = isInputTyped
    self.lines = lines
    self.signals = signals
    self.leave = leave
  }

  /// Tells a person something; that nobody reads it is no reason to stop the work.
  func report(_ text: String) {
    try? errors.write(text)
  }

  /// How progress is shown, by the terminal and the environment.
  var display: DisplayStyle {
    guard size() != nil, environment["TERM"] ?? "dumb" != "dumb" else { return .lines }
    return .tree(Look(hasColor: (environment["NO_COLOR"] ?? "").isEmpty, isUnicode: isUnicode))
  }

  /// Whether the terminal shows more than ASCII, by the variables of POSIX for the character set.
  private var isUnicode: Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    guard let locale = names.lazy.compactMap({ environment[$0] }).first(where: { !$0.isEmpty })
    else { return false }
    let lowercased = locale.lowercased()
    return lowercased.contains("utf-8") || lowercased.contains("utf8")
  }
}

extension Console {
  /// All of standard input.
  ///
  /// - Throws: `Refusal` if it cannot be read.
  func standardInput() throws -> [UInt8] {
    do {
      return try readInput()
    } catch let error as SystemError {
      throw TextFile.refusal(error, of: "standard input")
    }
  }
}

/// How the progress of a run is shown.
enum DisplayStyle: Sendable, Equatable {
  /// A line for each event.
  case lines
  /// The tree of the plan's steps, redrawn in place.
  case tree(Look)
}

/// What a terminal can show.
struct Look: Sendable, Equatable {
  /// Whether colours may be used.
  var hasColor: Bool
  /// Whether characters beyond ASCII may be used.
  var isUnicode: Bool
}
