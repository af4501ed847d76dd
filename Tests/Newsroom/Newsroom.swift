import Foundation
import TroupeCommand

/// What the tests of the command line start, stop and kill.
@main
struct Newsroom: WorkflowCommand {
  static let workflows: [any Workflow] = [Errand(), Tally(), Shop()]
  static let summary = "Runs errands."
}

/// Writes down in a file outside of its run what it does, and does not come back before there is
/// another file.
struct Errand: Workflow {
  struct Order: Codable, Sendable {
    /// A folder with the file `ledger`, and with a file `open` once it may go on.
    var folder: String
  }

  let input = Artifact<Order>("order")
  let output = Artifact<String>("report")
  let packed = Artifact<String>("packed")
  let bought = Artifact<String>("bought")

  var body: some Step {
    Stage("pack", reads: input, writes: packed) { order in
      try note("pack", in: order.folder)
      return "a bag"
    }
    Stage("buy", reads: input, packed, writes: bought) { order, bag in
      try note("buy", in: order.folder)
      while !FileManager.default.fileExists(atPath: order.folder + "/open") {
        try await Task.sleep(for: .milliseconds(20))
      }
      return "\(bag) of apples"
    }
    Stage("deliver", reads: input, bought, writes: output) { order, bought in
      try note("deliver", in: order.folder)
      return "delivered \(bought)"
    }
  }

  private func note(_ line: String, in folder: String) throws {
    guard let file = fopen(folder + "/ledger", "a") else { throw CocoaError(.fileWriteUnknown) }
    defer { fclose(file) }
    fputs(line + "\n", file)
  }
}
