package import TroupePlan

/// What a durable run begins with: an empty journal, or what has been recorded before.
package struct RunOpening: Sendable {
  package let id: String
  package let folder: RunFolder
  /// The part of the journal that is written.
  package let path: String
  let segment: Compaction.Segment
  let retention: Retention
  package let file: any AppendingFile
  package let lock: any FileLock
  /// The number of the last record, which is durable.
  package let last: Int
  /// The fold of the journal, unless the run was just accepted.
  package var recall: Recall?
  package let events: [Event]
  /// The time from the run's beginning to now.
  package let elapsed: Duration
  package let addresses: AddressReader
  /// What the run was started with, as the journal has it.
  package let input: JSONValue
  /// The bytes of an unsynced tail that were cut off.
  package let cut: Int
  /// The numbers of the process groups that worked for the run although its process had ended.
  var ended: [Int] = []
  /// The change of the plan that was accepted now, and is still to be recorded.
  var change: PlanChange?
}
