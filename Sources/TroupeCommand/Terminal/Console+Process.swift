import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Console {
  /// The world around this process.
  static func ofProcess() -> Console {
    Console(
      arguments: Array(CommandLine.arguments.dropFirst()),
      environment: ProcessInfo.processInfo.environment,
      output: DescriptorSink(descriptor: .standardOutput),
      errors: DescriptorSink(descriptor: .standardError),
      size: {
        Descriptor.standardError.terminalSize.map {
          TerminalSize(columns: $0.columns, rows: $0.rows)
        }
      },
      isOutputShown: Descriptor.standardOutput.isTerminal,
      readInput: { try Descriptor.standardInput.readToEnd(limit: TextFile.limit) },
      isInputTyped: Descriptor.standardInput.isTerminal,
      lines: { linesOfStandardInput() },
      signals: { SignalWatch.signals() },
      leave: { ThisProcess.leave($0.rawValue) })
  }

  /// Reads each line when it is asked for, on a thread of its own, which ends with the line, the
  /// input or the process. In between the terminal is free for others: an editor, for one.
  private static func linesOfStandardInput() -> AsyncStream<String> {
    AsyncStream {
      try? await BlockingThread.run { readLine() }
    }
  }
}
