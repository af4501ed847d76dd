import Testing
import Troupe
import TroupePlan

/// What bodies become in a plan.
@Suite struct BodyTests {
  @Test func aPlanIsInPreOrderWithPathsByName() throws {
    let outline = try outline { input, output in
      Phase("write") {
        Stage("draft", reads: input, writes: a) { $0 }
        Parallel {
          Stage("facts", reads: a, writes: b) { $0 }
          Stage("style", reads: a, writes: c) { $0 }
        }
      }
      Stage("send off", reads: b, c, writes: output) { $0 + $1 }
    }
    #expect(
      outline == [
        "sketch: sequence", "sketch/write: sequence", "sketch/write/draft: stage",
        "sketch/write/parallel: parallel", "sketch/write/parallel/facts: stage",
        "sketch/write/parallel/style: stage", "sketch/send off: stage",
      ])
  }

  @Test(arguments: [true, false]) func anIfTakesOneSideWhenItIsDeclared(_ isThorough: Bool) throws {
    let outline = try outline { input, output in
      if isThorough {
        Stage("think", reads: input, writes: a) { $0 }
        Stage("check", reads: a, writes: output) { $0 }
      } else {
        Stage("guess", reads: input, writes: output) { $0 }
      }
    }
    #expect(
      outline
        == (isThorough
          ? ["sketch: sequence", "sketch/think: stage", "sketch/check: stage"]
          : ["sketch: sequence", "sketch/guess: stage"]))
  }

  @Test(arguments: [0, 1, 2]) func aSwitchTakesOneCaseWhenItIsDeclared(_ effort: Int) throws {
    let outline = try outline { input, output in
      switch effort {
      case 0: Stage("guess", reads: input, writes: output) { $0 }
      case 1: Stage("think", reads: input, writes: output) { $0 }
      default:
        Stage("ask", reads: input, writes: a) { $0 }
        Stage("answer", reads: a, writes: output) { $0 }
      }
    }
    let steps = [["guess"], ["think"], ["ask", "answer"]][effort]
    #expect(outline == ["sketch: sequence"] + steps.map { "sketch/\($0): stage" })
  }

  @Test func aForGivesItsStepsOnceForEachElement() throws {
    let parts = (1...3).map { Artifact<Int>("part \($0)") }
    let outline = try outline { input, output in
      Parallel("spread") {
        for (index, part) in parts.enumerated() {
          Stage("part \(index + 1)", reads: input, writes: part) { $0 }
        }
      }
      Stage("sum", reads: .all(parts), writes: output) { $0.reduce(0, +) }
    }
    #expect(
      outline == [
        "sketch: sequence", "sketch/spread: parallel", "sketch/spread/part 1: stage",
        "sketch/spread/part 2: stage", "sketch/spread/part 3: stage", "sketch/sum: stage",
      ])
  }

  @Test func nothingLeavesNoTraceAmongOtherSteps() throws {
    let outline = try outline { input, output in
      Nothing()
      Stage("end", reads: input, writes: output) { $0 }
      Parallel("idle") { Nothing() }
    }
    #expect(outline == ["sketch: sequence", "sketch/end: stage", "sketch/idle: parallel"])
  }

  @Test func aCallHoldsTheStepsOfItsWorkflow() throws {
    let called = Sketch("called") { input, output in
      Stage("work", reads: input, writes: output) { $0 }
    }
    let outline = try outline { input, output in
      Call(called, as: "first", reads: input, writes: a)
      Call(called, reads: a, writes: output)
    }
    #expect(
      outline == [
        "sketch: sequence", "sketch/first: call", "sketch/first/work: stage",
        "sketch/called: call", "sketch/called/work: stage",
      ])
  }

  @Test func aFallbackStandsBesideTheChildren() throws {
    let plan = try plan { input, output in
      Phase("try") {
        Stage("work", reads: input, writes: output) { $0 }
      }
      .fallback { Stage("instead", reads: input, writes: output) { $0 } }
    }
    #expect(
      plan.nodes.map(\.path.description) == [
        "sketch", "sketch/try", "sketch/try/work", "sketch/try/@fallback",
        "sketch/try/@fallback/instead",
      ])
    #expect(plan.nodes[1].children == [2])
    #expect(plan.nodes[1].fallback == 3)
  }

  @Test func everyStepAndGateKnowsItsLine() throws {
    let line = #line
    let plan = try plan { input, output in
      Stage("draft", reads: input, writes: a) { $0 }
        .gate("large") { $0 > 3 }
      Choose("size", on: a) {
        When("small") {
          $0 < 3
        } then: {
          Stage("guess", reads: a, writes: output) { $0 }
        }
        Otherwise { Stage("think", reads: a, writes: output) { $0 } }
      }
    }
    #expect(
      plan.nodes.map { $0.location.map { $0.line - line } } == [nil, 2, 4, 5, 8, 10, 10])
    #expect(plan.nodes[1].policies.gates.map { $0.location?.line } == [line + 3])
    #expect(plan.nodes[1].location?.fileID == #fileID)
    #expect(plan.nodes[1].location?.column == 12)
  }
}
