public import TroupePlan

extension Effect {
  /// Asks whether the work was done, when an attempt has ended and nobody knows.
  ///
  /// After a timeout or an error, before anything is started again, the probe is given the
  /// idempotency key under which the work was started. `.finished` completes the step; after
  /// `.notDone` it goes on as after any failure, with the next attempt if there is one; after
  /// `.unknown`, and if the probe itself fails, the work is in doubt as with `.atMostOnce()`.
  ///
  /// ```swift
  /// Effect("publish", reads: post) { post in try await site.publish(post) }
  ///   .probe { key in try await site.hasPost(key) ? .finished : .notDone }
  /// ```
  ///
  /// - Parameters:
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - ask: Says what became of the work of an idempotency key; it must be free of effects.
  public func probe(
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    ask: @escaping @Sendable (_ key: String) async throws -> ProbeResult<Void>
  ) -> Self {
    var step = self
    step.declaration.modify {
      $0.set(
        .probe, "probe",
        at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
      $0.probe = { key in
        switch try await ask(key) {
        case .finished: .finished(true)
        case .notDone: .notDone
        case .unknown: .unknown
        }
      }
    }
    return step
  }
}
