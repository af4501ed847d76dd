#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension SystemError {
  /// Why an operation on files fails, of those reasons that more than the system has need of.
  package enum Cause: Sendable, Hashable, CaseIterable {
    case missing
    case exists
    case noFolder
    case isFolder
    case notEmpty
    case tooLarge
    case invalid
    case nameTooLong
    case noSpace
    case readOnly
    case damagedDevice
    case link
    case forbidden

    /// The system's number for it.
    package var code: Int32 {
      switch self {
      case .missing: ENOENT
      case .exists: EEXIST
      case .noFolder: ENOTDIR
      case .isFolder: EISDIR
      case .notEmpty: ENOTEMPTY
      case .tooLarge: EFBIG
      case .invalid: EINVAL
      case .nameTooLong: ENAMETOOLONG
      case .noSpace: ENOSPC
      case .readOnly: EROFS
      case .damagedDevice: EIO
      case .link: ELOOP
      case .forbidden: EACCES
      }
    }
  }

  package init(call: String, _ cause: Cause) {
    self.init(call: call, code: cause.code)
  }

  /// A symbolic link was on the way, and was not followed.
  init(linkAt path: String) {
    self.init(call: "open", .link)
    place = path
  }

  /// What to do about it; `nil` where the reason does not tell.
  package var remedy: String? {
    switch code {
    case ENOSPC: "free space on its disk"
    case EDQUOT: "free space, of which its owner has used up the share"
    case EFBIG: "raise the limit for the size of a file (ulimit -f)"
    case EROFS: "make it writable"
    case ELOOP: "it is a symbolic link, which is not followed: put what it leads to in its place"
    case EACCES, EPERM: "give its user the rights to it"
    default: nil
    }
  }

  /// Whether what was to be created is there already.
  package var isExisting: Bool { cause == .exists || cause == .notEmpty }

  /// Why it failed; `nil` if it is none of the causes that have a name here.
  package var cause: Cause? { Cause.allCases.first { $0.code == code } }
}
