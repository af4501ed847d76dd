import Testing
import TroupePlan

/// Values and the schemas that they satisfy or do not.
@Suite struct SchemaValidationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let schema: JSONValue
    let value: JSONValue
    let violations: [String]

    init(_ schema: JSONValue, _ value: JSONValue, _ violations: String...) {
      self.schema = schema
      self.value = value
      self.violations = violations
    }

    var testDescription: String { "\(value.canonicalText) by \(schema.canonicalText)" }
  }

  private static let tree: JSONValue = [
    "$ref": "#/$defs/node",
    "$defs": [
      "node": [
        "type": "object", "required": ["value"],
        "properties": [
          "value": ["type": "integer"],
          "children": ["type": "array", "items": ["$ref": "#/$defs/node"]],
        ],
      ]
    ],
  ]

  static let cases = [
    Case(true, 1), Case(false, 1, "is not allowed"), Case([:], [1, "a"]),
    Case(["type": "number"], 1), Case(["type": "integer"], 1.0),
    Case(["type": "integer"], 1.5, "is the number 1.5, not of the type integer"),
    Case(["type": ["string", "null"]], nil),
    Case(["type": ["string", "null"]], false, "is false, not of the type string or null"),
    Case(["const": 1.0], 1), Case(["const": "a"], "b", #"is the string "b", not the string "a""#),
    Case(["enum": [1, "a"]], "a"),
    Case(["enum": [1, "a"]], 2, #"is the number 2, none of 1, "a""#),
    Case(["minimum": 0], 0), Case(["minimum": 0], "text"),
    Case(["minimum": 0], -1, "is the number -1, less than the minimum 0"),
    Case(["exclusiveMinimum": 0], 0, "is the number 0, not more than 0"),
    Case(["maximum": 1.5], 2, "is the number 2, more than the maximum 1.5"),
    Case(["exclusiveMaximum": 2], 2, "is the number 2, not less than 2"),
    Case(["multipleOf": 0.1], 0.3),
    Case(["multipleOf": 2], 3, "is the number 3, not a multiple of 2"),
    // Doubles cannot tell these from their neighbours.
    Case(["multipleOf": 2], 9_007_199_254_740_992),
    Case(
      ["multipleOf": 2], 9_007_199_254_740_993,
      "is the number 9007199254740993, not a multiple of 2"),
    Case(
      ["multipleOf": 9_007_199_254_740_992], 9_007_199_254_740_993,
      "is the number 9007199254740993, not a multiple of 9007199254740992"),
    Case(["minLength": 2], "é", "has 1 characters, fewer than 2"),
    Case(["maxLength": 2], "abc", "has 3 characters, more than 2"),
    Case(["pattern": "^[0-9]+$"], "12"),
    Case(
      ["pattern": "^[0-9]+$"], "1a",
      #"is the string "1a", which does not match the pattern "^[0-9]+$""#),
    Case(["minItems": 1], [], "has 0 elements, fewer than 1"),
    Case(["maxItems": 1], [1, 2], "has 2 elements, more than 1"),
    Case(["uniqueItems": true], [1, 1.0], "holds an element twice"),
    Case(
      ["prefixItems": [["type": "string"]], "items": ["type": "integer"]], ["a", 1, "b"],
      #"[2]: is the string "b", not of the type integer"#),
    Case(["contains": ["const": 1]], [2, 1]),
    Case(["contains": ["const": 1]], [2], "holds 0 of the elements of which it needs 1"),
    Case(
      ["contains": ["const": 1], "minContains": 0, "maxContains": 1], [1, 1],
      "holds 2 of the elements of which it may have 1"),
    Case(["minProperties": 1], [:], "has 0 keys, fewer than 1"),
    Case(["maxProperties": 0], ["a": 1], "has 1 keys, more than 0"),
    Case(["required": ["a", "b"]], ["a": nil], "has no 'b'"),
    Case(["dependentRequired": ["a": ["b"]]], ["a": 1], "has 'a' but no 'b'"),
    Case(["dependentRequired": ["a": ["b"]]], ["c": 1]),
    Case(
      ["dependentSchemas": ["a": ["maxProperties": 1]]], ["a": 1, "b": 2], "has 2 keys, more than 1"
    ),
    Case(
      [
        "properties": ["a": ["type": "string"]], "patternProperties": ["^x": true],
        "additionalProperties": false,
      ], ["a": 1, "x1": 2, "odd key": 3],
      "a: is the number 1, not of the type string", #"["odd key"]: is not allowed"#),
    Case(
      ["propertyNames": ["maxLength": 1]], ["ab": 1],
      "has the key 'ab', which is no name that its keys may have"),
    Case(
      ["allOf": [["minimum": 1], ["maximum": 2]]], 3, "is the number 3, more than the maximum 2"),
    Case(["anyOf": [["type": "string"], ["minimum": 1]]], 2),
    Case(
      ["anyOf": [["type": "string"], ["minimum": 1]]], 0,
      "is the number 0, which fits none of 2 schemas"),
    Case(
      ["oneOf": [["type": "integer"], ["minimum": 1]]], 2,
      "is the number 2, which fits 2 of 2 schemas instead of one"),
    Case(["not": ["type": "null"]], nil, "is null, which is what it may not be"),
    Case(["if": ["minimum": 10], "then": ["multipleOf": 10], "else": ["const": 1]], 20),
    Case(
      ["if": ["minimum": 10], "then": ["multipleOf": 10]], 25,
      "is the number 25, not a multiple of 10"),
    Case(["if": ["minimum": 10], "else": ["const": 1]], 2, "is the number 2, not the number 1"),
    Case(tree, ["value": 1, "children": [["value": 2, "children": []]]]),
    Case(tree, ["value": 1, "children": [["children": []]]], "children[0]: has no 'value'"),
    Case(["$defs": ["a/b~c d": ["const": 1]], "$ref": "#/$defs/a~1b~0c%20d"], 1),
  ]

  @Test(arguments: cases)
  func aValueIsChecked(_ example: Case) throws {
    let violations = try JSONSchema(example.schema).violations(in: example.value)
    #expect(violations.map(\.description) == example.violations)
  }

  @Test(
    arguments: [
      ([1], "a schema is an object or a boolean, not an array of 1 element"),
      (["type": "text"], "'type' cannot be 'text'"),
      (["minLength": -1], "'minLength' is a whole number from 0, not the number -1"),
      (["pattern": "("], #"the pattern "(" cannot be read: "#),
      (["$ref": "#/$defs/none"], "'$ref' of '#/$defs/none' leads nowhere"),
      (
        ["$ref": "https://example.org/x"],
        "'$ref' of 'https://example.org/x' does not lead to a place in the schema, like '#/$defs/…'"
      ),
      (["$ref": "#"], "it refers to itself without an end"),
      (["unevaluatedProperties": false], "'unevaluatedProperties' is not supported"),
      (["required": [1]], "'required' is a list of texts, not of the number 1"),
    ] as [(JSONValue, String)])
  func aSchemaThatCannotBeUsedIsRefused(_ schema: JSONValue, _ problem: String) throws {
    let value: JSONValue = schema["required"] == nil ? "text" : [:]
    let error = #expect(throws: SchemaUnusable.self) {
      try JSONSchema(schema).violations(in: value)
    }
    let text = error?.description ?? ""
    #expect(text.hasPrefix("the schema cannot be used: \(problem)"), "\(text)")
  }

  @Test func typesSatisfyTheirOwnSchemas() throws {
    struct Line: Codable { let text: String, number: Int?, tags: [String] }
    let line = Line(text: "a", number: nil, tags: ["b"])
    let schema = JSONSchema(of: Line.self)
    #expect(try schema.violations(in: JSONValue(encoding: line)).isEmpty)
    #expect(try !schema.violations(in: ["text": 1, "tags": []]).isEmpty)
  }
}
