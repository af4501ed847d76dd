import Foundation
import Testing

@testable import TroupePlan

@Suite struct SchemaTests {
  @Test(arguments: SchemaTable.rows)
  func theWholeSchemaOfATypeIsFound(row: SchemaTable.Row) {
    let probe = JSONSchema.probe(row.type)
    #expect(probe.schema.json.canonicalText == row.schema)
    #expect(probe.findings.map(\.description) == row.findings)
  }

  @Test(arguments: SchemaTable.rows.filter(\.findings.isEmpty))
  func theExampleOfASchemaThatIsKnownWholeDecodes(row: SchemaTable.Row) throws {
    let schema = JSONSchema(of: row.type)
    _ = try schema.example().decode(as: row.type)
    _ = try JSONCoding.makeDecoder().decode(
      row.type, from: Data(schema.example().canonicalText.utf8))
    #expect(schema.unknownKeys(in: schema.example()).isEmpty)
  }

  @Test func aSchemaIsReadFromItsJSON() throws {
    let schema = JSONSchema(of: Tree.self)
    let json = try JSONValue(encoding: schema)
    #expect(json == schema.json)
    #expect(try json.decode(as: JSONSchema.self) == schema)
  }

  @Test func exampleTextsComeFromTheSchemaWhereItHasThem() {
    let schema = JSONSchema([
      "type": "object",
      "properties": [
        "a": ["type": "string", "examples": ["x", "y"]], "b": ["const": 3],
        "c": ["type": "integer", "minimum": 5], "d": ["type": ["null", "string"]],
        "e": ["oneOf": [["type": "boolean"], ["type": "null"]]], "f": ["default": [1]],
      ],
    ])
    #expect(schema.example() == ["a": "x", "b": 3, "c": 5, "d": nil, "e": false, "f": [1]])
  }

  @Test func definitionsOfASchemaWrittenByHandStandAtTheRoot() {
    struct Shape: Decodable, SchemaProviding {
      static var jsonSchema: JSONSchema {
        JSONSchema([
          "type": "array", "items": ["$ref": "#/$defs/Point"],
          "$defs": ["Point": ["type": "object"]],
        ])
      }
    }
    #expect(
      JSONSchema(of: [String: Shape].self).json == [
        "type": "object",
        "additionalProperties": ["type": "array", "items": ["$ref": "#/$defs/Point"]],
        "$defs": ["Point": ["type": "object"]],
      ])
  }

  @Test func aSchemaWrittenByHandWhoseExampleDoesNotDecodeIsFound() {
    struct Wrong: Decodable, SchemaProviding {
      var number: Int
      static var jsonSchema: JSONSchema { JSONSchema(["type": "string"]) }
    }
    struct Holder: Decodable {
      var wrong: Wrong
    }
    #expect(
      JSONSchema.probe(Holder.self).findings.map(\.description) == [
        "'TroupePlanTests.SchemaTests.Wrong' at 'wrong': the example of its 'jsonSchema', \"…\", "
          + "does not decode; what is read after it is not seen in "
          + "'TroupePlanTests.SchemaTests.Holder'; correct the schema, or add \"examples\" with a "
          + "value that decodes"
      ])
  }

  @Test func typesOfOneNameHaveDefinitionsOfTheirOwn() {
    enum First {
      struct Item: Decodable { var items: [Item] }
    }
    enum Second {
      struct Item: Decodable { var more: [Item] }
    }
    struct Both: Decodable {
      var first: First.Item
      var second: Second.Item
    }
    #expect(
      JSONSchema(of: Both.self).json["$defs"]?.sortedKeys == [
        "Item", "TroupePlanTests_SchemaTests_Second_Item",
      ])
  }
}
