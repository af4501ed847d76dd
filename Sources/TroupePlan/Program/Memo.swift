import Synchronization

/// A value that is found out when it is first asked for; of several who ask at the same time each
/// may find it out for itself.
final class Memo<Value: Sendable>: Sendable {
  private final class Box: Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
  }

  private let box = AtomicLazyReference<Box>()

  /// The value.
  func value(_ find: () -> Value) -> Value {
    if let box = box.load() { return box.value }
    return box.storeIfNil(Box(find())).value
  }
}
