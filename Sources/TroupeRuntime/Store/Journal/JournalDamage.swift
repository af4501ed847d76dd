/// Damage to a journal that no interrupted write leaves: something else has changed the file, or
/// its disk has.
package struct JournalDamage: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line, counted from 1.
  package let line: Int
  /// Where the line begins, in bytes from the beginning of the file. What is before is whole.
  package let offset: Int
  /// What is wrong with the line, without saying where.
  package let problem: String

  init(line: Int, offset: Int, problem: String) {
    self.line = line
    self.offset = offset
    self.problem = problem
  }

  /// What can be done about it.
  package var hint: String { "'troupe repair' shows what can be saved and what would be lost" }

  /// `line 12, byte 3456: the checksum does not fit the record; …`.
  package var description: String { "line \(line), byte \(offset): \(problem); \(hint)" }

  /// `runs/a/journal.jsonl:12: the checksum does not fit the record (byte 3456); …`.
  package func description(in path: String) -> String {
    "\(path):\(line): \(problem) (byte \(offset)); \(hint)"
  }
}
