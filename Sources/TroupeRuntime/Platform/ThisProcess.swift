#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a command line does to its own process.
package enum ThisProcess {
  /// The number by which the system knows it.
  package static var number: Int { Int(getpid()) }

  /// How many processors it may use.
  package static var processors: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// Makes it an error to write to a pipe that nobody reads, or to a file that may not grow any
  /// more, instead of the process's end, so that work can be stopped in order. Children are started
  /// with the default all the same.
  package static func ignoreSignalsOfWriting() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Ends the process, after what is registered to be done at its end.
  package static func exit(_ code: Int32) -> Never {
    systemExit(code)
  }

  /// Ends the process at once, and the commands that it has started.
  package static func leave(_ code: Int32) -> Never {
    LiveGroups.kill()
    _exit(code)
  }
}

private func systemExit(_ code: Int32) -> Never { exit(code) }
