import Foundation
import TroupeCommand

/// What the tests of the command line start, stop and kill.
@main
struct Newsroom: WorkflowCommand {
  static let workflows: [any Workflow] = [Errand(), Tally(), Shop(), Chore(), Column()]
  static var team: Team {
    Team {
      Member("shell", plays: Chore.worker) { CommandAgent("/bin/sh", "-c", Chore.script) }
      Member("ann", plays: Column.editor) { Person() }
      Member("ben", plays: Column.editor) { Person() }
      Member("cleo", plays: Column.writer) { Person() }
    }
  }
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

/// Has a command work that outlives the process which started it, if nobody ends it.
struct Chore: Workflow {
  static let worker = Role("worker")

  /// Says in the file `ledger` when it begins and, over and over, that it is there, until there is a
  /// file `open`; heeds neither a closed standard input nor, in `deaf` folders, a request to end. In
  /// folders with a file `orphans` a child of it does that, and it waits for the child.
  static let script = #"""
    read folder
    test -e "$folder/deaf" && trap '' TERM
    work() {
      echo "begin $$" >> "$folder/ledger"
      while ! test -e "$folder/open"; do
        echo "beat $$" >> "$folder/ledger"
        sleep 0.02
      done
    }
    if test -e "$folder/orphans"; then work & wait; else work; fi
    echo done
    """#

  let input = Artifact<Errand.Order>("order")
  let output = Artifact<String>("report")

  var body: some Step {
    Stage("toil", by: Self.worker, reads: input, writes: output) { "\($0.folder)" }
  }
}
