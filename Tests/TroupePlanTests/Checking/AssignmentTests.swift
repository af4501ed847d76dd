import Testing
import TroupePlan
import TroupeTestSupport

/// The checker against a reference that is slow and obviously right, over random plans.
@Suite struct AssignmentTests {
  @Test func randomPlansAreCheckedLikeTheReference() {
    var kinds: [String: Int] = [:]
    for number in 0..<800 {
      var seed = Seed(number)
      let root = seed.grow()
      let reference = Reference(root)
      var found = Set(PlanChecker.problems(in: root.plan).compactMap(Self.text))
      var expected = reference.problems
      found.subtract(reference.ambiguous.map { "cycle \($0)" })
      if reference.isTangled {
        found = found.filter { $0.hasPrefix("twice") || $0.hasPrefix("cycle") }
        expected = expected.filter { $0.hasPrefix("twice") || $0.hasPrefix("cycle") }
      }
      #expect(found == expected, "plan \(number)")
      for problem in expected { kinds[String(problem.prefix { $0 != " " }), default: 0] += 1 }
      if expected.isEmpty { kinds["none", default: 0] += 1 }
    }
    // The plans are worth the name random: each kind of problem occurs, and plans without any.
    for kind in [
      "unwritten", "output", "result", "gate", "twice", "beside", "bound", "surroundings", "cycle",
      "none",
    ] { #expect(kinds[kind, default: 0] > 5, "\(kind)") }
  }

  @Test func twentyThousandNodesAreChecked() {
    let stages = (0..<20_000).map { number in
      Sprout(kind: .stage, reads: ["0:a\(max(0, number - 1))"], writes: "0:a\(number)")
    }
    var chain = Sprout(kind: .sequence, children: stages)
    _ = chain.number(from: 0)
    #expect(
      PlanChecker.problems(in: chain.plan).compactMap(Self.text).sorted()
        == ["output 0", "unwritten 1"])

    var flow = chain
    flow.children = [Sprout(kind: .dataflow, children: stages.reversed())]
    _ = flow.number(from: 0)
    #expect(
      PlanChecker.problems(in: flow.plan).compactMap(Self.text).sorted()
        == ["output 0", "unwritten 20001"])

    var wide = chain
    wide.children = [Sprout(kind: .parallel, children: stages)]
    _ = wide.number(from: 0)
    let atOnce = PlanChecker.problems(in: wide.plan).compactMap(Self.text)
    #expect(atOnce.count { $0.hasPrefix("beside") } == 19_999)
    #expect(PlanChecker.check(wide.plan).count == atOnce.count + 1)
  }

  @Test func whatDiffersBetweenPathsIsToldOfTheRightNode() {
    // The reference knows nothing of types, limits and habits; they have tests with whole texts.
    let writer = Sprout(kind: .stage, reads: ["0:in"], writes: "0:out")
    var root = Sprout(
      kind: .sequence,
      children: [
        Sprout(kind: .choose(.fail), reads: ["0:in"], children: [writer, Sprout(kind: .stage)])
      ])
    _ = root.number(from: 0)
    let diagnostics = PlanChecker.check(root.plan)
    #expect(diagnostics.map(\.path?.description) == ["0/1", "0/1/3"])
  }

  private static func text(_ problem: Problem) -> String? {
    switch problem {
    case .unwritten(let reader, _): "unwritten \(reader)"
    case .unwrittenOutput(let scope, _): "output \(scope)"
    case .unwrittenResult(let fanOut, _): "result \(fanOut)"
    case .unwrittenJudged(let node, _, _): "gate \(node)"
    case .twoWriters(_, _, let second, _): "twice \(second)"
    case .readerBesideWriter(_, let reader, _, _): "beside \(reader)"
    case .writesBound(_, let writer, _): "bound \(writer)"
    case .writesSurroundings(_, let writer, _): "surroundings \(writer)"
    case .cycle(let dataflow, _): "cycle \(dataflow)"
    default: nil
    }
  }
}
