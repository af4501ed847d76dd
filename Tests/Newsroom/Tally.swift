import TroupeCommand

/// Adds up numbers that are sent to it, until it has so many.
struct Tally: Workflow {
  let input = Artifact<Int>("count")
  let output = Artifact<[Int]>("numbers")
  let numbers = Artifact<[Int]>("so far")
  let number = Artifact<Int>("number")

  struct Parameters: Codable, Sendable { var count = 50 }
  var parameters = Parameters()

  var body: some Step {
    Stage("begin", reads: input, writes: numbers) { _ in [] }
    Repeat("collect", numbers, upTo: 10_000, until: { $0.count >= parameters.count }) {
      Wait(for: Signal<Int>("number"), writes: number)
      Stage("add", reads: numbers, number, writes: numbers) { $0 + [$1] }
    }
    Stage("end", reads: numbers, writes: output) { $0.sorted() }
  }
}

/// Charges somebody, at most once, and does not know whether it worked.
struct Shop: Workflow {
  struct Lost: Error, CustomStringConvertible { let description = "no answer from the bank" }

  let input = Artifact<Int>("amount")
  let output = Artifact<String>("receipt")

  var body: some Step {
    Stage("charge", reads: input, writes: output) { _ in throw Lost() }
      .atMostOnce()
  }
}
