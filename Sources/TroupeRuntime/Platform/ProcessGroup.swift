#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A process group that this process has started.
struct ProcessGroup {
  let leader: pid_t

  /// Sends a signal to all that is left of the group.
  ///
  /// - Returns: Whether anything was left, be it only processes that have ended and that nobody
  ///   has reaped.
  @discardableResult
  func signal(_ signal: Int32) -> Bool {
    kill(-leader, signal) == 0
  }

  /// Whether anything of the group still runs.
  ///
  /// Orphans that have ended stay in the group until the process that inherits them reaps them,
  /// which in a container may be never; they are told apart by their state in `/proc/PID/stat`
  /// (proc(5)), where there is a `/proc`.
  var isRunning: Bool {
    guard signal(0) else { return false }
    #if os(Linux)
      guard let entries = try? FileManager.default.contentsOfDirectory(atPath: "/proc") else {
        return true
      }
      return entries.contains { entry in
        guard entry.utf8.first.map({ (0x30...0x39).contains($0) }) ?? false,
          let stat = FileManager.default.contents(atPath: "/proc/\(entry)/stat"),
          let name = stat.lastIndex(of: UInt8(ascii: ")"))
        else { return false }
        // After the name in parentheses: state, parent, group.
        let fields = stat[name...].dropFirst(2).split(separator: UInt8(ascii: " "), maxSplits: 3)
        guard fields.count > 2, Int32(String(decoding: fields[2], as: UTF8.self)) == leader else {
          return false
        }
        return fields[0].first != UInt8(ascii: "Z") && fields[0].first != UInt8(ascii: "X")
      }
    #else
      return true
    #endif
  }
}
