#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The whole batches with which a journal begins, and what stands at their end.
struct JournalScan {
  /// Where a journal stops being one whole batch after the other.
  struct Stop {
    /// The line that is not what it should be, counted from 1.
    let line: Int
    /// Where the line begins.
    let offset: Int
    let problem: JournalProblem
  }

  /// The lines of whole batches.
  private(set) var lines: [JournalLine] = []
  /// The whole lines that a batch begins with which is not whole.
  private(set) var open: [JournalLine] = []
  /// `nil` if the journal ends with a whole batch.
  private(set) var stop: Stop?

  /// Reads from the beginning as far as all is well.
  init(_ file: UnsafeRawBufferPointer) {
    var offset = 0
    do throws(JournalProblem) {
      while offset < file.count {
        guard let newline = Self.newline(in: file, from: offset) else { throw .ended }
        let line = try JournalLine(file, offset..<newline)
        try take(line)
        offset = newline + 1
      }
      if !open.isEmpty { throw .ended }
    } catch {
      let end = Self.newline(in: file, from: offset) ?? file.count
      let isTorn = !error.isAboutWholeLine && file[offset..<end].contains(0)
      stop = Stop(
        line: lines.count + open.count + 1, offset: offset, problem: isTorn ? .zeros : error)
    }
  }

  /// The record that the whole ones are followed by; 1 if there is none.
  var next: Int { ((open.last ?? lines.last)?.sequence ?? 0) + 1 }

  /// The first record that is in no whole batch.
  var firstOpen: Int { open.first?.sequence ?? next }

  /// The number of bytes of the whole batches.
  var length: Int { lines.last.map { $0.range.upperBound + 1 } ?? 0 }

  /// Where the line ends that begins at an offset; `nil` if the file ends first.
  static func newline(in file: UnsafeRawBufferPointer, from offset: Int) -> Int? {
    guard offset < file.count, let base = file.baseAddress,
      let found = memchr(base + offset, Int32(UInt8(ascii: "\n")), file.count - offset)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// Adds a whole line if it is the one that should follow.
  private mutating func take(_ line: JournalLine) throws(JournalProblem) {
    if !(open.isEmpty && lines.isEmpty), line.sequence != next {
      throw .order(found: line.sequence, expected: next)
    }
    if let first = open.first {
      guard line.batch == nil else { throw .batch("a batch begins where another has not ended") }
      guard line.durable == first.durable else { throw .durable(line.durable) }
    } else {
      guard line.batch != nil else { throw .batch("no batch begins where one has ended") }
      guard line.durable < line.sequence, line.durable >= lines.last?.durable ?? 0 else {
        throw .durable(line.durable)
      }
    }
    let first = open.first ?? line
    let isLast = open.count + 1 == first.batch?.records
    let (end, promised) = (line.range.upperBound + 1, first.batchEnd ?? 0)
    guard isLast ? end == promised : end < promised else {
      throw .batch("the batch does not have the length that it says it has")
    }
    open.append(line)
    if isLast {
      lines += open
      open.removeAll(keepingCapacity: true)
    }
  }
}

extension JournalProblem {
  /// Whether the line itself is whole, but not the one that should stand there.
  fileprivate var isAboutWholeLine: Bool {
    switch self {
    case .order, .batch, .durable, .json, .number: true
    case .ended, .zeros, .checksum, .form: false
    }
  }
}
