#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Tells which file systems are on other machines, where locks and syncs mean less than here.
enum NetworkFileSystem {
  /// Whether a file or folder lies on another machine.
  ///
  /// What cannot be told (most of what runs outside of the kernel) is taken to be here.
  ///
  /// - Throws: `SystemError` if there is no such file or folder.
  static func holds(_ path: String) throws(SystemError) -> Bool {
    #if canImport(Darwin)
      var system = statfs()
      guard statfs(path, &system) == 0 else { throw SystemError(call: "statfs", code: errno) }
      return system.f_flags & UInt32(MNT_LOCAL) == 0
    #else
      let device = try device(of: path)
      // Swift's Glibc does not show statfs(2); this table also tells more than its numbers.
      guard let table = try? Descriptor.bytes(ofFile: "/proc/self/mountinfo", limit: 16 << 20)
      else { return false }
      let text = String(decoding: table, as: UTF8.self)
      return type(of: device, inMountTable: text).map(types.contains) ?? false
    #endif
  }

  /// The device on which a file or folder is, as `major:minor`, by the layout of Linux.
  static func device(of path: String) throws(SystemError) -> String {
    var status = stat()
    guard stat(path, &status) == 0 else { throw SystemError(call: "stat", code: errno) }
    let number = UInt64(truncatingIfNeeded: status.st_dev)
    let major = (number >> 8) & 0xFFF | (number >> 32) & ~0xFFF
    let minor = number & 0xFF | (number >> 12) & ~0xFF
    return "\(major):\(minor)"
  }

  /// The type of the file system on a device, by the lines of proc_pid_mountinfo(5): mount, parent,
  /// device, root, place, options, optional fields, a hyphen, type, source, options.
  static func type(of device: String, inMountTable table: String) -> String? {
    for line in table.split(separator: "\n") {
      let fields = line.split(separator: " ", omittingEmptySubsequences: false)
      guard fields.count > 6, fields[2] == device,
        let hyphen = fields[6...].firstIndex(of: "-"), hyphen + 1 < fields.count
      else { continue }
      return String(fields[hyphen + 1])
    }
    return nil
  }

  /// The types of Linux. 9p is how a virtual machine, or Windows' subsystem for Linux, sees the
  /// files of its host.
  static let types: Set<String> = [
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "fuse.ceph-fuse", "fuse.glusterfs",
    "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4",
    "orangefs", "smb3", "smbfs",
  ]
}
