public import TroupeLanguage
import TroupePlan
import TroupeRuntime

/// Sends a signal to the simulated run.
///
/// ```swift
/// Simulation(of: LaunchPost()) {
///   Stub(\.draft) { .long }
///   Send(.approved, Approval(by: "Ann"), after: .hours(3))
/// }
/// ```
///
/// What comes before a step waits for it is kept for the one that does. Signals for the same moment
/// are sent in the order in which they stand here.
///
/// - Parameters:
///   - signal: The signal.
///   - payload: What it carries.
///   - time: The virtual time from the beginning of the run; at once by default.
///   - fileID: The file; leave the default.
///   - filePath: The file's path; leave the default.
///   - line: The line; leave the default.
///   - column: The column; leave the default.
public func Send<Work: Workflow, Payload>(
  _ signal: Signal<Payload>, _ payload: Payload, after time: Duration = .zero,
  fileID: String = #fileID, filePath: String = #filePath, line: Int = #line, column: Int = #column
) -> Stub<Work> {
  Stub(
    sending: signal, payload, after: .fixed(time),
    at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
}

/// Sends a signal to the simulated run, at a time that the seed decides.
///
/// - Parameters:
///   - signal: The signal.
///   - payload: What it carries.
///   - time: The virtual time from the beginning of the run, drawn anew for each run.
///   - fileID: The file; leave the default.
///   - filePath: The file's path; leave the default.
///   - line: The line; leave the default.
///   - column: The column; leave the default.
public func Send<Work: Workflow, Payload>(
  _ signal: Signal<Payload>, _ payload: Payload, after time: Timing,
  fileID: String = #fileID, filePath: String = #filePath, line: Int = #line, column: Int = #column
) -> Stub<Work> {
  Stub(
    sending: signal, payload, after: time,
    at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
}

/// Sends a signal that carries nothing to the simulated run.
///
/// - Parameters:
///   - signal: The signal.
///   - time: The virtual time from the beginning of the run; at once by default.
///   - fileID: The file; leave the default.
///   - filePath: The file's path; leave the default.
///   - line: The line; leave the default.
///   - column: The column; leave the default.
public func Send<Work: Workflow>(
  _ signal: Signal<NoPayload>, after time: Duration = .zero,
  fileID: String = #fileID, filePath: String = #filePath, line: Int = #line, column: Int = #column
) -> Stub<Work> {
  Stub(
    sending: signal, NoPayload(), after: .fixed(time),
    at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
}

/// Sends a signal that carries nothing to the simulated run, at a time that the seed decides.
///
/// - Parameters:
///   - signal: The signal.
///   - time: The virtual time from the beginning of the run, drawn anew for each run.
///   - fileID: The file; leave the default.
///   - filePath: The file's path; leave the default.
///   - line: The line; leave the default.
///   - column: The column; leave the default.
public func Send<Work: Workflow>(
  _ signal: Signal<NoPayload>, after time: Timing,
  fileID: String = #fileID, filePath: String = #filePath, line: Int = #line, column: Int = #column
) -> Stub<Work> {
  Stub(
    sending: signal, NoPayload(), after: time,
    at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
}

/// A signal that a simulation sends.
struct Sending: Sendable {
  let signal: String
  let payload: any Sendable
  let type: ValueType
  let time: Timing

  /// When the signal is sent, since the run's beginning.
  func moment(using generator: inout SeededGenerator) -> Duration {
    if case .fixed(let moment) = time { moment } else { time.sample(using: &generator) }
  }
}

extension Stub {
  fileprivate init<Payload>(
    sending signal: Signal<Payload>, _ payload: Payload, after time: Timing,
    at location: SourceLocation
  ) {
    self.init(
      .signal(
        Sending(
          signal: signal.name, payload: payload, type: ValueType(of: Payload.self), time: time)),
      .example, at: location)
  }
}
