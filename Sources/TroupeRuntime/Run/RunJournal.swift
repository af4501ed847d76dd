import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The journal of one run, as the run uses it: records, and the values that belong to them.
final class RunJournal: Sendable {
  let folder: RunFolder
  private let writer: JournalWriter
  private let payloads = Lock(0)
  private let values = ValuesInUse()

  init(_ folder: RunFolder, writer: JournalWriter) {
    self.folder = folder
    self.writer = writer
  }

  /// Adds a record.
  func append(_ sequence: Int, _ body: [UInt8]) {
    writer.append(sequence, body)
    values.told(by: sequence, body)
  }

  /// Waits until a record is durable.
  func untilDurable(_ sequence: Int) async throws(JournalError) {
    try await writer.untilDurable(sequence)
  }

  /// Sees to it that what was added becomes durable soon, whatever the task that calls this does now.
  func hasten() { writer.hasten() }

  /// Waits until nothing is being written, and lets nothing be written until `release`.
  func hold() async throws(JournalError) -> (durable: Int, copies: [UInt8]) {
    try await writer.hold()
  }

  func dropCopies() { writer.dropCopies() }

  func release(keepingCopies: Bool = false) { writer.release(keepingCopies: keepingCopies) }

  /// Goes on in a new part of the journal: a snapshot, and all that was written since copies are
  /// kept.
  ///
  /// - Parameter isHeld: Whether nothing could be written since the snapshot was begun.
  /// - Throws: What went wrong before the new part was in place. Afterwards, the journal is
  ///   poisoned: the next opening finds out which part is the newest.
  func change(
    to segment: Compaction.Segment, beginningWith snapshot: [UInt8], date: Date, isHeld: Bool
  ) async throws {
    let files = folder.files
    let (next, path) = (folder.nextSegmentPath, folder.segment(segment.number))
    let begin = JournalWriter.bytes(
      of: [(segment.snapshot, snapshot)], durable: segment.snapshot - 1, at: date)
    let copies = isHeld ? [] : try await writer.hold().copies
    do {
      if try await files.names(in: folder.path).contains("journal-next.jsonl") {
        try await files.remove(next)
      }
      try await files.create(next, begin + copies)
    } catch {
      writer.release()
      try? await files.remove(next)
      throw error
    }
    do throws(SystemError) {
      try await files.rename(next, to: path)
      try await files.syncFolder(folder.path)
      writer.release(to: (try await files.openForAppending(path), path))
    } catch {
      let error = JournalError(path: path, cause: error)
      writer.poison(error)
      throw error
    }
  }

  /// Makes everything durable and closes the journal.
  func close() async throws(JournalError) { try await writer.close() }

  /// What a stage gave, as the journal will hold it, and as it would be read from there.
  ///
  /// Handing on what would be read makes a resumed run the same as one that was never interrupted.
  func keep(
    _ value: any Sendable, as type: ValueType
  ) async throws -> (value: any Sendable, members: [UInt8]) {
    let json = try type.encode(value)
    let members = try await members("output", for: json)
    return (try type.decode(json), members)
  }

  /// A value as members of a record; a large one is put into a file first.
  func members(_ key: StaticString, for json: JSONValue) async throws(JournalError) -> [UInt8] {
    let text = json.canonicalBytes
    if text.count <= Payload.inlineLimit {
      return RecordWriter.members { $0.add(key, text: text) }
    }
    await values.use(RunFolder.payloadName(of: text))
    let name: String
    do {
      name = try await folder.keepPayload(text, number: nextPayload())
    } catch {
      values.release(RunFolder.payloadName(of: text))
      throw error
    }
    return Array("\"\(key)File\":\"\(name)\"".utf8)
  }

  /// Removes the values of which neither the journal tells any more nor a record will that is to
  /// come.
  ///
  /// - Parameters:
  ///   - snapshot: What the newest part of the journal begins with.
  ///   - file: The file in which that stands, if it does.
  ///   - segments: The older parts that there are.
  func removePayloads(
    unknownTo snapshot: Snapshot, upTo last: Int, _ file: String?, segments: [Int]
  ) async {
    var known = snapshot.files
    if let file { known.insert(file) }
    values.forget(upTo: last)
    await folder.removePayloads(besidesThoseIn: segments) { name in
      !known.contains(name) && self.values.isFree(name)
    } then: { name in
      self.values.removed(name)
    }
  }

  /// The file of a large value that a snapshot holds; `nil` if the value stands in the snapshot.
  func file(_ text: [UInt8]) async throws(JournalError) -> String? {
    guard text.count > Payload.inlineLimit else { return nil }
    return try await folder.keepPayload(text, number: nextPayload())
  }

  private func nextPayload() -> Int {
    payloads.withLock { number in
      number += 1
      return number
    }
  }

  /// A value that a record holds or names.
  func value(of payload: Payload) async throws -> JSONValue {
    switch payload {
    case .inline(let json): json
    case .file(let name): try await folder.payload(name)
    }
  }
}
