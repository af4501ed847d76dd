import Foundation
import Testing

@testable import TroupePlan

/// Types with their whole schemas, as canonical text, and what the probe has to say about them.
enum SchemaTable {
  struct Row: Sendable, CustomTestStringConvertible {
    let type: any (Decodable & SendableMetatype).Type
    let schema: String
    let findings: [String]

    init(
      _ type: any (Decodable & SendableMetatype).Type, _ schema: String, findings: [String] = []
    ) {
      self.type = type
      self.schema = schema
      self.findings = findings
    }

    var testDescription: String { TypeName.of(type) }
  }

  static let rows: [Row] = [
    Row(String.self, #"{"type":"string"}"#),
    Row(Int.self, #"{"type":"integer"}"#),
    Row(Bool.self, #"{"type":"boolean"}"#),
    Row(Double.self, #"{"type":"number"}"#),
    Row(Int?.self, #"{"anyOf":[{"type":"integer"},{"type":"null"}]}"#),
    Row([String].self, #"{"items":{"type":"string"},"type":"array"}"#),
    Row(
      [Int: Bool].self,
      #"""
      {"additionalProperties":{"type":"boolean"},\#
      "propertyNames":{"pattern":"^-?[0-9]+$"},"type":"object"}
      """#),
    Row([Date].self, #"{"items":{"format":"date-time","type":"string"},"type":"array"}"#),
    Row(URL.self, #"{"format":"uri","type":"string"}"#),
    Row(
      Range<Int>.self,
      #"""
      {"items":false,"minItems":2,"prefixItems":[{"type":"integer"},{"type":"integer"}],\#
      "type":"array"}
      """#),
    Row(
      Duration.self,
      #"""
      {"items":false,"minItems":2,"prefixItems":[{"type":"integer"},{"type":"integer"}],\#
      "type":"array"}
      """#),
    Row(
      [Axis: Int].self,
      #"""
      {"additionalProperties":{"type":"integer"},"propertyNames":{"enum":["x","y"]},\#
      "type":"object"}
      """#),
    Row(
      [Double: Int].self, "{}",
      findings: [
        """
        '[Double: Int]': its keys are no strings, so that it is written as a list of \
        keys and values in turn; use String keys, or let the key type conform to \
        CodingKeyRepresentable
        """
      ]),
    Row(JSONValue.self, "{}"),
    Row(Empty.self, #"{"additionalProperties":false,"properties":{},"type":"object"}"#),
    Row(
      Flat.self,
      #"""
      {"additionalProperties":false,"properties":{"count":{"type":"integer"},\#
      "isDone":{"type":"boolean"},"ratio":{"type":"number"},"text":{"type":"string"}},\#
      "required":["text","count","ratio","isDone"],"type":"object"}
      """#),
    Row(
      Widths.self,
      #"""
      {"additionalProperties":false,"properties":{"a":{"type":"integer"},\#
      "b":{"type":"integer"},"c":{"type":"number"},"d":{"type":"integer"}},\#
      "required":["a","b","c","d"],"type":"object"}
      """#),
    Row(
      Optionals.self,
      #"""
      {"additionalProperties":false,"properties":{"age":{"type":"integer"},\#
      "child":{"additionalProperties":false,"properties":{"count":{"type":"integer"},\#
      "isDone":{"type":"boolean"},"ratio":{"type":"number"},"text":{"type":"string"}},\#
      "required":["text","count","ratio","isDone"],"type":"object"},\#
      "must":{"type":"boolean"},"name":{"type":"string"}},"required":["must"],\#
      "type":"object"}
      """#),
    Row(
      Formats.self,
      #"""
      {"additionalProperties":false,"properties":{"at":{"format":"date-time",\#
      "type":"string"},"blob":{"contentEncoding":"base64","type":"string"},\#
      "id":{"format":"uuid","type":"string"},"link":{"format":"uri","type":"string"},\#
      "price":{"type":"number"}},"required":["at","link","id","blob","price"],\#
      "type":"object"}
      """#),
    Row(
      Nested.self,
      #"""
      {"additionalProperties":false,\#
      "properties":{"byName":{"additionalProperties":{"additionalProperties":false,\#
      "properties":{"x":{"type":"integer"}},"required":["x"],"type":"object"},\#
      "type":"object"},"flats":{"items":{"additionalProperties":false,\#
      "properties":{"x":{"type":"integer"}},"required":["x"],"type":"object"},\#
      "type":"array"},"grid":{"items":{"items":{"type":"number"},"type":"array"},\#
      "type":"array"},"holes":{"items":{"anyOf":[{"type":"integer"},{"type":"null"}]},\#
      "type":"array"}},"required":["flats","byName","holes","grid"],"type":"object"}
      """#),
    Row(
      Renamed.self,
      #"""
      {"additionalProperties":false,"properties":{"full_name":{"type":"string"},\#
      "id":{"type":"string"}},"required":["id"],"type":"object"}
      """#),
    Row(Color.self, #"{"enum":["red","GREEN"],"type":"string"}"#),
    Row(Level.self, #"{"enum":[1,10],"type":"integer"}"#),
    Row(Plain.self, #"{"enum":[{"one":{}},{"two":{}}],"type":"object"}"#),
    Row(DecodableOnly.self, #"{"enum":["a","b"],"type":"string"}"#),
    Row(
      Unlisted.self, #"{"type":"string"}"#,
      findings: [
        """
        'TroupePlanTests.Unlisted': its raw values cannot be listed; let it conform to \
        CaseIterable, or else to SchemaProviding
        """
      ]),
    Row(
      Payload.self, #"{"type":"object"}"#,
      findings: [
        """
        'TroupePlanTests.Payload': it is an enum with payloads or without raw values, \
        so that its cases cannot be listed; let it conform to SchemaProviding
        """
      ]),
    Row(Wrapper.self, #"{"type":"integer"}"#),
    Row(Tag.self, #"{"type":"string"}"#),
    Row(
      WithParts.self,
      #"""
      {"additionalProperties":false,"properties":{"color":{"enum":["red","GREEN"],\#
      "type":"string"},"level":{"enum":[1,10],"type":"integer"},\#
      "tags":{"items":{"type":"string"},"type":"array","uniqueItems":true},\#
      "wrapper":{"type":"integer"}},"required":["color","wrapper","tags"],\#
      "type":"object"}
      """#),
    Row(
      Tree.self,
      #"""
      {"$defs":{"Tree":{"additionalProperties":false,\#
      "properties":{"children":{"items":{"$ref":"#/$defs/Tree"},"type":"array"},\#
      "value":{"type":"integer"}},"required":["value","children"],"type":"object"}},\#
      "additionalProperties":false,\#
      "properties":{"children":{"items":{"$ref":"#/$defs/Tree"},"type":"array"},\#
      "value":{"type":"integer"}},"required":["value","children"],"type":"object"}
      """#),
    Row(
      Link.self,
      #"""
      {"$defs":{"Link":{"additionalProperties":false,\#
      "properties":{"name":{"type":"string"},"next":{"$ref":"#/$defs/Link"}},\#
      "required":["name"],"type":"object"}},"additionalProperties":false,\#
      "properties":{"name":{"type":"string"},"next":{"$ref":"#/$defs/Link"}},\#
      "required":["name"],"type":"object"}
      """#),
    Row(
      Forest.self,
      #"""
      {"$defs":{"Tree":{"additionalProperties":false,\#
      "properties":{"children":{"items":{"$ref":"#/$defs/Tree"},"type":"array"},\#
      "value":{"type":"integer"}},"required":["value","children"],"type":"object"}},\#
      "additionalProperties":false,"properties":{"first":{"$ref":"#/$defs/Tree"},\#
      "trees":{"additionalProperties":{"$ref":"#/$defs/Tree"},"type":"object"}},\#
      "required":["trees"],"type":"object"}
      """#),
    Row(
      Author.self,
      #"""
      {"$defs":{"Author":{"additionalProperties":false,\#
      "properties":{"books":{"items":{"additionalProperties":false,\#
      "properties":{"authors":{"items":{"$ref":"#/$defs/Author"},"type":"array"},\#
      "title":{"type":"string"}},"required":["title","authors"],"type":"object"},\#
      "type":"array"},"name":{"type":"string"}},"required":["name","books"],\#
      "type":"object"}},"additionalProperties":false,\#
      "properties":{"books":{"items":{"additionalProperties":false,\#
      "properties":{"authors":{"items":{"$ref":"#/$defs/Author"},"type":"array"},\#
      "title":{"type":"string"}},"required":["title","authors"],"type":"object"},\#
      "type":"array"},"name":{"type":"string"}},"required":["name","books"],\#
      "type":"object"}
      """#),
    Row(
      Pair.self,
      #"""
      {"items":false,"minItems":2,"prefixItems":[{"type":"integer"},{"type":"string"}],\#
      "type":"array"}
      """#),
    Row(
      Loop.self,
      #"""
      {"items":{"additionalProperties":false,"properties":{"x":{"type":"integer"}},\#
      "required":["x"],"type":"object"},"type":"array"}
      """#),
    Row(
      Deep.self,
      #"""
      {"additionalProperties":false,\#
      "properties":{"address":{"additionalProperties":false,\#
      "properties":{"city":{"type":"string"}},"required":["city"],"type":"object"},\#
      "numbers":{"items":false,"minItems":2,"prefixItems":[{"type":"integer"},\#
      {"type":"boolean"}],"type":"array"}},"required":["address","numbers"],\#
      "type":"object"}
      """#),
    Row(
      Derived.self,
      #"""
      {"additionalProperties":false,"properties":{"own":{"type":"string"},\#
      "super":{"additionalProperties":false,"properties":{"base":{"type":"integer"}},\#
      "required":["base"],"type":"object"}},"required":["own","super"],"type":"object"}
      """#),
    Row(
      Merged.self,
      #"""
      {"additionalProperties":false,"properties":{"base":{"type":"integer"},\#
      "own":{"type":"string"}},"required":["own","base"],"type":"object"}
      """#),
    Row(
      WithDefault.self,
      #"""
      {"additionalProperties":false,"properties":{"mark":{"anyOf":[{"type":"integer"},\#
      {"type":"null"}]},"note":{"type":"string"},"size":{"type":"integer"}},\#
      "required":["mark"],"type":"object"}
      """#),
    Row(Email.self, #"{"format":"email","type":"string"}"#),
    Row(
      Unprovided.self, #"{"type":"string"}"#,
      findings: [
        """
        'TroupePlanTests.Unprovided': its 'init(from:)' refuses the values it was tried \
        with (an address has an @); let it conform to SchemaProviding
        """
      ]),
    Row(
      Contact.self,
      #"""
      {"additionalProperties":false,"properties":{"any":{},"mail":{"format":"email",\#
      "type":"string"},"note":{"type":"string"}},"required":["mail","note","any"],\#
      "type":"object"}
      """#),
    Row(
      Opaque.self,
      #"""
      {"additionalProperties":false,"properties":{"after":{"additionalProperties":false,\#
      "properties":{"x":{"type":"integer"}},"required":["x"],"type":"object"},\#
      "before":{"type":"integer"},"byName":{"additionalProperties":{"type":"string"},\#
      "type":"object"},"list":{"items":{"type":"object"},"type":"array"},\#
      "maybe":{"type":"object"}},"required":["before","list","byName","after"],\#
      "type":"object"}
      """#,
      findings: [
        """
        'TroupePlanTests.Payload' at 'maybe': it is an enum with payloads or without \
        raw values, so that its cases cannot be listed; let it conform to \
        SchemaProviding
        """,
        """
        'TroupePlanTests.Unlisted' at 'byName[]': its raw values cannot be listed; let \
        it conform to CaseIterable, or else to SchemaProviding
        """,
      ]),
    Row(
      Blocked.self,
      #"""
      {"properties":{"before":{"type":"integer"},"kind":{"type":"string"}},\#
      "required":["before","kind"],"type":"object"}
      """#,
      findings: [
        """
        'TroupePlanTests.Unlisted' at 'kind': its raw values cannot be listed; what is \
        read after it is not seen in 'TroupePlanTests.Blocked'; let it conform to \
        CaseIterable, or else to SchemaProviding
        """
      ]),
    Row(
      Outer.self,
      #"""
      {"properties":{"blocked":{"properties":{"before":{"type":"integer"},\#
      "kind":{"type":"string"}},"required":["before","kind"],"type":"object"}},\#
      "required":["blocked"],"type":"object"}
      """#,
      findings: [
        """
        'TroupePlanTests.Unlisted' at 'blocked.kind': its raw values cannot be listed; \
        what is read after it is not seen in 'TroupePlanTests.Blocked', \
        'TroupePlanTests.Outer'; let it conform to CaseIterable, or else to \
        SchemaProviding
        """
      ]),
    Row(TextOrNumber.self, #"{"anyOf":[{"type":"integer"},{"type":"string"}]}"#),
    Row(
      FreeKeys.self, #"{"type":"object"}"#,
      findings: [
        """
        'TroupePlanTests.FreeKeys': it reads keys that are not fixed; let it conform to \
        SchemaProviding
        """
      ]),
    Row(
      Box<[Color]>.self,
      #"""
      {"additionalProperties":false,"properties":{"content":{"items":{"enum":["red",\#
      "GREEN"],"type":"string"},"type":"array"}},"required":["content"],"type":"object"}
      """#),
    Row(
      Expression.self,
      #"""
      {"$defs":{"Indirect_Expression":{"additionalProperties":false,\#
      "properties":{"left":{"$ref":"#/$defs/Indirect_Expression"},\#
      "sign":{"type":"string"}},"required":["sign"],"type":"object"}},\#
      "additionalProperties":false,\#
      "properties":{"left":{"$ref":"#/$defs/Indirect_Expression"},\#
      "sign":{"type":"string"}},"required":["sign"],"type":"object"}
      """#),
    Row(
      Endless.self,
      #"""
      {"$defs":{"Endless":{"properties":{"me":{"$ref":"#/$defs/Endless"}},\#
      "required":["me"],"type":"object"}},\#
      "properties":{"me":{"$ref":"#/$defs/Endless"}},"required":["me"],"type":"object"}
      """#,
      findings: [
        """
        'TroupePlanTests.Endless': it contains itself without an end; let it conform to \
        SchemaProviding
        """
      ]),
  ]
}
