/// What is damaged in the journal of a run, and what can be saved of it.
package struct RunDamage: Sendable {
  /// The journal's file.
  package let path: String
  /// Where and how it is damaged.
  package let damage: JournalDamage
  /// What can be saved, and what is lost.
  package let repair: JournalRepair
}
