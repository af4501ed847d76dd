import Foundation
import TroupePlan

// The types whose schemas are tested, smallest first.

struct Empty: Codable {}

struct Flat: Codable {
  var text: String
  var count: Int
  var ratio: Double
  var isDone: Bool
}

struct Widths: Codable {
  var a: Int8
  var b: UInt64
  var c: Float
  var d: UInt
}

struct Optionals: Codable {
  var name: String?
  var age: Int?
  var child: Flat?
  var must: Bool
}

struct Formats: Codable {
  var at: Date
  var link: URL
  var id: UUID
  var blob: Data
  var price: Decimal
}

struct Nested: Codable {
  var flats: [Flat2]
  var byName: [String: Flat2]
  var holes: [Int?]
  var grid: [[Double]]
}

struct Flat2: Codable {
  var x: Int
}

struct Renamed: Codable {
  var identity: String
  var full: String?

  enum CodingKeys: String, CodingKey {
    case identity = "id"
    case full = "full_name"
  }
}

enum Color: String, Codable, CaseIterable { case red, green = "GREEN" }

enum Level: Int, Codable, CaseIterable { case low = 1, high = 10 }

enum Plain: Codable, CaseIterable { case one, two }

enum DecodableOnly: String, Decodable, CaseIterable { case a, b }

enum Unlisted: String, Codable { case a, b }

enum Payload: Codable {
  case text(String)
  case none
}

struct Wrapper: Codable {
  var raw: Int

  init(from decoder: any Decoder) throws {
    raw = try decoder.singleValueContainer().decode(Int.self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(raw)
  }
}

struct Tag: RawRepresentable, Codable, Hashable { var rawValue: String }

struct WithParts: Codable {
  var color: Color
  var level: Level?
  var wrapper: Wrapper
  var tags: Set<Tag>
}

struct Tree: Codable {
  var value: Int
  var children: [Tree]
}

final class Link: Codable {
  var next: Link?
  var name: String
}

struct Forest: Codable {
  var trees: [String: Tree]
  var first: Tree?
}

struct Author: Codable {
  var name: String
  var books: [Book]
}

struct Book: Codable {
  var title: String
  var authors: [Author]
}

struct Pair: Codable {
  var left: Int
  var right: String

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    left = try container.decode(Int.self)
    right = try container.decode(String.self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(left)
    try container.encode(right)
  }
}

struct Loop: Decodable {
  var items: [Flat2] = []

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    while !container.isAtEnd { items.append(try container.decode(Flat2.self)) }
  }
}

struct Deep: Decodable {
  var city: String
  var numbers: (Int, Bool)

  enum CodingKeys: CodingKey { case address, numbers }
  enum AddressKeys: CodingKey { case city }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let address = try container.nestedContainer(keyedBy: AddressKeys.self, forKey: .address)
    city = try address.decode(String.self, forKey: .city)
    var list = try container.nestedUnkeyedContainer(forKey: .numbers)
    numbers = (try list.decode(Int.self), try list.decode(Bool.self))
  }
}

class Base: Decodable {
  var base: Int

  enum CodingKeys: CodingKey { case base }

  required init(from decoder: any Decoder) throws {
    base = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .base)
  }
}

final class Derived: Base {
  var own: String

  enum OwnKeys: CodingKey { case own }

  required init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: OwnKeys.self)
    own = try container.decode(String.self, forKey: .own)
    try super.init(from: container.superDecoder())
  }
}

final class Merged: Base {
  var own: String

  enum OwnKeys: CodingKey { case own }

  required init(from decoder: any Decoder) throws {
    own = try decoder.container(keyedBy: OwnKeys.self).decode(String.self, forKey: .own)
    try super.init(from: decoder)
  }
}

struct WithDefault: Decodable {
  var size: Int
  var note: String?
  var mark: Int?

  enum CodingKeys: CodingKey { case size, note, mark }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    size = try container.decodeIfPresent(Int.self, forKey: .size) ?? 3
    note = container.contains(.note) ? try container.decode(String.self, forKey: .note) : nil
    mark = try container.decode(Int?.self, forKey: .mark)
  }
}

struct Email: Codable, SchemaProviding {
  var text: String

  static var jsonSchema: JSONSchema {
    JSONSchema(["type": "string", "format": "email"])
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    text = try container.decode(String.self)
    guard text.contains("@") else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "an address has an @")
    }
  }
}

struct Unprovided: Codable {
  var text: String

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    text = try container.decode(String.self)
    guard text.contains("@") else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "an address has an @")
    }
  }
}

struct Contact: Codable {
  var mail: Email
  var note: String
  var any: JSONValue
}

struct Opaque: Codable {
  var before: Int
  var maybe: Payload?
  var list: [Payload]
  var byName: [String: Unlisted]
  var after: Flat2
}

struct Blocked: Codable {
  var before: Int
  var kind: Unlisted
  var after: Int
}

struct Outer: Codable {
  var blocked: Blocked
  var others: [Flat2]?
}

struct TextOrNumber: Decodable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if (try? container.decode(Int.self)) == nil { _ = try container.decode(String.self) }
  }
}

struct FreeKeys: Decodable {
  struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  var values: [String: Int] = [:]

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for key in container.allKeys {
      values[key.stringValue] = try container.decode(Int.self, forKey: key)
    }
  }
}

enum Axis: String, Codable, CaseIterable, CodingKeyRepresentable { case x, y }

struct Box<Content: Codable>: Codable {
  var content: Content
}

final class Indirect<Content: Codable>: Codable {
  let content: Content

  init(from decoder: any Decoder) throws {
    content = try Content(from: decoder)
  }

  func encode(to encoder: any Encoder) throws { try content.encode(to: encoder) }
}

struct Expression: Codable {
  var left: Indirect<Expression>?
  var sign: String
}

struct Endless: Decodable {
  var own: [String]

  enum CodingKeys: CodingKey { case me, own }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    own = try container.decode(Endless.self, forKey: .me).own
  }
}
