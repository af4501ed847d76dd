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

extension SystemError {
  /// What the system said when the file manager, or writing a file, failed; `nil` if it was not the
  /// system that failed.
  package init?(call: String, _ error: any Error) {
    guard let cause = (error as? CocoaError)?.underlying as? POSIXError else { return nil }
    self.init(call: call, code: cause.code.rawValue)
  }
}
