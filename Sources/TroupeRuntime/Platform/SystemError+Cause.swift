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

  /// Whether what was to be created is there already.
  package var isExisting: Bool { cause == .exists || cause == .notEmpty }

  /// Why it failed; `nil` if it is none of the causes that have a name here.
  package var cause: Cause? { Cause.allCases.first { $0.code == code } }
}
