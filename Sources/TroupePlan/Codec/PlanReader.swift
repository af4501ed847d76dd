/// Reads the parts of a plan's JSON, and names the place where one is not what it should be.
struct PlanReader {
  let value: JSONValue
  private let place: String

  init(_ value: JSONValue, at place: String) {
    self.value = value
    self.place = place
  }

  subscript(key: String) -> PlanReader {
    get throws {
      guard let member = optional(key) else {
        throw PlanFormatError("\(name) of this plan has no '\(key)'")
      }
      return member
    }
  }

  func optional(_ key: String) -> PlanReader? {
    value[key].map { PlanReader($0, at: place.isEmpty ? key : "\(place).\(key)") }
  }

  /// The elements of a list; none where the key is missing.
  func list(_ key: String) throws -> [PlanReader] {
    guard let list = optional(key) else { return [] }
    guard case .array(let elements) = list.value else { throw list.mismatch("a list") }
    return elements.enumerated().map { PlanReader($1, at: "\(list.place)[\($0)]") }
  }

  func string() throws -> String {
    guard case .string(let text) = value else { throw mismatch("text") }
    return text
  }

  func integer() throws -> Int {
    guard case .integer(let number) = value else { throw mismatch("a whole number") }
    return number
  }

  /// A whole number that is not too small.
  func integer(atLeast least: Int) throws -> Int {
    let number = try integer()
    guard number >= least else { throw mismatch("a whole number from \(least) on") }
    return number
  }

  /// This object itself, if it is one.
  func object() throws -> PlanReader {
    guard case .object = value else { throw mismatch("an object") }
    return self
  }

  /// A number that is neither infinite nor out of a range.
  func number(in range: some RangeExpression<Double>, _ words: String) throws -> Double {
    let number: Double
    switch value {
    case .integer(let integer): number = Double(integer)
    case .number(let double): number = double
    default: throw mismatch("a number \(words)")
    }
    guard number.isFinite, range.contains(number) else { throw mismatch("a number \(words)") }
    return number
  }

  func bool() throws -> Bool {
    guard case .bool(let bool) = value else { throw mismatch("true or false") }
    return bool
  }

  func duration() throws -> Duration {
    guard let duration = DurationText.parse(iso: try string()) else {
      throw mismatch("an ISO 8601 duration like PT1H30M")
    }
    return duration
  }

  /// A limit of time.
  func limit() throws -> Duration {
    let limit = try duration()
    guard limit > .zero else { throw mismatch("a duration longer than zero") }
    return limit
  }

  func location() throws -> SourceLocation {
    do {
      return try value.decode(as: SourceLocation.self)
    } catch {
      throw mismatch("a place in source like File.swift:3:7")
    }
  }

  func oneOf<Choice: RawRepresentable & CaseIterable>() throws -> Choice
  where Choice.RawValue == String {
    guard case .string(let text) = value, let choice = Choice(rawValue: text) else {
      throw mismatch("one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return choice
  }

  func mismatch(_ expected: String) -> PlanFormatError {
    PlanFormatError("\(name) of this plan should be \(expected), and is \(value)")
  }

  private var name: String { place.isEmpty ? "the whole" : "'\(place)'" }
}
