import Foundation
import Testing

@testable import TroupePlan

private struct Hidden {}

@Suite struct TypeNameTests {
  struct Nested {}
  struct Generic<Element> { struct Inner {} }

  @Test func namesHaveNoAddressesAndNoNoise() {
    struct Local {}
    let table: [(any Any.Type, String)] = [
      (String.self, "String"), ([Int].self, "[Int]"), (Int?.self, "Int?"),
      ([String: [Int?]].self, "[String: [Int?]]"), (Set<Int>.self, "Set<Int>"),
      (Date.self, "Foundation.Date"), (Hidden.self, "TroupePlanTests.Hidden"),
      (Nested.self, "TroupePlanTests.TypeNameTests.Nested"),
      (Local.self, "TroupePlanTests.TypeNameTests.Local"),
      ([Local].self, "[TroupePlanTests.TypeNameTests.Local]"),
      (Generic<[Hidden]>.self, "TroupePlanTests.TypeNameTests.Generic<[TroupePlanTests.Hidden]>"),
      (
        Generic<Int>.Inner.self, "TroupePlanTests.TypeNameTests.Generic<Int>.Inner"
      ),
      (Result<Hidden, Never>.self, "Result<TroupePlanTests.Hidden, Never>"),
      ((Int, Hidden).self, "(Swift.Int, TroupePlanTests.Hidden)"),
    ]
    for (type, name) in table { #expect(TypeName.of(type) == name) }
  }
}
