import Testing
import Troupe
import TroupeSimulation

@Suite struct ScaleTests {
  struct Graph: Workflow {
    /// For each node, those before it that it reads.
    let edges: [[Int]]
    let input = Artifact<Int>("seed")
    let output = Artifact<Int>("end")
    let order: Notes

    func value(_ node: Int) -> Artifact<Int> { Artifact("value \(node)") }

    var body: some Step {
      Dataflow("graph") {
        // Declared backwards, because the order of declaration must not matter.
        for node in edges.indices.reversed() {
          Stage(
            "node \(node)", reads: input, .all(edges[node].map { value($0) }), writes: value(node)
          ) { seed, parts in
            order.add("\(node)")
            return parts.reduce(seed) { ($0 &* 31 &+ $1) % 1_000_003 }
          }
        }
      }
      Stage("end", reads: value(edges.count - 1), writes: output) { $0 }
    }
  }

  @Test func aRandomGraphOfTwoThousandNodesRunsInTheOrderOfItsEdges() async throws {
    var random = SeededGenerator(seed: 7)
    let edges = (0..<2_000).map { node in
      let count = node == 0 ? 0 : Int.random(in: 0...min(50, node), using: &random)
      return Array(Set((0..<count).map { _ in Int.random(in: 0..<node, using: &random) })).sorted()
    }
    #expect(edges.map(\.count).max()! > 40)
    let order = Notes()
    let result = try await Runtime().run(Graph(edges: edges, order: order), input: 5)

    var expected: [Int] = []
    for reads in edges {
      expected.append(reads.reduce(5) { ($0 &* 31 &+ expected[$1]) % 1_000_003 })
    }
    #expect(result == expected.last)
    var place: [Int: Int] = [:]
    for (index, node) in order.all.enumerated() { place[Int(node)!] = index }
    #expect(place.count == 2_000)
    let broken = edges.indices.contains { node in edges[node].contains { place[$0]! > place[node]! }
    }
    #expect(!broken)
  }

  struct Chain: Workflow {
    let length: Int
    let input = Artifact<Int>("value 0")
    var output: Artifact<Int> { Artifact("value \(length)") }

    var body: some Step {
      for index in 1...length {
        Stage(
          "stage \(index)", reads: Artifact<Int>("value \(index - 1)"),
          writes: Artifact<Int>("value \(index)")
        ) { $0 + 1 }
      }
    }
  }

  @Test func aLongChainRunsInOrder() async throws {
    #expect(try await Runtime().run(Chain(length: 10_000), input: 0) == 10_000)
  }

  @Test func aFanOutOfTenThousandElementsIsJoinedInOrder() async throws {
    struct Wide: Workflow {
      let input = Artifact<[Int]>("numbers")
      let output = Artifact<[Int]>("results")
      var body: some Step {
        FanOut(over: input, into: output) { number, result in
          Stage("add", reads: number, writes: result) { $0 + 1 }
        }
      }
    }
    let result = try await Runtime().run(Wide(), input: Array(0..<10_000))
    #expect(result == Array(1...10_000))
  }

  @Test func aThousandChildrenOfAParallelRunAtOnce() async throws {
    let all = Latch()
    struct Crowd: Workflow {
      let all: Latch
      let input = Artifact<Int>("number")
      let output = Artifact<Int>("sum")
      func part(_ index: Int) -> Artifact<Int> { Artifact("part \(index)") }
      var body: some Step {
        Parallel {
          for index in 0..<1_000 {
            Stage("part \(index)", reads: input, writes: part(index)) { number in
              all.arrive()
              await all.untilArrived(1_000)
              return number
            }
          }
        }
        Stage("sum", reads: .all((0..<1_000).map { part($0) }), writes: output) {
          $0.reduce(0, +)
        }
      }
    }
    #expect(try await Runtime().run(Crowd(all: all), input: 2) == 2_000)
  }
}
