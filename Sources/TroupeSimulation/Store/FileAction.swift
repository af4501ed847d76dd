/// One step of an operation on files that can fail by itself, or that a crash can come before or
/// after.
package enum FileAction: String, Sendable, Hashable, CaseIterable {
  case makeFolder
  case create
  case write
  case sync
  case rename
  case remove
  case syncFolder
  case truncate
  case lock
  case names
  case read
  case open

  /// Whether it changes anything, or makes a change durable.
  var changes: Bool {
    switch self {
    case .names, .read, .open: false
    default: true
    }
  }
}
