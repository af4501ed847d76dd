#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A process as the system knows it.
struct ProcessEntry: Sendable {
  let number: pid_t
  let group: pid_t
  let session: pid_t
  /// When it was started, since this machine was: together with its number it tells a process from
  /// all others of one boot.
  let started: UInt64
  /// Whether it has ended, and is only there because nobody has reaped it.
  let isOver: Bool
}

/// What the system tells of processes: `/proc` on Linux (proc_pid_stat(5)), sysctl(3) on Darwin.
enum ProcessTable {
  /// The process of a number; `nil` if there is none, or if the system does not tell.
  static func process(_ number: pid_t) -> ProcessEntry? {
    #if canImport(Darwin)
      return entries(KERN_PROC_PID, number)?.first
    #else
      guard let stat = try? Descriptor.bytes(ofFile: "/proc/\(number)/stat", limit: 1 << 16)
      else { return nil }
      return ProcessEntry(number, stat: stat)
    #endif
  }

  /// The processes of a group; `nil` if the system does not tell.
  static func members(of group: pid_t) -> [ProcessEntry]? {
    #if canImport(Darwin)
      return entries(KERN_PROC_PGRP, group)
    #else
      guard let names = try? FolderCalls.names(in: "/proc") else { return nil }
      return names.compactMap { pid_t($0).flatMap(process) }.filter { $0.group == group }
    #endif
  }

  /// What is another one after the machine was started again, and where processes have other
  /// numbers.
  static let boot: String = {
    #if canImport(Darwin)
      var text = [UInt8](repeating: 0, count: 64)
      var size = text.count
      guard sysctlbyname("kern.bootsessionuuid", &text, &size, nil, 0) == 0 else { return "" }
      return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
    #else
      let id = try? Descriptor.bytes(ofFile: "/proc/sys/kernel/random/boot_id", limit: 1 << 10)
      var space = [CChar](repeating: 0, count: 64)
      let count = readlink("/proc/self/ns/pid", &space, space.count)
      let lines = String(decoding: id ?? [], as: UTF8.self).split(separator: "\n")
      let name = space.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }
      return "\(lines.first ?? "") \(String(decoding: name, as: UTF8.self))"
    #endif
  }()

  #if canImport(Darwin)
    private static func entries(_ selection: Int32, _ number: pid_t) -> [ProcessEntry]? {
      var name = [CTL_KERN, KERN_PROC, selection, number]
      var size = 0
      guard sysctl(&name, UInt32(name.count), nil, &size, nil, 0) == 0 else { return nil }
      // Some may be added before the next call.
      let length = MemoryLayout<kinfo_proc>.stride
      var entries = [kinfo_proc](repeating: kinfo_proc(), count: size / length + 16)
      size = entries.count * length
      guard sysctl(&name, UInt32(name.count), &entries, &size, nil, 0) == 0 else { return nil }
      return entries.prefix(size / length).map { entry in
        let started = entry.kp_proc.p_un.__p_starttime
        return ProcessEntry(
          number: entry.kp_proc.p_pid, group: entry.kp_eproc.e_pgid,
          session: getsid(entry.kp_proc.p_pid),
          started: UInt64(started.tv_sec) * 1_000_000 + UInt64(started.tv_usec),
          isOver: Int32(entry.kp_proc.p_stat) == SZOMB)
      }
    }
  #endif
}

#if !canImport(Darwin)
  extension ProcessEntry {
    /// A process by its line in `/proc`; `nil` if it is none.
    fileprivate init?(_ number: pid_t, stat: [UInt8]) {
      // After the name in parentheses: state, parent, group, session, …, and 16 further start time.
      guard let name = stat.lastIndex(of: UInt8(ascii: ")")) else { return nil }
      let fields = stat[name...].dropFirst(2).split(separator: UInt8(ascii: " "))
        .map { String(decoding: $0, as: UTF8.self) }
      guard fields.count > 19, let group = pid_t(fields[2]), let session = pid_t(fields[3]),
        let started = UInt64(fields[19])
      else { return nil }
      self.init(
        number: number, group: group, session: session, started: started,
        isOver: fields[0] == "Z" || fields[0] == "X")
    }
  }
#endif
