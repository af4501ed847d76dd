import TroupePlan

/// What those may decide who are asked about steps of a run, by the addresses of the questions.
final class Questions: Sendable {
  /// What may be decided about a step.
  struct Terms: Sendable {
    /// The address of the step.
    let step: String
    let decisions: [Resolution.Decision]
    let outputs: [Program.Output]
    /// Of each output that the step wrote last the name, and the record by which it came to be.
    let wrote: [(String, Int)]
    /// What is done if nothing is decided, in words.
    let otherwise: String

    /// Why a decision cannot be used, for whoever has made it; `nil` if it can.
    func objection(to resolution: Resolution) -> String? {
      guard decisions.contains(resolution.decision) else {
        let words = decisions.map(\.rawValue).joined(separator: ", ")
        return "'\(resolution.decision.rawValue)' cannot be decided here; decide one of: \(words)"
      }
      return outputs.objection(to: resolution)
    }

    /// What is supplied, by slots.
    func values(of resolution: Resolution) throws -> [(slot: Int, value: any Sendable)] {
      try outputs.values(of: resolution)
    }
  }

  private let terms = Lock<[String: Terms]>([:])

  func open(_ question: Address, _ new: Terms) {
    let place = question.description
    terms.withLock { $0[place] = new }
  }

  func close(_ question: Address) {
    let place = question.description
    terms.withLock { _ = $0.removeValue(forKey: place) }
  }

  /// What may be decided at the address of a question, if that is open.
  func terms(at question: Address) -> Terms? {
    let place = question.description
    return terms.withLock { $0[place] }
  }

  /// Why an answer cannot be used; `nil` if it can, or if it answers no question.
  func objection(to value: any Sendable, at address: Address) -> String? {
    guard let resolution = value as? Resolution else { return nil }
    let place = address.description
    return terms.withLock { $0[place] }?.objection(to: resolution)
  }
}

extension [Program.Output] {
  /// Why what is supplied cannot be used; `nil` if it can, or if nothing is supplied.
  func objection(to resolution: Resolution) -> String? {
    guard resolution.decision == .supply else { return nil }
    do {
      _ = try values(of: resolution)
      return nil
    } catch {
      return "the value cannot be used: \(error)"
    }
  }

  /// What is supplied, by slots.
  func values(of resolution: Resolution) throws -> [(slot: Int, value: any Sendable)] {
    let json = resolution.value ?? .null
    if count == 1, let output = first { return [(output.slot, try output.type.decode(json))] }
    return try map { output in
      (output.slot, try output.type.decode(json[output.name] ?? .null))
    }
  }

  /// What is to be supplied must look like this; `nil` where that is text.
  var schema: JSONSchema? {
    if count == 1, let output = first {
      return output.type.isText ? nil : output.type.schema().schema
    }
    var properties: [String: JSONValue] = [:]
    for output in self { properties[output.name] = output.type.schema().schema.json }
    return JSONSchema([
      "type": "object", "properties": .object(properties),
      "required": .array(map { .string($0.name) }), "additionalProperties": false,
    ])
  }
}
