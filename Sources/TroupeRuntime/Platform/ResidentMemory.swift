#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Darwin)
  import Darwin
#endif

/// The memory that this process occupies; on Darwin only what it has allocated.
package enum ResidentMemory {
  /// In bytes, or `nil` where the system does not say.
  package static var bytes: Int? {
    #if canImport(Darwin)
      var statistics = malloc_statistics_t()
      malloc_zone_statistics(nil, &statistics)
      return Int(statistics.size_in_use)
    #else
      // proc(5): the second number of statm is the resident set in pages, here of 4 KiB.
      guard let line = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
        return nil
      }
      let numbers = line.split(separator: " ").compactMap { Int($0) }
      return numbers.count > 1 ? numbers[1] * 4_096 : nil
    #endif
  }
}
