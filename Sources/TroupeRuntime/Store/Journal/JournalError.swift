#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A journal that could not be written any further.
///
/// What was being written may be in the file in part or as a whole; whoever opens it next finds
/// out. Nothing that waited for it has happened.
package struct JournalError: Error, Sendable, CustomStringConvertible {
  /// The journal's file.
  package let path: String
  /// What the system said.
  package let cause: SystemError

  package init(path: String, cause: SystemError) {
    self.path = path
    self.cause = cause
  }

  /// What happened, where, and what to do.
  package var description: String {
    "'\(path)' cannot be written: \(cause); \(remedy), then resume the run"
  }

  private var remedy: String {
    switch cause.code {
    case ENOSPC: "free space on its disk"
    case EDQUOT: "free space, of which its owner has used up the share"
    case EFBIG: "raise the limit for the size of a file (ulimit -f)"
    case EROFS, EACCES, EPERM: "make the file and its folder writable"
    default: "make sure that its disk is sound"
    }
  }
}
