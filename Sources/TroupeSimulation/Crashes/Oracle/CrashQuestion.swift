import TroupePlan

/// Something that is decided once in a run, by a closure that is not asked again when it is
/// recorded what it said.
struct CrashQuestion: Hashable, CustomStringConvertible {
  enum Kind: Hashable {
    case gate(String)
    case branch
    case round
    case element
    case prompt
    case instant
  }

  let kind: Kind
  let address: String
  /// The take, the round or the element.
  var number = 1

  var description: String {
    switch kind {
    case .gate(let name): "gate '\(name)' of '\(address)', take \(number)"
    case .branch: "the choice '\(address)'"
    case .round: "the condition of '\(address)' after round \(number)"
    case .element: "the condition of '\(address)' about element \(number)"
    case .instant: "the instant until which '\(address)' waits"
    case .prompt: "the prompt of '\(address)', take \(number)"
    }
  }
}
