import Testing

@testable import TroupeRuntime

@Suite struct PlacesAroundTests {
  @Test func aTakeBelongsToTheStepThatIsDoneAgain() {
    #expect(
      "flow/p~2/each/items[3]/x~4/y".placesAround == [
        "flow/p~2/each/items[3]/x", "flow/p~2/each/items[3]", "flow/p~2/each", "flow/p", "flow",
      ])
    #expect("flow".placesAround.isEmpty)
  }
}
