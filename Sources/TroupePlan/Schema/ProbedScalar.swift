#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A type that JSON coders write as one value in a form of its own.
protocol ProbedScalar {
  /// The schema of the value.
  static var scalarSchema: [String: JSONValue] { get }
  /// The value that the example of the schema stands for.
  static var example: Self? { get }
}

extension ProbedScalar where Self: BinaryInteger {
  static var scalarSchema: [String: JSONValue] { ["type": "integer"] }
  static var example: Self? { 0 }
}

extension ProbedScalar where Self: BinaryFloatingPoint {
  static var scalarSchema: [String: JSONValue] { ["type": "number"] }
  static var example: Self? { 0 }
}

extension Int: ProbedScalar {}
extension Int8: ProbedScalar {}
extension Int16: ProbedScalar {}
extension Int32: ProbedScalar {}
extension Int64: ProbedScalar {}
extension UInt: ProbedScalar {}
extension UInt8: ProbedScalar {}
extension UInt16: ProbedScalar {}
extension UInt32: ProbedScalar {}
extension UInt64: ProbedScalar {}
extension Float: ProbedScalar {}
extension Double: ProbedScalar {}

extension Bool: ProbedScalar {
  static var scalarSchema: [String: JSONValue] { ["type": "boolean"] }
  static var example: Bool? { false }
}

extension String: ProbedScalar {
  static var scalarSchema: [String: JSONValue] { ["type": "string"] }
  static var example: String? { ExampleText.string }
}

extension Decimal: ProbedScalar {
  static var scalarSchema: [String: JSONValue] { ["type": "number"] }
  static var example: Decimal? { 0 }
}

extension Date: ProbedScalar {
  static var scalarSchema: [String: JSONValue] { ["type": "string", "format": "date-time"] }
  static var example: Date? { InstantText.date(from: ExampleText.date) }
}

extension URL: ProbedScalar {
  static var scalarSchema: [String: JSONValue] { ["type": "string", "format": "uri"] }
  static var example: URL? { URL(string: ExampleText.url) }
}

extension UUID: ProbedScalar {
  static var scalarSchema: [String: JSONValue] { ["type": "string", "format": "uuid"] }
  static var example: UUID? { UUID(uuidString: ExampleText.uuid) }
}

extension Data: ProbedScalar {
  static var scalarSchema: [String: JSONValue] {
    ["type": "string", "contentEncoding": "base64"]
  }
  static var example: Data? { Data(base64Encoded: ExampleText.base64) }
}
