import Foundation
import Testing
import TroupePlan

@testable import TroupeRuntime

/// Letters as their files hold them.
@Suite struct LetterTests {
  private let contents: [Letter.Content] = [
    .signal("approved", payload: ["by": "Ann"]), .cancel(why: nil), .cancel(why: "too late"),
    .settle(at: "shop/charge", .finished(7), why: "the bank says so"),
    .settle(at: "shop/charge", .finished(nil), why: nil),
    .settle(at: "shop/rounds[2]/charge", .notDone, why: "no"),
    .settle(at: "shop/charge", .abort, why: "enough"),
  ]

  @Test func aLetterIsReadAsItWasWritten() throws {
    for content in contents {
      let letter = Letter(id: "a-1", from: "Ann", at: Date(timeIntervalSince1970: 5), content)
      #expect(try Letter(letter.bytes, name: "a-1") == letter)
      let unsigned = Letter(id: "a-1", from: nil, at: Date(timeIntervalSince1970: 5), content)
      #expect(try Letter(unsigned.bytes, name: "a-1") == unsigned)
    }
  }

  @Test(arguments: [
    ("", "it is no JSON"), ("[]", "it is no JSON object"), ("{}", "its format is not 1"),
    (#"{"format":2}"#, "its format is not 1"),
    (#"{"format":1,"id":"b"}"#, "its id is not the file's name"),
    (#"{"format":1,"id":"a"}"#, "it does not say when"),
    (#"{"format":1,"id":"a","at":"2026-11-21T11:11:24.123456Z"}"#, "it has no type"),
    (#"{"format":1,"id":"a","at":"2026-11-21T11:11:24.123456Z","type":"x"}"#, "of type 'x'"),
    (#"{"format":1,"id":"a","at":"2026-11-21T11:11:24.123456Z","type":"signal"}"#, "no signal"),
    (#"{"format":1,"id":"a","at":"2026-11-21T11:11:24.123456Z","type":"settle"}"#, "no address"),
    (
      #"{"format":1,"id":"a","at":"2026-11-21T11:11:24.123456Z","type":"settle","address":"b"}"#,
      "what was found out"
    ),
  ])
  func whatIsNoLetterIsToldFromOne(_ text: String, _ reason: String) throws {
    let error = #expect(throws: Illegible.self) { try Letter(Array(text.utf8), name: "a") }
    #expect(error?.description.contains(reason) == true, "\(error as Any)")
  }

  @Test func aNameThatCouldLeaveTheFolderIsNoIdentity() throws {
    let letter = Letter(id: "../a", from: nil, at: Date(), .cancel(why: nil))
    #expect(throws: Illegible.self) { try Letter(letter.bytes, name: "../a") }
  }

  @Test func newIdentitiesSortAsTheyWereMade() {
    let ids = (0..<100).map { number in
      Letter.newID(
        at: Date(timeIntervalSince1970: 1_893_488_400 + Double(number) / 100),
        chance: .random(in: .min ... .max))
    }
    #expect(ids == ids.sorted())
    #expect(ids.allSatisfy(Store.isUsable))
  }
}
