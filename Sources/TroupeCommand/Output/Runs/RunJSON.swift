import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Runs as the JSON that `runs` and `show` print, as `DurableRuns.md` describes it. Members are
/// only ever added.
enum RunJSON {
  /// A run in a list.
  ///
  /// - Parameters:
  ///   - left: What it leaves to people.
  ///   - letters: What has been said to it and is not in its journal yet.
  static func of(
    _ run: StoredRun, _ left: LeftForPeople, _ letters: [Letter]
  ) -> JSONValue {
    var members: [String: JSONValue] = ["id": .string(run.id)]
    members["pending"] = of(letters)
    members.merge(left.json) { first, _ in first }
    members.merge(of(run.status)) { first, _ in first }
    if let journal = run.journal {
      members["workflow"] = .string(journal.workflow)
      members["version"] = journal.version.map { .string($0) }
      members["started"] = instant(journal.began)
      members["updated"] = instant(journal.updated)
      members["records"] = .integer(journal.records)
    }
    return .object(members)
  }

  /// What has been said to a run and is not in its journal yet; `nil` if nothing has.
  static func of(_ letters: [Letter]) -> JSONValue? {
    letters.isEmpty ? nil : .array(letters.map { .object($0.members) })
  }

  /// How a run stands.
  static func of(_ status: RunStatus) -> [String: JSONValue] {
    var members: [String: JSONValue] = ["state": .string(StatusText.word(status))]
    members["reason"] = StatusText.reason(status).map { .string($0) }
    members["holder"] = status.holder.map { .string($0) }
    if case .damaged(let problem) = status { members["problem"] = .string(problem) }
    return members
  }

  static func instant(_ date: Date) -> JSONValue { .string(InstantText.text(of: date)) }

  /// A time since the run's beginning, in seconds to the millisecond.
  static func seconds(_ duration: Duration) -> JSONValue {
    .number((duration / .milliseconds(1)).rounded() / 1000)
  }
}
