import TroupePlan

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Waits that time alone ends.
extension Wait {
  /// Waits until an instant that an artifact holds.
  ///
  /// - Parameters:
  ///   - name: The name; needed where it has a neighbour of the same kind.
  ///   - instant: The instant; one that has passed ends the wait at once.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  public init(
    _ name: String? = nil, until instant: Artifact<Date>,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) {
    self.init(
      name, reads: instant, fileID: fileID, filePath: filePath, line: line, column: column,
      until: { $0 })
  }

  /// Waits until an instant that a closure finds in what is read.
  ///
  /// ```swift
  /// Wait("embargo", reads: brief) { brief in brief.embargo }
  /// ```
  ///
  /// - Parameters:
  ///   - name: The name; needed where it has a neighbour of the same kind.
  ///   - reads: The artifacts whose values the closure is given, in this order.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - until: Gives the instant, asked once, when the wait opens; it must be free of effects.
  public init<each Input>(
    _ name: String? = nil, reads: repeat Artifact<each Input>,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    until: @escaping @Sendable (repeat each Input) async throws -> Date
  ) {
    let reading = Reading(repeat each reads)
    declaration = Declaration(
      .wait(.instant), name: name, reads: reading.mentions,
      work: .instant { [gathering = reading.gathering] values in
        var arguments = try Arguments(values, gathering)
        return try await until(repeat arguments.next((each Input).self))
      },
      location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Waits for some time.
  ///
  /// - Parameters:
  ///   - name: The name; needed where it has a neighbour of the same kind.
  ///   - length: How long, by the wall clock, from the moment when the wait opens.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  public init(
    _ name: String? = nil, lasting length: Duration,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) {
    declaration = Declaration(
      .wait(.span(length)), name: name,
      location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Stands in for a wait for some time.
  @available(
    *, unavailable,
    message: "'for:' waits for a signal; to wait for some time write 'Wait(lasting: …)'"
  )
  public init(_ name: String? = nil, for length: Duration) {
    self.init(name, lasting: length)
  }

  /// Stands in for a wait until an instant that is known when the workflow is built.
  @available(
    *, unavailable,
    message: "'until:' reads an artifact; for another instant write 'Wait(until: { … })'"
  )
  public init(_ name: String? = nil, until instant: Date) {
    self.init(name, until: { instant })
  }
}
