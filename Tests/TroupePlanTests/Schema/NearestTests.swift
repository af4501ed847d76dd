import Testing

@testable import TroupePlan

@Suite struct NearestTests {
  @Test(arguments: [
    ("titel", "title"), ("Title", "title"), ("colour", "color"), ("sectoins", "sections"),
    ("minimumWord", "minimumWords"), ("x", nil), ("headline", nil), ("", nil),
  ])
  func aSlipOfThePenIsRecognised(name: String, match: String?) {
    let known = ["sections", "title", "titles", "color", "minimumWords", "y"]
    #expect(Nearest.match(name, in: known) == match)
  }

  @Test func theFirstOfEquallyNearOnesIsTaken() {
    #expect(Nearest.match("bat", in: ["cat", "hat"]) == "cat")
    #expect(Nearest.match("bat", in: ["hat", "cat"]) == "hat")
  }

  @Test func aSwapOfNeighboursIsOneMistake() {
    #expect(Nearest.distance(Array("titel"), Array("title")) == 1)
    #expect(Nearest.distance(Array("kitten"), Array("sitting")) == 3)
    #expect(Nearest.distance([], Array("abc")) == 3)
  }
}
