import Testing
import Troupe

/// Names, calls, roles and bodies.
@Suite struct StructureTests {
  @Test func aBodyIsEmptyAfterItsIfs() {
    let isThorough = false
    let text = report { input, output in
      Phase("check") {
        if isThorough { Stage("check", reads: input, writes: a) { $0 } }
      }
      Stage("end", reads: input, writes: output) { $0 }
    }
    #expect(
      text == """
        +1:12: error: phase 'check' has no steps
          its 'if's or 'for's left nothing: add a step, or 'Nothing()' if that is meant
        """)
  }

  @Test func aWorkflowIsEmptyAfterItsIfs() {
    let isThorough = false
    let text = report { input, output in
      if isThorough { Stage("check", reads: input, writes: output) { $0 } }
    }
    #expect(
      text == """
        error: workflow 'sketch' has no steps
          its 'if's or 'for's left nothing: add a step, or 'Nothing()' if that is meant
        """)
  }

  @Test func aBranchIsEmptyAfterItsIfs() {
    let isThorough = false
    let text = report { input, output in
      Choose("size", on: input) {
        When("small") {
          $0 < 3
        } then: {
          if isThorough { Effect("tell", reads: input) { _ in } }
        }
        Otherwise { Nothing() }
      }
      Stage("end", reads: input, writes: output) { $0 }
    }
    #expect(
      text == """
        +2:13: error: branch 'small' has no steps
          its 'if's or 'for's left nothing: add a step, or 'Nothing()' if that is meant
        """)
  }

  @Test func namesAreNotUnique() {
    let text = report { input, output in
      Stage("check", reads: input, writes: a) { $0 }
      Stage("check", reads: a, writes: output) { $0 }
    }
    #expect(
      text == """
        +2:12: error: two steps of one body are named 'check', the first at +1:12
          give one of them another name
        """)
  }

  @Test func twoContainersHaveNoName() {
    let text = report { input, output in
      Parallel { Stage("one", reads: input, writes: a) { $0 } }
      Parallel { Stage("two", reads: a, writes: output) { $0 } }
    }
    #expect(
      text == """
        +2:16: error: two Parallels of one body have no name, the first at +1:16
          give this one a name: Parallel("…")
        """)
  }

  @Test func aWorkflowIsCalledTwice() {
    let called = Sketch("called") { input, output in
      Stage("inner", reads: input, writes: output) { $0 }
    }
    let text = report { input, output in
      Call(called, reads: input, writes: a)
      Call(called, reads: a, writes: output)
    }
    #expect(
      text == """
        +2:11: error: two steps of one body are named 'called', the first at +1:11
          give one of them another name: Call(…, as: "…")
        """)
  }

  @Test func aWorkflowCallsItself() {
    #expect(
      report(of: Ping(), line: pingLine) == """
        +14:9: error: workflow 'ping' calls itself: ping → pong → ping
          a plan is finite: use a Repeat for work that is done again, or end the calls within 64
        """)
  }

  @Test func callsNestTooDeep() {
    #expect(
      report(of: Deep(level: 0), line: deepLine) == """
        +7:9: error: calls nest more than 64 deep: level-0 → level-1 → level-2 → … → level-63 → level-64
          a plan holds the steps of every call: let one workflow call several in turn
        """)
  }

  @Test func twoRolesHaveOneName() {
    let text = report { input, output in
      Stage("one", by: .writer, reads: input, writes: a) { "\($0)" }
      Stage(
        "two", by: Role("writer", skills: ["prose"], instructions: "Be brief."), reads: a,
        writes: output
      ) { "\($0)" }
    }
    #expect(
      text == """
        +2:12: error: role 'writer' of stage 'two' differs in skills and instructions from the role 'writer' used at +1:12
          declare a role once, as a static member of Role, and use it everywhere
        """)
  }

  @Test func anOtherwiseIsNotLast() {
    let text = report { input, output in
      Choose("size", on: input) {
        Otherwise { Nothing() }
        When("small") {
          $0 < 3
        } then: {
          Effect("tell", reads: input) { _ in }
        }
        Otherwise { Nothing() }
      }
      Stage("end", reads: input, writes: output) { $0 }
    }
    #expect(
      text == """
        +2:19: error: choose 'size' has an 'Otherwise' before its last branch
          put 'Otherwise' last: nothing after it would ever be taken
        """)
  }

  @Test func gatheredArtifactsCannotBeWritten() {
    let text = report { input, output in
      Stage("split", reads: input, writes: .all([a, b])) { [$0] }
      Stage("end", reads: input, writes: output) { $0 }
    }
    #expect(
      text == """
        +1:12: error: stage 'split' writes '.all(…)' of 'a, b', which can only be read
          write one artifact: Artifact<[Element]>("…")
        """)
  }

  @Test func aContainerCannotReadGatheredArtifacts() {
    let results = Artifact<[Int]>("results")
    let text = report { input, output in
      FanOut("each", over: .all([input]), into: results) { number, result in
        Stage("double", reads: number, writes: result) { $0 * 2 }
      }
      Stage("end", reads: results, writes: output) { $0.count }
    }
    #expect(
      text == """
        +1:13: error: fan-out 'each' reads '.all(…)' of 'input', which only a stage can
          let a stage before it gather them: Stage("gather", reads: .all(…), writes: list) { $0 }
        """)
  }

  @Test func aRaceHasNoContestants() {
    let text = report { input, output in
      Stage("end", reads: input, writes: output) { $0 }
      Race { Nothing() }
    }
    #expect(
      text == """
        +2:12: error: the race has no contestants, and so nobody who could win
          add a step, or leave the race out
        """)
  }
}

private let pingLine = #line
private struct Ping: Workflow {
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  var body: some Step {
    Call(Pong(), as: "once", reads: input, writes: a)
    Call(Pong(), as: "twice", reads: a, writes: output)
  }
}

private struct Pong: Workflow {
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  var body: some Step {
    Call(Ping(), reads: input, writes: output)
  }
}

private let deepLine = #line
private struct Deep: Workflow {
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  var level: Int
  var name: String { "level-\(level)" }
  var body: some Step {
    Call(Deep(level: level + 1), reads: input, writes: output)
  }
}
