import TroupePlan

/// A step that does nothing until a signal has come from outside, or until its time has come.
///
/// ```swift
/// Wait(for: approved, writes: decision, within: .hours(48))   // for a signal and its payload
/// Wait(for: goAhead)                                          // for a signal that carries nothing
/// Wait(until: publishAt)                                      // until an instant in an artifact
/// Wait("embargo", reads: brief) { $0.embargo }                // until an instant in what is read
/// Wait("cool down", lasting: .hours(24))                      // for some time
/// ```
///
/// All times of a wait are instants of the wall clock, found once, when the wait opens. No wait
/// ends before its instant; one whose instant has passed meanwhile ends at once.
public struct Wait: Step {
  /// What the wait declares.
  public var declaration: Declaration

  /// Waits for a signal, and writes its payload.
  ///
  /// The oldest signal of that name is taken that no other wait has taken, also if it came before
  /// this wait opened. Of several waits for one signal the one that opened first is served first.
  ///
  /// - Parameters:
  ///   - name: The name, unique among its neighbours; by default the signal's.
  ///   - signal: What is waited for.
  ///   - writes: The artifact that becomes the signal's payload.
  ///   - within: The time in which the signal must come, from the moment when the wait opens; the
  ///     step fails when it has passed. For any time by default.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  public init<Payload>(
    _ name: String? = nil, for signal: Signal<Payload>, writes: Artifact<Payload>,
    within: Duration? = nil,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) {
    declaration = Self.declaration(
      name, for: signal, writes: [writes.mention], within: within,
      location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Waits for a signal that carries nothing but its name.
  ///
  /// - Parameters:
  ///   - name: The name, unique among its neighbours; by default the signal's.
  ///   - signal: What is waited for.
  ///   - within: The time in which the signal must come, from the moment when the wait opens; the
  ///     step fails when it has passed. For any time by default.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  public init(
    _ name: String? = nil, for signal: Signal<NoPayload>, within: Duration? = nil,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) {
    declaration = Self.declaration(
      name, for: signal, writes: [], within: within,
      location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  private static func declaration<Payload>(
    _ name: String?, for signal: Signal<Payload>, writes: [Mention], within: Duration?,
    location: SourceLocation
  ) -> Declaration {
    Declaration(
      .wait(.signal(payload: Mention(name: signal.name, type: Payload.self), within: within)),
      name: name ?? signal.name, writes: writes,
      work: .signal(payload: ValueType(of: Payload.self)), location: location)
  }
}
