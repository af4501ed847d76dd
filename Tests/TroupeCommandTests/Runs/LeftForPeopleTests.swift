import Foundation
import Testing
import Troupe
import TroupeCommand

/// What the command line says of runs that leave something to be undone by hand.
@Suite struct LeftForPeopleTests {
  private struct Closed: Error, CustomStringConvertible { let description = "the bank is closed" }

  /// Cannot take back what it has paid, however it ends.
  struct Paying: Workflow {
    enum Course: CaseIterable { case fails, completes }

    let course: Course
    let input = Artifact<String>("input")
    let output = Artifact<String>("receipt")
    let paid = Artifact<String>("paid")
    var name: String { "paying" }

    var body: some Step {
      Phase("first") {
        Stage("pay", reads: input, writes: paid) { $0 }
          .compensate { _ in throw Closed() }
        Stage("check", reads: paid, writes: output) { _ -> String in throw Closed() }
      }
      .fallback {
        Stage("free", reads: input, writes: output) { _ in
          if course == .fails { throw Closed() }
          return "free"
        }
      }
    }
  }

  @Test(arguments: Paying.Course.allCases)
  func whatCouldNotBeUndoneIsListed(course: Paying.Course) async throws {
    let shell = Shell(workflows: [Paying(course: course)])
    try await StoreFolder.with { folder in
      let store = ["--store", folder.store]
      _ = await shell.call(["run", "paying", "--input=5", "--id=a"] + store)
      let list = await shell.call(["runs"] + store)
      #expect(
        list.output.hasSuffix(
          """

          run a leaves something to see to: 'paying/first/pay' could not be undone: the bank is \
          closed

          """), "\(list.output)")
      let runs = await shell.call(["runs", "--json"] + store).output
      let shown = await shell.call(["show", "a", "--json"] + store).output
      for json in [runs, shown] {
        #expect(json.contains(#""uncompensated": ["#))
        #expect(json.contains(#""reason": "the bank is closed""#), "\(json)")
      }
    }
  }
}
