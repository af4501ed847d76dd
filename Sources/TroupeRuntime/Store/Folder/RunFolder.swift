package import TroupePlan

/// The folder of one run.
///
/// - `plan.json`: the plan under which the run was accepted; `plan-2.json` and so on: those that it
///   was changed to
/// - `journal-000001.jsonl`: the journal; a later part of it begins with a snapshot of what was
///   before
/// - `audit.jsonl`: verdicts that stood in rounds and elements whose records are gone
/// - `payloads/`: large values, each named by the SHA-256 of its JSON
/// - `lock`: held by the process that runs it
/// - `mailbox/`: what other processes say to it
/// - `processes/`: the process groups that work for it
package struct RunFolder: Sendable {
  package let files: any FileLayer
  package let path: String

  /// The path of one of the run's plans, of which the one that it was accepted with is 1.
  func planPath(_ number: Int = 1) -> String {
    path + (number == 1 ? "/plan.json" : "/plan-\(number).json")
  }
  var lockPath: String { path + "/lock" }
  /// Where it is noted which process groups work for the run; `nil` where no other process would
  /// see that.
  var groups: GroupFolder? { files.groups(at: path + "/processes") }
  package var mailbox: MailFolder { MailFolder(files: files, path: path + "/mailbox") }

  /// The path of a part of the journal.
  package func segment(_ number: Int) -> String {
    let digits = String(number)
    return
      "\(path)/journal-\(String(repeating: "0", count: max(6 - digits.count, 0)))\(digits).jsonl"
  }

  /// The number of the newest part of the journal.
  package func newestSegment() async throws(SystemError) -> Int {
    try await files.names(in: path).compactMap(Self.segmentNumber).max() ?? 1
  }

  static func segmentNumber(of name: String) -> Int? {
    guard name.hasPrefix("journal-"), name.hasSuffix(".jsonl") else { return nil }
    return Int(name.dropFirst("journal-".count).dropLast(".jsonl".count))
  }

  /// The name of the file of a large value.
  static func payloadName(of text: [UInt8]) -> String { SHA256.hexDigest(of: text) + ".json" }

  /// Puts a large value beside the journal, durably, and gives its name.
  ///
  /// - Parameter number: Tells the values apart that one process writes at the same time.
  func keepPayload(_ text: [UInt8], number: Int) async throws(JournalError) -> String {
    let name = Self.payloadName(of: text)
    let folder = path + "/payloads"
    do throws(SystemError) {
      if try await files.names(in: folder).contains(name) {
        // The process that put it there may have ended before its name was durable.
        try await files.syncFolder(folder)
        return name
      }
      let temporary = "\(folder)/new-\(number)"
      do throws(SystemError) {
        try await files.create(temporary, text)
      } catch {
        // A process ended while it wrote this.
        guard error.isExisting else { throw error }
        try await files.remove(temporary)
        try await files.create(temporary, text)
      }
      try await files.rename(temporary, to: "\(folder)/\(name)")
      try await files.syncFolder(folder)
      return name
    } catch {
      // What is half written would take room that others need.
      try? await files.remove("\(folder)/new-\(number)")
      throw JournalError(path: folder, cause: error)
    }
  }

  /// A large value.
  func payload(_ name: String) async throws -> JSONValue {
    do {
      return try JSONValue(parsing: try await payloadText(name))
    } catch let error as SystemError {
      throw StoreError(doing: "read a value", at: "\(path)/payloads/\(name)", error)
    }
  }

  /// The JSON of a large value.
  ///
  /// - Throws: `SystemError`, or `StoreError` if the file is damaged.
  func payloadText(_ name: String) async throws -> [UInt8] {
    let place = "\(path)/payloads/\(name)"
    let text = try await files.read(place, limit: .max)
    guard Self.payloadName(of: text) == name else {
      throw StoreError(
        "'\(place)' is damaged: it no longer holds what its name says; put the file back from a copy "
          + "of the run, or fork the run at a record before the one that names it")
    }
    return text
  }

  /// One of the run's plans, of which the one that it was accepted with is 1.
  package func plan(_ number: Int = 1) async throws -> Plan {
    let place = planPath(number)
    do {
      return try Plan(json: JSONValue(parsing: await files.read(place, limit: .max)))
    } catch let error as SystemError {
      throw StoreError(doing: "read the plan", at: place, error)
    } catch {
      throw StoreError(
        "'\(place)' is damaged: \(error); put the file back from a copy of the run, or go on with the "
          + "run all the same: 'resume' needs only the workflow")
    }
  }
}
