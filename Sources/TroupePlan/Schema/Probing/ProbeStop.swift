/// Ends a type's `init(from:)` where it needs a value that could not be made.
enum ProbeStop: Error {
  /// The value's type cannot be seen through, which is the finding of this index.
  case reported(finding: Int)
  /// The value's type is being described further out.
  case recursion
}
