import TroupePlan
import TroupeRuntime

/// What a run came to, as far as it must not depend on crashes.
enum CrashOutcome: Sendable, Hashable, CustomStringConvertible {
  /// Its output, as JSON.
  case output(String)
  /// A step failed for a kind of reason. How many attempts were made may differ.
  case failed(String)
  /// Nobody knows whether something was done that must not be done twice.
  case inDoubt
  /// Something that no run comes to by itself.
  case error(String)

  init(_ result: Result<any Sendable, any Error>, as type: ValueType) {
    switch result {
    case .success(let value):
      let json = try? type.encode(value)
      self = json.map { .output($0.canonicalText) } ?? .error("an output of another type: \(value)")
    case .failure(let error as RunFailure):
      let failure = error.failure
      self =
        Self.isInDoubt(failure)
        ? .inDoubt : .failed("'\(failure.address)', \(caseName(of: failure.cause))")
    case .failure(let error): self = .error("\(error)")
    }
  }

  /// Whether the run has not come to its end.
  var isError: Bool { if case .error = self { true } else { false } }

  private static func isInDoubt(_ failure: Failure) -> Bool {
    if case .inDoubt = failure.cause { return true }
    return failure.others.contains(where: isInDoubt)
  }

  var description: String {
    switch self {
    case .output(let json): "the output \(json)"
    case .failed(let place): "the failure of \(place)"
    case .inDoubt: "a doubt"
    case .error(let text): "the error '\(text)'"
    }
  }
}

/// The name of an enumeration's case without its values.
func caseName(of value: Any) -> String {
  Mirror(reflecting: value).children.first?.label ?? "\(value)"
}
