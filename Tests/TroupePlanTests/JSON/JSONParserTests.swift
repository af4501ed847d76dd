import Dispatch
import Foundation
import Synchronization
import Testing
import TroupeSimulation

@testable import TroupePlan

@Suite struct JSONParserTests {
  static let readable: [(String, JSONValue)] = [
    (" null ", JSONValue.null), ("[]", []), ("{ }", [:]), ("-0", 0), ("1.5e3", 1500),
    ("-12", -12), ("9223372036854775807", .integer(.max)),
    ("9223372036854775808", .number(9_223_372_036_854_775_808)),
    ("\u{FEFF}[1 , 2]", [1, 2]), (#""\u00e9\ud83c\udfad\/""#, "é🎭/"),
    (#"{"a" : {"b":[true,false]}}"#, ["a": ["b": [true, false]]]),
    ("[1e-2,0.01]", [0.01, 0.01]),
  ]

  @Test(arguments: readable)
  func textsAreRead(text: String, value: JSONValue) throws {
    #expect(try JSONValue(parsing: text) == value)
  }

  @Test(arguments: [
    ("", "line 1, column 1: expected a value, found the end of the text"),
    ("{\n  \"a\": }", "line 2, column 8: expected a value, found '}'"),
    ("{\r\n\"é\":1,\r\n,}", "line 3, column 1: expected a key in quotes, found ','"),
    ("[1 2]", "line 1, column 4: expected ',' or ']', found '2'"),
    ("{\"a\":1", "line 1, column 7: expected ',' or '}', found the end of the text"),
    ("{\"a\" 1}", "line 1, column 6: expected ':', found '1'"),
    ("[1,]", "line 1, column 4: expected a value, found ']'"),
    ("nul", "line 1, column 1: expected a value, found 'n'"),
    ("not json", "line 1, column 1: expected a value, found 'n'"),
    ("[true, fine]", "line 1, column 8: expected a value, found 'f'"),
    ("1 x", "line 1, column 3: expected the end of the text, found 'x'"),
    ("01", "line 1, column 2: expected no digit after a leading zero, found '1'"),
    ("-", "line 1, column 2: expected a digit, found the end of the text"),
    ("1.e", "line 1, column 3: expected a digit, found 'e'"),
    ("+1", "line 1, column 1: expected a value, found '+'"),
    ("1e999", "line 1, column 1: expected a number within the range of Double, found 1e999"),
    ("\"é\"é", "line 1, column 4: expected the end of the text, found 'é'"),
    ("\"a", "line 1, column 3: expected '\"' at the end of the string, found the end of the text"),
    ("\"\\x\"", "line 1, column 3: expected one of \" \\ / b f n r t u after '\\', found 'x'"),
    ("\"\\u12g\"", "line 1, column 6: expected four hexadecimal digits after '\\u', found 'g'"),
    ("\"\\ud800\"", "line 1, column 2: expected a pair of surrogates, found a lone one"),
    ("\"\\udc00\\ud800\"", "line 1, column 2: expected a pair of surrogates, found a lone one"),
    (
      "\"\t\"",
      "line 1, column 2: expected control characters in a string to be escaped, "
        + "found the control character U+9"
    ),
    (
      "{\"a\":1,\"a\":2}",
      "line 1, column 8: expected a key that is not yet in the object, found \"a\" a second time"
    ),
  ])
  func errorsNameThePlaceAndWhatWasExpected(text: String, message: String) throws {
    let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
    #expect(error?.description == message)
  }

  @Test func bytesThatAreNotUTF8AreRefused() {
    let error = #expect(throws: JSONSyntaxError.self) {
      try JSONValue(parsing: [0x5B, 0x22, 0xFF, 0x22, 0x5D])
    }
    #expect(
      error?.description
        == "line 1, column 2: expected a string of UTF-8, found bytes that are not UTF-8")
  }

  @Test func nestingIsLimitedTo128Levels() throws {
    let deepest = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
    #expect(try JSONValue(parsing: deepest).canonicalText == deepest)
    let error = #expect(throws: JSONSyntaxError.self) {
      try JSONValue(parsing: String(repeating: "{\"a\":", count: 100_000))
    }
    #expect(
      error?.description
        == "line 1, column 641: expected at most 128 levels of nesting, found one more")
  }

  @Test func theDeepestValueFitsOnTheSmallestStack() throws {
    struct Nest: Codable { var a: [Nest] }
    let text =
      String(repeating: "{\"a\":[", count: 64) + String(repeating: "]}", count: 64)
    let done = DispatchSemaphore(value: 0)
    let written = Mutex<String?>(nil)
    let thread = Thread {
      let value = try? JSONValue(parsing: text)
      let nest = try? value?.decode(as: Nest.self)
      let again = nest.flatMap { try? JSONValue(encoding: $0) }
      written.withLock { $0 = again == value ? again?.canonicalText : nil }
      done.signal()
    }
    thread.stackSize = 512 * 1024
    thread.start()
    done.wait()
    #expect(written.withLock { $0 } == text)
  }

  @Test func randomBytesNeverCrashTheParser() {
    var random = SeededGenerator(seed: 1)
    let alphabet = Array(#"{}[]":,0123456789-+.eEtruefalsn\ud8dc "#.utf8) + [0xFF, 0xC3, 0xA9, 10]
    var accepted = 0
    for round in 0..<2_000 {
      let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        round.isMultiple(of: 2)
          ? UInt8.random(in: 0...255, using: &random) : alphabet.randomElement(using: &random)!
      }
      guard let value = try? JSONValue(parsing: bytes) else { continue }
      accepted += 1
      #expect((try? JSONValue(parsing: value.canonicalText)) == value)
    }
    #expect(accepted > 0)
  }

  @Test func damagedTextsNeverCrashTheParser() throws {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<2_000 {
      var bytes = Array(Self.value(&random, depth: 4).prettyText.utf8)
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
      if let value = try? JSONValue(parsing: bytes) {
        #expect(try JSONValue(parsing: value.canonicalText) == value)
      }
    }
  }

  @Test func randomValuesSurviveWritingAndReading() throws {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<1_000 {
      let value = Self.value(&random, depth: 5)
      #expect(try JSONValue(parsing: value.canonicalText) == value)
      #expect(try JSONValue(parsing: value.prettyText) == value)
      #expect(try JSONValue(parsing: value.prettyText).canonicalText == value.canonicalText)
    }
  }

  static func value(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
    case 0: .null
    case 1: .bool(.random(using: &random))
    case 2: .integer(.random(in: .min ... .max, using: &random))
    case 3: .number(Self.double(&random))
    case 4: .string(text(&random))
    case 5:
      .array(
        (0..<Int.random(in: 0...4, using: &random)).map { _ in value(&random, depth: depth - 1) })
    default:
      .object(
        Dictionary(
          (0..<Int.random(in: 0...4, using: &random)).map { _ in
            (text(&random), value(&random, depth: depth - 1))
          }, uniquingKeysWith: { $1 }))
    }
  }

  private static func double(_ random: inout SeededGenerator) -> Double {
    let number = Double(bitPattern: .random(in: 0 ... .max, using: &random))
    return number.isFinite ? number : 0.5
  }

  private static func text(_ random: inout SeededGenerator) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      let value = UInt32.random(in: 0...0x10FFFF, using: &random)
      text.unicodeScalars.append(Unicode.Scalar(value % 400) ?? "x")
      text.unicodeScalars.append(Unicode.Scalar(value) ?? "\\")
    }
    return text
  }
}
