import TroupePlan

/// What a closure reads: for each of its parameters an artifact, or a list gathered from several.
struct Reading: Sendable {
  /// The artifacts, with those that a list gathers one by one.
  private(set) var mentions: [Mention] = []
  /// How the values of the parameters are gathered, or `nil` where each is an artifact's own.
  private(set) var gathering: [Gathering]?

  /// How many artifacts a parameter takes, and what makes one value of theirs.
  struct Gathering: Sendable {
    let count: Int
    let join: Join?
  }

  /// Makes one value of the values of several artifacts.
  typealias Join = @Sendable (ArraySlice<any Sendable>) throws -> any Sendable

  init<each Value>(_ artifacts: repeat Artifact<each Value>) {
    var parts: [Gathering] = []
    var gathers = false
    for artifact in repeat each artifacts {
      let own = artifact.mentions
      parts.append(Gathering(count: own.count, join: artifact.join))
      gathers = gathers || artifact.join != nil
      mentions += own
    }
    if gathers { gathering = parts }
  }
}

/// The values that a closure is given, one after the other.
///
/// Asked for by type and not through the artifacts' handles: a pack of handles costs several times
/// as much at run time as a pack of types.
struct Arguments {
  private let values: Body.Values
  private var index = 0

  /// - Parameter values: The values of all that is read.
  init(_ values: Body.Values, _ gathering: [Reading.Gathering]?) throws {
    guard let gathering else {
      self.values = values
      return
    }
    var rest = values[...]
    self.values = try gathering.map { part in
      let own = rest.prefix(part.count)
      rest = rest.dropFirst(part.count)
      if let join = part.join { return try join(own) }
      guard let value = own.first else {
        throw TypeMismatch(expected: "a value", found: "nothing")
      }
      return value
    }
  }

  /// The next value.
  mutating func next<Value>(_ type: Value.Type) throws -> Value {
    guard index < values.count, let value = values[index] as? Value else {
      throw TypeMismatch(
        expected: "\(Value.self)", found: index < values.count ? values[index] : "nothing")
    }
    index += 1
    return value
  }
}
