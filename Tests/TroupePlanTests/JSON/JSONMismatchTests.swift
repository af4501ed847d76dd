import Foundation
import Testing

@testable import TroupePlan

@Suite struct JSONMismatchTests {
  struct Section: Codable {
    var title: String
    var color: Color?
    var day: Date?
    var numbers: [Int]?
  }

  struct Report: Codable {
    var sections: [Section]
    var byName: [String: Section]?
    var link: URL?
    var mail: Unprovided?
    var small: Int8?
    var pair: Pair?
  }

  @Test(arguments: [
    (
      #"{"sections":[{"title":"a"},{"title":7}]}"#,
      "sections[1].title: expected a string, found the number 7"
    ),
    (
      #"{"sections":[{"titel":"a"}]}"#,
      #"sections[0]: expected the key "title", found an object of 1 key without it; "#
        + #""titel" is not known, did you mean "title"?"#
    ),
    (
      #"{"sections":[{"name":"a","color":"red"}]}"#,
      #"sections[0]: expected the key "title", found an object of 2 keys without it"#
    ),
    ("[1,2]", "expected an object, found an array of 2 elements"),
    ("{}", #"expected the key "sections", found an object of 0 keys without it"#),
    (#"{"sections":"x"}"#, #"sections: expected an array, found the string "x""#),
    (#"{"sections":[null]}"#, "sections[0]: expected an object, found null"),
    (
      #"{"sections":[{"title":"a","color":"blue"}]}"#,
      #"sections[0].color: expected one of "red", "GREEN", found the string "blue""#
    ),
    (
      #"{"sections":[{"title":"a","day":"monday"}]}"#,
      #"sections[0].day: expected an instant such as "2026-01-01T00:00:00Z", "#
        + #"found the string "monday""#
    ),
    (
      #"{"sections":[{"title":"a","numbers":[1,true]}]}"#,
      "sections[0].numbers[1]: expected an integer, found true"
    ),
    (
      #"{"sections":[],"byName":{"odd key":{"title":[]}}}"#,
      #"byName["odd key"].title: expected a string, found an array of 0 elements"#
    ),
    (
      #"{"sections":[],"small":300}"#,
      "small: expected an integer, found the number 300; the number 300 is no 'Int8'"
    ),
    (#"{"sections":[],"small":1.5}"#, "small: expected an integer, found the number 1.5"),
    (
      #"{"sections":[],"pair":[1]}"#,
      "pair: expected at least 2 elements, found an array of 1 element"
    ),
    (#"{"sections":[],"link":1}"#, "link: expected a URL, found the number 1"),
    (
      #"{"sections":[],"mail":"ada"}"#,
      #"mail: expected a string, found the string "ada"; an address has an @"#
    ),
  ])
  func theMessageNamesPlaceAndExpectedAndFound(text: String, message: String) throws {
    let json = try JSONValue(parsing: text)
    let error = #expect(throws: JSONMismatch.self) { try json.decode(as: Report.self) }
    #expect(error?.description == message)
  }

  @Test func whatATypeThrowsItselfIsTheHint() throws {
    struct Refusal: Error, CustomStringConvertible { let description = "not on Sundays" }
    struct Picky: Decodable {
      init(from decoder: any Decoder) throws { throw Refusal() }
    }
    let error = #expect(throws: JSONMismatch.self) { try JSONValue.null.decode(as: Picky.self) }
    #expect(error?.hint == "not on Sundays")
  }

  @Test func unknownKeysAreListedWithTheNearestKnownOne() throws {
    let json = try JSONValue(
      parsing: """
        {"sections": [{"title": "a", "colour": "red", "x": 1}], "lnik": "y",
         "byName": {"any": {"title": "b", "titel": "c"}}}
        """)
    let unknown = JSONSchema(of: Report.self).unknownKeys(in: json)
    #expect(
      unknown.map(\.keyPath) == ["byName.any.titel", "lnik", "sections[0].colour", "sections[0].x"])
    #expect(unknown.map(\.nearest) == [nil, "link", "color", nil])
  }

  @Test func unknownKeysAreFoundThroughReferencesAndOptionals() {
    let json: JSONValue = ["value": 1, "children": [["value": 2, "children": [], "valeu": 3]]]
    let unknown = JSONSchema(of: Tree?.self).unknownKeys(in: json)
    #expect(unknown.map(\.keyPath) == ["children[0].valeu"])
  }

  @Test func objectsWithUnknownPartsAreNotJudged() {
    #expect(JSONSchema(of: Outer.self).unknownKeys(in: ["bloked": 1]).isEmpty)
  }
}
