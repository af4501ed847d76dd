import Foundation

public enum JSONValue: Sendable, Hashable, Codable {
  case null, bool(Bool), integer(Int), number(Double), string(String), array([JSONValue]), object(
    [String: JSONValue])
  public init(encoding: some Encodable) throws { self = .null }
  public init(parsing: String) throws { self = .null }
  public func decode<T: Decodable>(as: T.Type) throws -> T { fatalError() }
  public var canonicalText: String { "" }
}
public struct JSONSchema: Sendable, Hashable {
  public struct Probe: Sendable { public var schema: JSONSchema }
  static func probe<T: Decodable>(_ t: T.Type) -> Probe { Probe(schema: JSONSchema()) }
}
package struct SHA256 { package static func hexDigest(of s: String) -> String { s } }
