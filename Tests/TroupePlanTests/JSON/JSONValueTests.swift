import Foundation
import Testing

@testable import TroupePlan

@Suite struct JSONValueTests {
  @Test func canonicalTextSortsKeysByTheirBytesAndHasNoSpaces() {
    let value: JSONValue = ["b": [1, 2.5, nil, true], "a": ["é": "x", "z": [:], "Z": []]]
    #expect(value.canonicalText == #"{"a":{"Z":[],"z":{},"é":"x"},"b":[1,2.5,null,true]}"#)
  }

  @Test func prettyTextIsIndentedByTwoSpaces() {
    let value: JSONValue = ["b": [1, ["c": false]], "a": [], "d": [:]]
    #expect(
      value.prettyText == """
        {
          "a": [],
          "b": [
            1,
            {
              "c": false
            }
          ],
          "d": {}
        }
        """)
  }

  @Test func controlCharactersAndQuotesAreEscaped() {
    let value: JSONValue = "\"\\/\n\r\t\u{8}\u{C}\u{1}\u{1F}é🎭"
    #expect(value.canonicalText == #""\"\\/\n\r\t\b\f\u0001\u001fé🎭""#)
  }

  @Test(arguments: [
    (0.1, "0.1"), (1.0, "1"), (-0.0, "0"), (1e300, "1e+300"), (.leastNonzeroMagnitude, "5e-324"),
    (9_007_199_254_740_993.0, "9007199254740992"), (.nan, "null"), (.infinity, "null"),
  ])
  func numbersAreWrittenInTheirShortestForm(number: Double, text: String) {
    #expect(JSONValue.number(number).canonicalText == text)
  }

  @Test func numbersAreEqualWhenTheirValuesAre() {
    #expect(JSONValue.integer(3) == .number(3))
    #expect(JSONValue.integer(3).hashValue == JSONValue.number(3).hashValue)
    #expect(JSONValue.integer(3) != .number(3.5))
    #expect(JSONValue.integer(.max) != .number(Double(Int.max)))
  }

  @Test func aSubscriptGivesTheValueOfAKey() {
    let value: JSONValue = ["a": nil]
    #expect(value["a"] == .some(.null))
    #expect(value["b"] == Optional<JSONValue>.none)
    #expect(JSONValue.array([])["a"] == Optional<JSONValue>.none)
  }

  @Test func mergingReplacesAllButObjects() {
    let defaults: JSONValue = ["a": ["b": 1, "c": 2], "d": [1, 2], "e": "x", "f": ["g": 1]]
    let given: JSONValue = ["a": ["c": 3], "d": [4], "e": nil, "f": 5, "h": true]
    #expect(
      given.merging(over: defaults)
        == ["a": ["b": 1, "c": 3], "d": [4], "e": nil, "f": 5, "h": true])
  }

  @Test func aValueSurvivesFoundationsCoders() throws {
    let value: JSONValue = [
      "a": [nil, true, 1, 1.5, "x", [:], []], "b": ["c": ["d": -3]], "e": 1e300,
    ]
    let data = try JSONEncoder().encode(value)
    #expect(try JSONDecoder().decode(JSONValue.self, from: data) == value)
  }

  @Test func elementsThatAreNullArePassed() throws {
    struct Sparse: Decodable {
      var sum = 0

      init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        for _ in 0..<(container.count ?? 0) where try !container.decodeNil() {
          sum += try container.decode(Int.self)
        }
      }
    }
    #expect(try JSONValue(arrayLiteral: nil, 1, nil, 2).decode(as: Sparse.self).sum == 3)
  }

  @Test func anIntegerBeyondIntIsRefusedRatherThanChanged() throws {
    let json = try JSONValue(encoding: UInt64.max)
    #expect(json == .number(18_446_744_073_709_551_616))
    #expect(throws: JSONMismatch.self) { try json.decode(as: UInt64.self) }
    let fitting = UInt64(1) << 63
    #expect(try JSONValue(encoding: fitting).decode(as: UInt64.self) == fitting)
  }

  @Test func swiftValuesAreEncodedAndDecoded() throws {
    struct Sample: Codable, Equatable {
      var date: Date
      var data: Data
      var url: URL
      var missing: Int?
      var any: JSONValue
    }
    let sample = Sample(
      date: Date(timeIntervalSinceReferenceDate: 0.25), data: Data([1, 2, 3]),
      url: try #require(URL(string: "https://example.com/a/b")), missing: nil, any: [1, nil])
    let json = try JSONValue(encoding: sample)
    #expect(
      json.canonicalText
        == #"{"any":[1,null],"data":"AQID","date":"2001-01-01T00:00:00.25Z","#
        + #""url":"https://example.com/a/b"}"#)
    #expect(try json.decode(as: Sample.self) == sample)
    #expect(try JSONValue.null.decode(as: JSONValue?.self) == nil)
    #expect(throws: EncodingError.self) { try JSONValue(encoding: [Double.nan]) }
  }

  @Test func encodingAgreesWithFoundation() throws {
    func compare(_ value: some Encodable) throws {
      let theirs = try JSONValue(parsing: JSONCoding.makeEncoder().encode(value))
      #expect(try JSONValue(encoding: value) == theirs, "\(value)")
    }
    for text in ["", "a/b", "é\u{0}\u{7f}\u{2028}\u{10ffff}\"\\\r\n"] { try compare(text) }
    for text in ["true", nil] as [String?] { try compare(text) }
    for integer in [Int.min, -1, 0, 1, Int.max] { try compare(integer) }
    for bool in [true, false] { try compare(bool) }
    for number in [0, -0.5, 1e300] { try compare(number) }
    try compare(UInt64.max)
    try compare(Int8(-1))
  }

  @Test(arguments: [
    "0.1", "1", "-3", "1e3", "2.0", "\"x\"", "\"2026-01-01T00:00:00.5Z\"",
    "\"AQID\"", "null", "true", "[]", "[1,2]", "[1,\"a\"]", "{}", "{\"1\":2}", "{\"a\":null}",
  ])
  func decodingAgreesWithFoundation(text: String) throws {
    func compare<Value: Codable & Equatable>(_ type: Value.Type) throws {
      let ours = try? JSONValue(parsing: text).decode(as: type)
      let theirs = try? JSONCoding.makeDecoder().decode(type, from: Data(text.utf8))
      #expect(ours == theirs, "\(type)")
    }
    try compare(Int.self)
    try compare(UInt64?.self)
    try compare(Double.self)
    try compare(Float.self)
    try compare(Decimal.self)
    try compare(Bool.self)
    try compare(String?.self)
    try compare(Date.self)
    try compare(Data.self)
    try compare([Int].self)
    try compare([Int?].self)
    try compare([String: Int].self)
    try compare([String: Int?].self)
    try compare([Int: Int].self)
    try compare(JSONValue.self)
    try compare(Range<Int>.self)
  }
}
