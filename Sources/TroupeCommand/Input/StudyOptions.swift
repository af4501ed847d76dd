import TroupePlan
import TroupeSimulation

/// Reads the options of `simulate` that say what is studied.
enum StudyOptions {
  /// The most runs that can be asked for.
  private static let mostSeeds = 1_000_000

  /// The seeds of `--seeds N`: from 1 on.
  static func seeds(_ option: String?) throws(UsageError) -> [Seed] {
    guard let option else { return Simulation.seeds(200) }
    guard let count = Int(option), (1...mostSeeds).contains(count) else {
      throw UsageError(
        "option '--seeds' takes a number from 1 to \(mostSeeds), not \(Printable.quoted(option))",
        of: .simulate)
    }
    return Simulation.seeds(count)
  }

  /// The counts of `--members role=N`.
  static func members(_ options: [String]) throws(UsageError) -> [Role.ID: Int] {
    var members: [Role.ID: Int] = [:]
    for option in options {
      let parts = option.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count > 1, let count = parts.last.flatMap({ Int($0) }), count > 0,
        count <= mostMembers
      else {
        throw UsageError(
          "option '--members' takes ROLE=N with N from 1 to \(mostMembers), not "
            + Printable.quoted(option), of: .simulate)
      }
      let role = parts.dropLast().joined(separator: "=")
      guard members.updateValue(count, forKey: role) == nil else {
        throw UsageError("the members of \(Printable.quoted(role)) are given twice", of: .simulate)
      }
    }
    return members
  }

  /// The most members of a role that can be asked for.
  private static let mostMembers = 100_000

  /// The durations of `--durations FILE`.
  ///
  /// - Parameter advice: What to say beside mistakes, if anything.
  /// - Throws: `Refusal` that names each key that fits nothing and each value that is none.
  static func durations(
    _ path: String?, for plan: Plan, _ console: Console, advice: String?
  ) throws -> Durations {
    guard let path else { return Durations() }
    let source = path == "-" ? "standard input" : Printable.quoted(path)
    let bytes = try path == "-" ? console.standardInput() : TextFile.read(path)
    do {
      return try Durations(json: JSONValue(parsing: bytes), for: plan)
    } catch let error as JSONSyntaxError {
      throw Refusal("error: \(source) is no JSON: \(Printable.line("\(error)"))")
    } catch let error as StudyMistakes {
      throw refusal(error, in: source, advice: advice)
    }
  }

  /// What to say of mistakes: each on a line, with where it was found; then the advice, if there is
  /// any.
  static func refusal(
    _ mistakes: StudyMistakes, in source: String, advice: String?
  ) -> Refusal {
    let lines = mistakes.problems.map { "error: in \(source), \(Printable.line($0))" }
    return Refusal((lines + (advice.map { ["  \($0)"] } ?? [])).joined(separator: "\n"))
  }
}
