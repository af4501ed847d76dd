extension JSONSchema {
  /// What probing a type found.
  package struct Probe: Sendable {
    /// The type's schema, `{}` where it could not be seen through.
    package let schema: JSONSchema
    /// What could not be seen through, in the order in which it was met.
    package let findings: [SchemaFinding]
  }

  /// Derives the schema of a type by running its `init(from:)` on a decoder that notes what it is
  /// asked for.
  package static func probe(_ type: any Decodable.Type) -> Probe {
    let session = ProbeSession()
    let answer = session.probe(type, at: [])
    if answer.value == nil, session.findings.isEmpty {
      session.report(
        type, at: [], reason: "it contains itself without an end", remedy: ProbeAdvice.conform)
    }
    var printer = SchemaPrinter(session: session)
    return Probe(schema: JSONSchema(printer.root(answer.node)), findings: session.findings)
  }
}
