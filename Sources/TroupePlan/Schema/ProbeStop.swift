/// Ends a type's `init(from:)` where it needs a value that could not be made.
enum ProbeStop: Error, Equatable {
  /// The value's type cannot be seen through, which has been reported.
  case reported
  /// The value's type is being described further out.
  case recursion
}
