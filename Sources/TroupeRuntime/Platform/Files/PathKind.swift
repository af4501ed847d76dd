#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is where a path leads.
///
/// `FileManager` tells it by a pointer whose type is another one on each system.
package enum PathKind: Sendable {
  case folder
  /// A file, a pipe, a device …
  case other

  /// What a path leads to, also through symbolic links; `nil` if it leads to nothing, or to what
  /// this process may not see.
  package static func at(_ path: String) -> PathKind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFDIR ? .folder : .other
  }
}
