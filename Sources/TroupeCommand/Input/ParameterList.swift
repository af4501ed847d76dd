import TroupeLanguage
import TroupePlan

/// What can be set of a workflow with `--set`, as its parameters' type declares it.
struct ParameterList {
  /// One value that can be set.
  struct Entry {
    /// The key, and those it stands in: `limits.size`.
    let key: String
    /// What describes the value.
    let schema: JSONSchema
    /// The value if nothing is set; `nil` if there is none then.
    let standard: JSONValue?
  }

  /// What can be set, in the order of the declaration as far as that is known.
  private(set) var entries: [Entry] = []
  private let schema: JSONSchema

  /// How deep parameters may be nested that are listed one by one.
  private static let depth = 4

  /// - Throws: What makes the defaults unfit for JSON.
  init(of workflow: some Workflow) throws {
    schema = Self.schema(of: workflow)
    add([], try JSONValue(encoding: workflow.parameters))
  }

  private static func schema<Work: Workflow>(of _: Work) -> JSONSchema {
    JSONSchema(of: Work.Parameters.self)
  }

  private mutating func add(_ path: [String], _ value: JSONValue?) {
    let part = schema.part(at: path.map { .key($0) }) ?? [:]
    var keys = part.knownKeys
    if case .object(let members)? = value, part["additionalProperties"] != nil || keys.isEmpty {
      keys += members.keys.filter { !keys.contains($0) }.sorted()
    }
    guard path.isEmpty || !part.knownKeys.isEmpty && path.count < Self.depth else {
      let standard = value == .null ? nil : value
      entries.append(
        Entry(key: path.joined(separator: "."), schema: JSONSchema(part), standard: standard))
      return
    }
    for key in keys { add(path + [key], value?[key]) }
  }
}
