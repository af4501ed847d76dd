import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// Real processes, killed at any instant: what they leave on a real disk is enough to go on with.
@Suite struct RealKillTests {
  @Test func nothingIsLostAndNothingIsPaidTwiceHoweverOftenTheProcessIsKilled() async throws {
    let place = try Place()
    defer { place.remove() }
    var random = SystemRandomNumberGenerator()
    var (kills, run) = (0, 0)
    while kills < 200 {
      run += 1
      var sum: String?
      while sum == nil {
        sum = try place.live(run: "run-\(run)", for: Int.random(in: 0...40, using: &random))
        if sum == nil { kills += 1 }
      }
      #expect(sum == "12")
      try await expectSoundLedger(of: "run-\(run)", in: place)
    }
  }

  /// The ledger is what the journal says, and what must be done once was.
  private func expectSoundLedger(of run: String, in place: Place) async throws {
    let records = try await Store.directory(place.store).folder(of: run).records()
    var starts: Set<String> = []
    var finished: [String: Int] = [:]
    for record in records {
      let reader = RecordReader(record.members)
      let start = "\(reader.string("address")) \(reader.integer("attempt"))"
      if record.type == "started" { starts.insert(start) }
      if record.type == "finished" { finished[reader.string("address"), default: 0] += 1 }
    }
    #expect(finished.values.allSatisfy { $0 == 1 }, "a stage finished twice")

    let ledger = place.ledger(of: run)
    let paid = ledger.filter { $0[0] == "paid" }.map { $0[1] }
    #expect(paid.count == 12, "\(ledger.filter { $0[0] == "paid" })")
    #expect(Set(paid).count == paid.count, "something was paid twice")

    var inputs: [Substring: Substring] = [:]
    var attempts: Set<String> = []
    for line in ledger where line[0] == "did" {
      #expect(inputs[line[1], default: line[2]] == line[2], "one key had two inputs")
      inputs[line[1]] = line[2]
      let attempt = "\(line[3]) \(line[4])"
      #expect(starts.contains(attempt), "\(attempt) did something before its start was recorded")
      #expect(attempts.insert(attempt).inserted, "\(attempt) was begun twice")
    }
  }

  /// A store and its ledgers on a real disk.
  private struct Place {
    let folder: String
    var store: String { folder + "/store" }

    init() throws {
      folder = FileManager.default.temporaryDirectory.appending(path: "troupe-\(UUID())").path
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    func ledger(of run: String) -> [[Substring]] {
      let text = (try? String(contentsOfFile: "\(folder)/\(run)", encoding: .utf8)) ?? ""
      return text.split(separator: "\n").map { $0.split(separator: " ") }
    }

    /// Starts a process that goes on with a run, and kills it when it has added so many lines to the
    /// ledger; gives what the run came to if it was quicker.
    func live(run: String, for lines: Int) throws -> String? {
      let process = Process()
      process.executableURL = Executables.folder?.appending(path: "TroupeLedger")
      process.arguments = [store, run, "\(folder)/\(run)"]
      let (progress, result) = (Foundation.Pipe(), Foundation.Pipe())
      process.standardOutput = progress
      process.standardError = result
      try process.run()
      var left = lines
      while left > 0 {
        let dots = progress.fileHandleForReading.availableData
        if dots.isEmpty { break }
        left -= dots.count
      }
      // Between two lines anything may be under way; which it is, chance decides.
      for _ in 0..<Int.random(in: 0...300) { sched_yield() }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      guard process.terminationReason == .exit else { return nil }
      let text = String(decoding: result.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      #expect(process.terminationStatus == 0, "\(text)")
      return text
    }
  }
}

/// Where what was built beside the tests is.
enum Executables {
  static let folder: URL? = CommandLine.arguments.lazy.compactMap { argument in
    var url = URL(filePath: argument)
    while url.path != "/", !url.path.isEmpty {
      if url.pathExtension == "xctest" { return url.deletingLastPathComponent() }
      url = url.deletingLastPathComponent()
    }
    return nil
  }.first
}
