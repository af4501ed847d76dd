import TroupePlan

/// The journal of one run, as the run uses it: records, and the values that belong to them.
final class RunJournal: Sendable {
  let folder: RunFolder
  private let writer: JournalWriter
  private let payloads = Lock(0)

  init(_ folder: RunFolder, writer: JournalWriter) {
    self.folder = folder
    self.writer = writer
  }

  /// Adds a record.
  func append(_ sequence: Int, _ body: [UInt8]) { writer.append(sequence, body) }

  /// Waits until a record is durable.
  func untilDurable(_ sequence: Int) async throws(JournalError) {
    try await writer.untilDurable(sequence)
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
    let text = Array(json.canonicalText.utf8)
    if text.count <= Payload.inlineLimit {
      return RecordWriter.members { $0.add(key, text: text) }
    }
    let name = try await folder.keepPayload(text, number: nextPayload())
    return Array("\"\(key)File\":\"\(name)\"".utf8)
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
