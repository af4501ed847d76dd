import TroupeRuntime

/// The faults of a file layer, and how often each might have happened.
struct FaultTable: Sendable {
  private var entries: [(fault: FileFault, count: Int)]

  init(_ faults: [FileFault]) {
    entries = faults.map { ($0, 0) }
  }

  /// Counts a step.
  ///
  /// - Returns: The first fault that it meets.
  mutating func next(_ action: FileAction, _ path: String) -> FileFault? {
    var met: FileFault?
    for index in entries.indices {
      let fault = entries[index].fault
      guard fault.action == nil || fault.action == action, path.hasSuffix(fault.path) else {
        continue
      }
      entries[index].count += 1
      let count = entries[index].count
      if met == nil, fault.isLasting ? count >= fault.number : count == fault.number { met = fault }
    }
    return met
  }
}
