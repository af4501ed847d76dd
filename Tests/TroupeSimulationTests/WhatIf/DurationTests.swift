import Testing
import Troupe
import TroupeSimulation

/// How long stages take, as JSON and as Swift.
@Suite struct DurationTests {
  private func read(_ json: JSONValue) throws -> Durations {
    try Durations(json: json, for: LaunchPost().compile().plan)
  }

  private func problems(_ json: JSONValue) -> [String] {
    let error = #expect(throws: StudyMistakes.self) { try read(json) }
    return error?.problems ?? []
  }

  @Test func durationsAreReadByStageByRoleAndForTheRest() throws {
    let durations = try read([
      "draft": "2 h 30 min", "launch-post/review/facts": ["exponential": "30 min"],
      "review/style": ["triangular": ["5 min", "10 min", "1 h"]],
      "role:researcher": ["uniform": ["5 min", "PT20M"]], "*": ["fixed": "250 ms"],
    ])
    #expect(
      durations
        == Durations(
          stages: [
            "draft": .fixed(.minutes(150)),
            "launch-post/review/facts": .exponential(mean: .minutes(30)),
            "review/style": .triangular(.minutes(5), mode: .minutes(10), .hours(1)),
          ], roles: ["researcher": .uniform(.minutes(5), .minutes(20))],
          others: .fixed(.milliseconds(250))))
  }

  @Test func keysThatFitNothingAreNamedWithWhatWasMeant() {
    #expect(
      problems(["drafft": "1 min", "facts": "1 min", "role:writter": "1 min", "role:zebra": "1 s"])
        == [
          "no stage has the path 'drafft'; did you mean 'draft'?",
          "no stage has the path 'facts'; did you mean 'review/facts'?",
          "no stage is done by the role 'writter'; did you mean 'writer'?",
          "no stage is done by the role 'zebra'; there is 'researcher', 'writer', 'critic'",
        ])
  }

  private static let mistakes: [(value: JSONValue, problem: String)] = [
    (
      "10 minutes",
      "expected a duration such as \"10 min\", \"2 h 30 min\", \"250 ms\" or \"PT1H30M\", "
        + "found the string \"10 minutes\""
    ),
    (
      5,
      "expected a duration such as \"10 min\", or one of {\"uniform\": [\"5 min\", \"20 min\"]}, "
        + "{\"triangular\": [\"5 min\", \"10 min\", \"1 h\"]} and {\"exponential\": \"30 min\"}, "
        + "found the number 5"
    ),
    ("400000000 d", "a duration is longer than 1,000 years"),
    (["unifrom": "1 s"], "no distribution is named 'unifrom'; did you mean 'uniform'?"),
    (
      ["uniform": ["1 s"]],
      "expected an array of 2 durations, shortest and longest, found an array of 1 element"
    ),
    (
      ["uniform": ["2 s", "1 s"]],
      "the two durations of 'uniform' must rise: shortest, longest"
    ),
    (
      ["triangular": ["1 s", "9 s", "5 s"]],
      "the three durations of 'triangular' must rise: shortest, most likely, longest"
    ),
  ]

  @Test func aValueThatIsNoTimingIsNamedWithItsKey() {
    for (value, problem) in Self.mistakes {
      #expect(problems(["draft": value]) == ["'draft': \(problem)"])
    }
  }

  @Test func whatIsNoObjectIsRefused() {
    #expect(
      problems(["1 min"]) == [
        "expected an object of stages and how long they take, found an array of 1 element"
      ])
  }

  @Test func aStudyRefusesRolesThatNobodyHasAndMembersThatAreNone() async {
    let study = WhatIf(
      of: LaunchPost(), durations: Durations(stages: ["end": .fixed(.seconds(-1))]),
      members: ["critic": 0, "writr": 2])
    let error = await #expect(throws: StudyMistakes.self) { try await study.report(on: "cats") }
    #expect(
      error?.problems == [
        "no stage has the path 'end'; there is 'research', 'draft', 'review/facts', "
          + "'review/style', 'assemble'", "'end': a duration is negative",
        "the role 'critic' has 0 members; give it at least 1",
        "no stage is done by the role 'writr'; did you mean 'writer'?",
      ])
  }
}
