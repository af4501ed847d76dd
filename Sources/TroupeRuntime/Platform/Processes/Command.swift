/// A command to be run as a child process: never through a shell.
package struct Command: Sendable {
  /// What the child reads as its standard input.
  package enum Input: Sendable {
    /// Nothing: the null device.
    case none
    /// These bytes.
    case bytes([UInt8])
    /// Whatever this gives until it gives `nil`; called on the command's own thread.
    case stream(@Sendable () -> [UInt8]?)
  }

  /// How long a command may take and how much it may write.
  package struct Limits: Sendable {
    /// The time from start to end; `nil` for no limit.
    package var time: Duration?
    /// The most bytes of standard output; a child that writes more is ended.
    package var output = 64 << 20
    /// The bytes kept of the end of standard error.
    package var errorTail = 16 << 10
    /// The time between SIGTERM and SIGKILL.
    package var grace = Duration.seconds(2)
    /// The time for which output is still read after the child has exited.
    package var drain = Duration.seconds(1)

    package init() {}
  }

  /// The executable: a path if it holds a slash, else a name to be found in `PATH`.
  package var executable: String
  /// The arguments as bytes, because file names need not be UTF-8; without the executable's name.
  package var arguments: [[UInt8]]
  /// The whole environment of the child, `PATH` for finding the executable included.
  package var environment: [String: String]
  /// The child's working directory; `nil` for this process's own.
  package var directory: String?
  /// What the child reads as its standard input.
  package var input: Input
  /// What the child reads as `/dev/fd/3`, if it reads something there; at most `asideLimit` bytes.
  package var aside: [UInt8]?
  /// What any system keeps of a pipe that nobody reads yet.
  package static let asideLimit = 4_096
  /// How long it may take and how much it may write.
  package var limits: Limits
  /// Where its process group is noted for as long as it runs, before it is given anything to read.
  package var groups: GroupFolder?

  package init(
    _ executable: String, arguments: [[UInt8]] = [], environment: [String: String] = [:],
    directory: String? = nil, input: Input = .none, limits: Limits = Limits()
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
    self.input = input
    self.limits = limits
  }
}

/// How a command ended by itself.
package struct CommandResult: Sendable {
  /// How a child ended.
  package enum Status: Sendable, Hashable {
    /// It exited with this code.
    case exited(Int32)
    /// A signal ended it.
    case signalled(Int32)
  }

  /// How the child ended.
  package let status: Status
  /// All of standard output, unless it was streamed.
  package let output: [UInt8]
  /// The end of standard error.
  package let errorTail: [UInt8]
}
