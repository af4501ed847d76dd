#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How many files this process may have open at once. A durable run that is under way or waits has
/// two: its journal and its lock.
package enum DescriptorLimit {
  /// The most that are asked for: enough for tens of thousands of runs, and few enough for children
  /// that close all that they may have inherited one by one.
  #if canImport(Darwin)
    private static let most: rlim_t = 10_240
  #else
    private static let most: rlim_t = 65_536
  #endif

  /// Raises the limit as far as the system lets this process do so itself, and no further than is
  /// of use; never lowers it.
  package static func raise() {
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return }
    let wanted = min(limit.rlim_max, most)
    guard limit.rlim_cur < wanted else { return }
    limit.rlim_cur = wanted
    // Without it the process works as before, with fewer runs.
    _ = setrlimit(resource, &limit)
  }

  #if canImport(Glibc)
    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private static let resource = RLIMIT_NOFILE
  #endif
}
