/// Waits for what a thread of ours gives.
///
/// The value goes through a lock and not through the continuation, because the thread sanitizer of
/// Swift 6.3 does not see that what such a thread did before it resumes a task comes before what the
/// task does next.
///
/// - Parameter start: Is given what the thread is to call once, with the value.
func handOver<Value: Sendable>(
  _ start: (_ give: @escaping @Sendable (Value) -> Void) -> Void
) async -> Value {
  let given = Lock<Value?>(nil)
  await withCheckedContinuation { continuation in
    start { value in
      given.withLock { $0 = value }
      continuation.resume()
    }
  }
  guard let value = given.withLock({ $0 }) else {
    preconditionFailure("a task was resumed before there was what it waits for")
  }
  return value
}
