import Testing
import Troupe
import TroupePlan
import TroupeSimulation
import TroupeTestSupport

@testable import TroupeRuntime

/// Addresses in journals are found again in the plan.
@Suite struct AddressReaderTests {
  private struct Nested: Workflow {
    let input = Artifact<[Int]>("numbers")
    let output = Artifact<[Int]>("results")

    var body: some Step {
      FanOut("each [one]", over: input, into: output) { number, result in
        Repeat("a/b~c", result, upTo: 3, until: { $0 > 0 }) {
          Phase("twice") { Stage("add", reads: number, writes: result) { $0 + 1 } }
            .gate("fine", on: result, otherwise: .rework(upTo: 1)) { $0 > 0 }
        }
      }
    }
  }

  private let plan: Plan
  private let reader: AddressReader

  init() throws {
    plan = try Nested().compile().plan
    reader = AddressReader(plan)
  }

  private func node(_ name: String) throws -> Int {
    try #require(plan.nodes.first { $0.name == name }).id
  }

  @Test func everyAddressIsReadAsItWasWritten() throws {
    let (each, loop, phase) = (try node("each [one]"), try node("a/b~c"), try node("twice"))
    let item = Instance(in: nil, node: each, .item(17))
    let round = Instance(in: item, node: loop, .round(3))
    let take = Instance(in: round, node: phase, .take(2))
    for (node, instance) in [
      (0, nil), (each, nil), (loop, item), (phase, round), (phase, take), (try node("add"), take),
    ] as [(Int, Instance?)] {
      let address = Address(node: node, in: instance, plan: plan.nodes)
      let read = try #require(reader.address(address.description))
      #expect(read.description == address.description)
      #expect(read == address)
    }
  }

  @Test func whatIsNoAddressOfThePlanIsNone() throws {
    let (each, loop, phase) = (try node("each [one]"), try node("a/b~c"), try node("twice"))
    let item = Instance(in: nil, node: each, .item(17))
    let round = Instance(in: item, node: loop, .round(3))
    let take = Instance(in: round, node: phase, .take(2))
    let text = Address(node: try node("add"), in: take, plan: plan.nodes).description
    for length in 0..<text.utf8.count {
      let part = String(decoding: text.utf8.prefix(length), as: UTF8.self)
      let read = reader.address(part)
      #expect(read == nil || read?.description == part)
    }
    var random = SeededGenerator(seed: 7)
    for _ in 0..<2_000 {
      var bytes = Array(text.utf8)
      bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 32..<127, using: &random)
      let changed = String(decoding: bytes, as: UTF8.self)
      let read = reader.address(changed)
      // Only the numbers may be others, and leading zeros are no other number.
      #expect(read == nil || read?.description.filter(\.isLetter) == text.filter(\.isLetter))
    }
  }
}
