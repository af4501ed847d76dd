/// What stands behind the whole batches of a journal, when an interrupted write can have left it
/// so.
struct JournalTail {
  /// A disk writes 512 bytes as one, or a multiple of it.
  private static let sector = 512

  /// What was found out.
  struct Finding {
    /// The highest sequence number that a whole record of the tail says is durable; 0 if none does.
    fileprivate(set) var durable = 0
  }

  private let file: UnsafeRawBufferPointer
  private let scan: JournalScan
  private let stop: JournalScan.Stop
  private var finding = Finding()
  /// Where the latest batch ends whose first record is whole, by what that says.
  private var batchEnd: Int?

  /// Looks at what stands behind the whole batches.
  ///
  /// - Returns: `JournalDamage` if a record of it was durable, or if it is not what an interrupted
  ///   write leaves.
  static func examine(
    _ file: UnsafeRawBufferPointer, _ scan: JournalScan, _ stop: JournalScan.Stop
  ) -> Result<Finding, JournalDamage> {
    Result { () throws(JournalDamage) in
      var tail = JournalTail(file, scan, stop)
      guard stop.problem.isTorn else { throw tail.damage(stop.problem.description) }
      try tail.checkBeginning()
      try tail.checkLines()
      return tail.finding
    }
  }

  private init(_ file: UnsafeRawBufferPointer, _ scan: JournalScan, _ stop: JournalScan.Stop) {
    self.file = file
    self.scan = scan
    self.stop = stop
    batchEnd = scan.open.first?.batchEnd
  }

  /// The line that is not whole must begin as its record does, as far as it is there.
  private func checkBeginning() throws(JournalDamage) {
    let end = file[stop.offset...].firstIndex { $0 == 0 || $0 == UInt8(ascii: "\n") }
    let isFirst = scan.lines.isEmpty && scan.open.isEmpty
    guard
      JournalLine.canBegin(
        with: stop.offset..<(end ?? file.count), of: file, sequence: isFirst ? nil : scan.next)
    else { throw damage(JournalProblem.form.description) }
  }

  private mutating func checkLines() throws(JournalDamage) {
    var (offset, number, next, isBehindGap) = (stop.offset, stop.line, scan.next, false)
    while offset < file.count {
      let newline = JournalScan.newline(in: file, from: offset)
      let end = newline ?? file.count
      if newline != nil, let line = try? JournalLine(file, offset..<end) {
        guard line.durable < scan.firstOpen else {
          throw damage(
            "\(stop.problem), though record \(line.sequence) in line \(number) says that record "
              + "\(line.durable) was durable")
        }
        // A line that is not whole stands for one record at least.
        guard isBehindGap ? line.sequence > next : line.sequence == next else {
          throw damage(
            "\(stop.problem), and record \(line.sequence) in line \(number) does not follow")
        }
        finding.durable = max(finding.durable, line.durable)
        batchEnd = line.batchEnd ?? batchEnd
        (next, isBehindGap) = (line.sequence + 1, false)
      } else {
        let isExplained =
          file[offset..<end].contains(0)
          ? areSectors(offset..<end) : newline == nil && isCutOff(from: offset)
        guard isExplained else {
          let also = number == stop.line ? "" : ", and line \(number) is damaged too"
          throw damage("\(stop.problem)\(also), not as an interrupted write leaves it")
        }
        isBehindGap = true
      }
      offset = end + 1
      number += 1
    }
  }

  /// Whether all zeros in a line are sectors that were not written, or the rest of one in which
  /// the file ended when writing began.
  private func areSectors(_ line: Range<Int>) -> Bool {
    var index = line.lowerBound
    while let start = file[index..<line.upperBound].firstIndex(of: 0) {
      let end = file[start..<line.upperBound].firstIndex { $0 != 0 } ?? line.upperBound
      guard start % Self.sector == 0 || start == line.lowerBound,
        end % Self.sector == 0 || end == file.count
      else { return false }
      index = end
    }
    return true
  }

  /// Whether the file is shorter than the batch that a line without an end belongs to.
  private func isCutOff(from line: Int) -> Bool {
    guard let batchEnd else { return true }
    return line >= batchEnd || file.count < batchEnd
  }

  private func damage(_ problem: String) -> JournalDamage {
    JournalDamage(line: stop.line, offset: stop.offset, problem: problem)
  }
}
