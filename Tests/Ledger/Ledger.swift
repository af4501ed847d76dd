import Foundation
import Troupe

/// What the stages of a run did, in a file outside of the run's own folder: one line each, added by
/// one write.
///
/// A process that is killed in the middle of a write may leave a part of it, up to the end of a page.
/// All lines have one length of which a page holds a whole number, so that a line is there as a whole
/// or not at all.
struct Ledger: Sendable {
  private static let length = 256

  let path: String

  /// Adds a line, and tells whoever started this process that it is there.
  func add(_ words: String...) throws {
    let text = words.joined(separator: " ")
    precondition(text.utf8.count < Self.length, "a line of the ledger is too long: \(text)")
    let line = text + String(repeating: " ", count: Self.length - 1 - text.utf8.count) + "\n"
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT, 0o600)
    guard file >= 0 else { throw CocoaError(.fileWriteUnknown) }
    defer { close(file) }
    guard write(file, line, line.utf8.count) == line.utf8.count, write(1, ".", 1) == 1 else {
      throw CocoaError(.fileWriteUnknown)
    }
  }

  /// The words of each line that begins with a word.
  func lines(_ first: String) -> [[Substring]] {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map { $0.split(separator: " ") }.filter { $0[0] == first }
  }
}

/// Rounds of work of every kind that can be interrupted.
struct Rounds: Workflow {
  let ledger: Ledger
  let input = Artifact<Int>("start")
  let output = Artifact<Int>("sum")
  let left = Artifact<Int>("left")
  let right = Artifact<Int>("right")
  let parts = Artifact<[Int]>("parts")
  let list = Artifact<[Int]>("list")

  var body: some Step {
    Stage("begin", reads: input, writes: output) { try work($0) { $0 } }
    Repeat("rounds", output, upTo: 12, until: { $0 >= 12 }) {
      Parallel {
        Stage("left", reads: output, writes: left) { try work($0) { $0 } }.retry(attempts: 2)
        Stage("right", reads: output, writes: right) { try pay($0) }
          .probe { key in
            guard let line = ledger.lines("paid").first(where: { $0[1] == key }) else {
              return .notDone
            }
            return .finished(Int(line[2]) ?? 0)
          }
      }
      Stage("split", reads: left, writes: list) { try work($0) { [$0, $0 + 1, $0 + 2] } }
      FanOut(over: list, into: parts) { number, part in
        Stage("part", reads: number, writes: part) { try work($0) { $0 * 2 } }
      }
      Stage("join", reads: left, right, parts, writes: output) { left, right, parts in
        try work(left) { _ in right - left + left + (parts.count == 3 ? 1 : 100) }
      }
    }
  }

  /// Notes that it began and what it was given, and does it.
  private func work<Value>(_ number: Int, _ give: (Int) -> Value) throws -> Value {
    guard let context = StageContext.current else { return give(number) }
    try ledger.add(
      "did", context.idempotencyKey, "\(number)", "\(context.address)", "\(context.attempt)")
    return give(number)
  }

  /// What must not be done twice.
  private func pay(_ number: Int) throws -> Int {
    guard let context = StageContext.current else { return number }
    try ledger.add("paid", context.idempotencyKey, "\(number)", "\(context.address)")
    return number
  }
}

/// Runs the rounds under an identity, from wherever they are.
@main enum LedgerTool {
  static func main() async throws {
    let arguments = CommandLine.arguments
    let runtime = Runtime(store: .directory(arguments[1]))
    let work = Rounds(ledger: Ledger(path: arguments[3]))
    let sum = try await runtime.run(work, input: 0, id: arguments[2])
    FileHandle.standardError.write(Data("\(sum)".utf8))
  }
}
