import TroupePlan

/// What those may decide who are asked about steps of a run, by the addresses of the questions.
final class Questions: Sendable {
  /// What may be decided about a step.
  struct Terms: Sendable {
    let decisions: [Resolution.Decision]
    let outputs: [Program.Output]

    /// Why a decision cannot be used, for whoever has made it; `nil` if it can.
    func objection(to resolution: Resolution) -> String? {
      guard decisions.contains(resolution.decision) else {
        let words = decisions.map(\.rawValue).joined(separator: ", ")
        return "'\(resolution.decision.rawValue)' cannot be decided here; decide one of: \(words)"
      }
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
      if outputs.count == 1, let output = outputs.first {
        return [(output.slot, try output.type.decode(json))]
      }
      return try outputs.map { output in
        (output.slot, try output.type.decode(json[output.name] ?? .null))
      }
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

  /// Why an answer cannot be used; `nil` if it can, or if it answers no question.
  func objection(to value: any Sendable, at address: Address) -> String? {
    guard let resolution = value as? Resolution else { return nil }
    let place = address.description
    return terms.withLock { $0[place] }?.objection(to: resolution)
  }
}
