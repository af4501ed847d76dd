import TroupePlan

extension Step {
  /// Never starts the stage's work again unless it is known that it was not done.
  ///
  /// An attempt that ends with a timeout or an error may have done its work all the same. By
  /// default it is repeated, where there is a `.retry` or another member, with the same idempotency
  /// key. With `.atMostOnce()` only an attempt that threw `NotStarted` is; after any other end the
  /// stage is *in doubt*: nothing runs again, not even a fallback, and the run stops for a
  /// decision.
  ///
  /// A rework would do the work again, so that neither the stage nor a step around it may have a
  /// gate with `.rework`. Each round of a `Repeat` and each element of a `FanOut` is work of its
  /// own.
  ///
  /// - Parameters:
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  public func atMostOnce(
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    var step = self
    step.declaration.modify {
      $0.set(
        .atMostOnce, "atMostOnce",
        at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
    }
    return step
  }
}
