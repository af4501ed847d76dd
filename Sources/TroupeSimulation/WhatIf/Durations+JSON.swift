public import TroupePlan

extension Durations {
  /// Reads durations from JSON: an object whose keys are paths of stages, `role:NAME`, or `*` for
  /// all other stages.
  ///
  /// ```json
  /// {
  ///   "write/draft": "2 h 30 min",
  ///   "role:critic": {"uniform": ["5 min", "20 min"]},
  ///   "role:editor": {"triangular": ["5 min", "10 min", "1 h"]},
  ///   "role:searcher": {"exponential": "30 min"},
  ///   "*": "PT1S"
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - json: The JSON.
  ///   - plan: The plan whose stages are meant.
  /// - Throws: `StudyMistakes` with all keys that the plan does not have and all values that are
  ///   none.
  public init(json: JSONValue, for plan: Plan) throws(StudyMistakes) {
    guard case .object(let members) = json else {
      throw StudyMistakes(problems: [
        "expected an object of stages and how long they take, found \(json.summary)"
      ])
    }
    self.init()
    var problems: [String] = []
    for (key, value) in members.sorted(by: { $0.key < $1.key }) {
      do {
        let timing = try Timing(json: value)
        if key == "*" {
          others = timing
        } else if key.hasPrefix("role:") {
          roles[String(key.dropFirst("role:".count))] = timing
        } else {
          stages[key] = timing
        }
      } catch {
        problems.append("'\(key)': \(error.text)")
      }
    }
    problems += self.problems(in: plan)
    if !problems.isEmpty { throw StudyMistakes(problems: problems) }
  }
}

extension Timing {
  /// Why some JSON is no timing.
  fileprivate struct Mistake: Error {
    let text: String
  }

  fileprivate init(json: JSONValue) throws(Mistake) {
    switch json {
    case .string: self = .fixed(try Self.duration(json))
    case .object(let members):
      guard members.count == 1, let (kind, value) = members.first else {
        throw Self.mistake(json)
      }
      switch kind {
      case "fixed": self = .fixed(try Self.duration(value))
      case "exponential": self = .exponential(mean: try Self.duration(value))
      case "uniform":
        let times = try Self.durations(value, count: 2, of: kind)
        self = .uniform(times[0], times[1])
      case "triangular":
        let times = try Self.durations(value, count: 3, of: kind)
        self = .triangular(times[0], mode: times[1], times[2])
      default:
        let kinds = ["uniform", "triangular", "exponential", "fixed"]
        throw Mistake(text: "no distribution is named '\(kind)'" + Nearest.hint(kind, in: kinds))
      }
    default: throw Self.mistake(json)
    }
  }

  private static func duration(_ json: JSONValue) throws(Mistake) -> Duration {
    guard case .string(let text) = json, let duration = DurationText.parse(text) else {
      throw Mistake(
        text: "expected a duration such as \"10 min\", \"2 h 30 min\", \"250 ms\" or "
          + "\"PT1H30M\", found \(json.summary)")
    }
    return duration
  }

  private static func durations(
    _ json: JSONValue, count: Int, of kind: String
  ) throws(Mistake) -> [Duration] {
    guard case .array(let values) = json, values.count == count else {
      let wanted = kind == "uniform" ? "shortest and longest" : "shortest, most likely and longest"
      throw Mistake(
        text: "expected an array of \(count) durations, \(wanted), found \(json.summary)")
    }
    var durations: [Duration] = []
    for value in values { durations.append(try duration(value)) }
    return durations
  }

  private static func mistake(_ json: JSONValue) -> Mistake {
    Mistake(
      text: "expected a duration such as \"10 min\", or one of {\"uniform\": [\"5 min\", "
        + "\"20 min\"]}, {\"triangular\": [\"5 min\", \"10 min\", \"1 h\"]} and "
        + "{\"exponential\": \"30 min\"}, found \(json.summary)")
  }
}
