import Testing
import TroupeSimulation

@Suite struct LineDifferenceTests {
  private func difference(_ old: String, _ new: String, context: Int = 2) -> String {
    LineDifference(
      from: old.split(separator: " ").joined(separator: "\n"),
      to: new.split(separator: " ").joined(separator: "\n"), context: context
    ).lines.joined(separator: "|")
  }

  @Test func changedLinesStandAmongTheirNeighbours() {
    #expect(difference("a b c", "a x c") == "  a|- b|+ x|  c")
    #expect(difference("a b", "a b c") == "  a|  b|+ c")
    #expect(difference("a b c", "b c") == "- a|  b|  c")
    #expect(difference("a b c d", "b a c e") == "- a|  b|+ a|  c|- d|+ e")
  }

  @Test func linesFarFromAnyChangeAreCounted() {
    #expect(
      difference("a b c d e f g h i j k", "a b c d X f g h i j k")
        == "  … 2 unchanged lines|  c|  d|- e|+ X|  f|  g|  … 4 unchanged lines")
    #expect(difference("a b c x", "a b c y", context: 0) == "  … 3 unchanged lines|- x|+ y")
  }

  @Test func aSingleUnchangedLineIsShown() {
    #expect(difference("a b c x", "a b c y") == "  a|  b|  c|- x|+ y")
  }

  @Test func equalTextsHaveNoDifference() {
    let difference = LineDifference(from: "a\nb", to: "a\nb")
    #expect(difference.isEmpty)
    #expect(difference.description == "  … 2 unchanged lines")
    #expect(LineDifference(from: "", to: "").isEmpty)
    #expect(!LineDifference(from: "", to: "a").isEmpty)
  }

  @Test func emptyLinesHaveNoBlanks() {
    #expect(LineDifference(from: "a\n\nb", to: "a\n\nc").lines == ["  a", "", "- b", "+ c"])
  }

  @Test func textsThatShareNothingAreComparedInNoTime() {
    let old = (0..<50_000).map { "old \($0)" }.joined(separator: "\n")
    let new = (0..<50_000).map { "new \($0)" }.joined(separator: "\n")
    #expect(LineDifference(from: old, to: new).lines.count == 100_000)
  }
}
