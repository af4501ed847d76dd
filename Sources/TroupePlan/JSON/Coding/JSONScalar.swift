#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A type that stands in JSON as one value in a form of its own, as `JSONCoding` writes it.
protocol JSONScalar {
  /// The schema of the value.
  static var scalarSchema: [String: JSONValue] { get }
  /// The value that the example of the schema stands for.
  static var example: Self? { get }
  /// Reads the value; `nil` if the JSON is of another kind or does not fit.
  static func read(_ json: JSONValue) -> Self?
}

extension JSONScalar where Self: BinaryInteger {
  static var scalarSchema: [String: JSONValue] { ["type": "integer"] }
  static var example: Self? { 0 }

  static func read(_ json: JSONValue) -> Self? {
    switch json {
    case .integer(let integer): Self(exactly: integer)
    case .number(let number): Self(exactly: number)
    default: nil
    }
  }
}

extension JSONScalar where Self: BinaryFloatingPoint {
  static var scalarSchema: [String: JSONValue] { ["type": "number"] }
  static var example: Self? { 0 }

  static func read(_ json: JSONValue) -> Self? {
    switch json {
    case .integer(let integer): return Self(integer)
    case .number(let number):
      let value = Self(number)
      return value.isFinite ? value : nil
    default: return nil
    }
  }
}

extension Int: JSONScalar {}
extension Int8: JSONScalar {}
extension Int16: JSONScalar {}
extension Int32: JSONScalar {}
extension Int64: JSONScalar {}
extension UInt: JSONScalar {}
extension UInt8: JSONScalar {}
extension UInt16: JSONScalar {}
extension UInt32: JSONScalar {}
extension UInt64: JSONScalar {}
extension Float: JSONScalar {}
extension Double: JSONScalar {}

extension Bool: JSONScalar {
  static var scalarSchema: [String: JSONValue] { ["type": "boolean"] }
  static var example: Bool? { false }

  static func read(_ json: JSONValue) -> Bool? {
    if case .bool(let bool) = json { bool } else { nil }
  }
}

extension String: JSONScalar {
  static var scalarSchema: [String: JSONValue] { ["type": "string"] }
  static var example: String? { ExampleText.string }

  static func read(_ json: JSONValue) -> String? {
    if case .string(let string) = json { string } else { nil }
  }
}

extension Decimal: JSONScalar {
  static var scalarSchema: [String: JSONValue] { ["type": "number"] }
  static var example: Decimal? { 0 }

  static func read(_ json: JSONValue) -> Decimal? {
    switch json {
    // By way of its text: the decimal 0.1 is another number than the double.
    case .integer, .number: Decimal(string: json.canonicalText)
    default: nil
    }
  }
}

extension Date: JSONScalar {
  static var scalarSchema: [String: JSONValue] { ["type": "string", "format": "date-time"] }
  static var example: Date? { InstantText.date(from: ExampleText.date) }

  static func read(_ json: JSONValue) -> Date? {
    String.read(json).flatMap { InstantText.date(from: $0) }
  }
}

extension URL: JSONScalar {
  static var scalarSchema: [String: JSONValue] { ["type": "string", "format": "uri"] }
  static var example: URL? { URL(string: ExampleText.url) }

  static func read(_ json: JSONValue) -> URL? {
    String.read(json).flatMap { URL(string: $0) }
  }
}

extension UUID: JSONScalar {
  static var scalarSchema: [String: JSONValue] { ["type": "string", "format": "uuid"] }
  static var example: UUID? { UUID(uuidString: ExampleText.uuid) }

  static func read(_ json: JSONValue) -> UUID? {
    String.read(json).flatMap { UUID(uuidString: $0) }
  }
}

extension Data: JSONScalar {
  static var scalarSchema: [String: JSONValue] { ["type": "string", "contentEncoding": "base64"] }
  static var example: Data? { Data(base64Encoded: ExampleText.base64) }

  static func read(_ json: JSONValue) -> Data? {
    String.read(json).flatMap { Data(base64Encoded: $0) }
  }
}
