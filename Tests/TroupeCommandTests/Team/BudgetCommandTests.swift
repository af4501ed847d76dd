import Foundation
import Testing
import Troupe
import TroupeCommand

/// Budgets on the command line: prices from a team's file, what was used up, and how to go on.
@Suite struct BudgetCommandTests {
  private struct Series: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<String>("text")
    var budget: Budget? { Budget(cost: 1.2, attempts: 9) }
    var body: some Step {
      Stage("first", by: Role("writer"), reads: input, writes: output) { $0 }
      Stage("second", by: Role("writer"), reads: output, writes: output) { $0 + "!" }
        .budget(time: .hours(2))
      Stage("third", by: Role("writer"), reads: output, writes: output) { $0 + "?" }
    }
  }

  private let shell = Shell(workflows: [Series()])

  private func team(_ member: String) -> String {
    """
    {"members": [
      {"name": "scribe", "plays": ["writer"], "agent": {"kind": "command", "run": ["cat"]},
       \(member)}]}
    """
  }

  @Test func aRunThatIsTooDearGoesOnWithMore() async throws {
    try await StoreFolder.with { folder in
      let path = "\(folder.path)/team.json"
      try team(#""cost": 0.5, "price": {"input": 3, "output": 15}"#)
        .write(toFile: path, atomically: true, encoding: .utf8)
      let failed = await shell.call(
        "run", "series", "--input=cats", "--team", path, "--store", folder.store, "--id", "a")
      #expect(failed.code == .failed)
      #expect(
        failed.errors.contains(
          "'series' cannot go on within its budget of a cost of 1.2: 1 spent, and 0.5 more needed"),
        "\(failed.errors)")
      #expect(
        failed.errors.hasSuffix("or with a larger limit: --limit 'series=cost:2.4'\n"),
        "\(failed.errors)")
      let shown = await shell.call("show", "a", "--store", folder.store).output
      #expect(shown.contains("0 tokens read, 0 written, a cost of 1\n"), "\(shown)")
      #expect(shown.contains("a cost of 1 of 1.2, 2 of 9 attempts\n"), "\(shown)")
      let json = await shell.call("show", "a", "--json", "--store", folder.store).output
      guard case .array(let budgets)? = try JSONValue(parsing: Array(json.utf8))["budgets"] else {
        Issue.record("\(json)")
        return
      }
      #expect(
        budgets.first == [
          "address": "series", "limit": ["cost": 1.2, "attempts": 9],
          "spent": ["cost": 1, "attempts": 2],
        ], "\(json)")
      #expect(budgets.last?["address"] == "series/second")
      let done = await shell.call(
        "resume", "a", "--limit", "series=1.5", "--team", path, "--store", folder.store)
      #expect(done.code == .done, "\(done.errors)")
      #expect(done.output == "cats!?\n")
    }
  }

  @Test func aPlanShowsItsBudgets() async {
    let text = await shell.call("plan", "series").output
    #expect(text.contains("budget: a cost of 1.2, 9 attempts"), "\(text)")
    #expect(text.contains("budget: 2 h"), "\(text)")
  }

  @Test func aLimitOfABudgetIsNamedByItsQuantity() async throws {
    try await StoreFolder.with { folder in
      let path = "\(folder.path)/team.json"
      try team(#""cost": 5"#).write(toFile: path, atomically: true, encoding: .utf8)
      let failed = await shell.call(
        "run", "series", "--input=cats", "--team", path, "--store", folder.store, "--id", "a")
      #expect(failed.code == .failed, "\(failed.errors)")
      for (limit, message) in [
        ("series=10", "'series' has several limits; say which is meant: 'series=cost:10' or "),
        ("series=cost:1", "it has a budget of a cost of 1.2 already, and limits are only raised"),
        ("series=tokens:10", "it has no budget of tokens"),
        ("series=total-attempts:0.5", "'0.5' is no value for 'total-attempts'"),
        ("series/second=time:1 h", "it has a budget of 2 h already"),
      ] {
        let result = await shell.call(
          "resume", "a", "--limit", limit, "--team", path, "--store", folder.store)
        #expect(result.code == .usage, "\(limit)")
        #expect(result.errors.contains(message), "\(result.errors)")
      }
    }
  }

  @Test func aPriceThatIsNoneIsToldWithItsLine() async throws {
    try await StoreFolder.with { folder in
      let path = "\(folder.path)/team.json"
      for (price, message) in [
        (#""price": 3"#, "'members[0].price' is to be an object, and is the number 3"),
        (#""price": {"input": 3}"#, "'members[0].price' has no 'output'"),
        (
          #""price": {"input": -3, "output": 1}"#,
          "'members[0].price.input' is to be a number from 0 on, and is the number -3"
        ),
        (#""price": {"input": 3, "output": 1, "per": 1000}"#, "there is no key 'per'"),
      ] {
        try team(price).write(toFile: path, atomically: true, encoding: .utf8)
        let result = await shell.call("check", "series", "--team", path)
        #expect(result.code == .usage, "\(result.errors)")
        #expect(result.errors.contains("team.json:3:"), "\(result.errors)")
        #expect(result.errors.contains(message), "\(result.errors)")
      }
      try team(#""price": {"input": 3, "output": 15}"#)
        .write(toFile: path, atomically: true, encoding: .utf8)
      let shown = await shell.call("team", "series", "--team", path).output
      #expect(shown.contains("3 and 15 per million tokens read and written"), "\(shown)")
    }
  }
}
