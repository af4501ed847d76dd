public import Troupe

extension ReleaseReadiness {
  /// The thresholds.
  public struct Parameters: Codable, Sendable, Hashable, SchemaProviding {
    /// The score, from 0 to 100, from which on a repository without blockers is ready.
    public var minimumScore = 80
    /// The size in bytes from which on a file is oversized; ten times as much is a blocker.
    public var maximumFileSize = 5_000_000
    /// The TODO and FIXME marks that are fine in 1,000 lines of code.
    public var todosPerThousandLines = 5.0
    /// The findings of one check that the report shows; the rest is counted.
    public var findingsPerCheck = 20
    /// The hours that a release manager has to waive that it is not ready; with 0 nobody is asked.
    public var waiverHours = 0

    private enum CodingKeys: String, CodingKey {
      case minimumScore, maximumFileSize, todosPerThousandLines, findingsPerCheck, waiverHours
    }

    /// The defaults.
    public init() {}

    /// Reads thresholds.
    ///
    /// - Throws: `DecodingError` for one that makes no sense.
    public init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      minimumScore = try values.decode(Int.self, forKey: .minimumScore)
      maximumFileSize = try values.decode(Int.self, forKey: .maximumFileSize)
      todosPerThousandLines = try values.decode(Double.self, forKey: .todosPerThousandLines)
      findingsPerCheck = try values.decode(Int.self, forKey: .findingsPerCheck)
      waiverHours = try values.decodeIfPresent(Int.self, forKey: .waiverHours) ?? 0
      if let (key, wanted) = senseless {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: values, debugDescription: "it must be \(wanted)")
      }
    }

    /// The schema, with what the thresholds must be and mean.
    public static var jsonSchema: JSONSchema {
      let standard = Parameters()
      func threshold(
        _ type: JSONValue, _ value: JSONValue, from least: Int, to most: Int? = nil,
        _ meaning: String
      ) -> JSONValue {
        var members: [String: JSONValue] = [
          "type": type, "minimum": .integer(least), "default": value,
          "description": .string(meaning),
        ]
        members["maximum"] = most.map { .integer($0) }
        return .object(members)
      }
      return JSONSchema([
        "type": "object",
        "additionalProperties": false,
        "properties": [
          "minimumScore": threshold(
            "integer", .integer(standard.minimumScore), from: 0, to: 100,
            "The score from which on a repository without blockers is ready."),
          "maximumFileSize": threshold(
            "integer", .integer(standard.maximumFileSize), from: 1,
            "The size in bytes from which on a file is oversized; ten times as much is a blocker."),
          "todosPerThousandLines": threshold(
            "number", .number(standard.todosPerThousandLines), from: 0,
            "The TODO and FIXME marks that are fine in 1,000 lines of code."),
          "findingsPerCheck": threshold(
            "integer", .integer(standard.findingsPerCheck), from: 0,
            "The findings of one check that the report shows; the rest is counted."),
          "waiverHours": threshold(
            "integer", .integer(standard.waiverHours), from: 0, to: Self.longestWaiver,
            "The hours that a release manager has to waive that it is not ready; with 0 nobody is "
              + "asked."),
        ],
        "required": [
          "minimumScore", "maximumFileSize", "todosPerThousandLines", "findingsPerCheck",
        ],
      ])
    }

    /// Ten years: the most hours for which somebody can be asked.
    private static let longestWaiver = 87_600

    /// Refuses thresholds that make no sense.
    func check() throws {
      guard let (key, wanted) = senseless else { return }
      throw Git.Problem(description: "the parameter '\(key.stringValue)' must be \(wanted)")
    }

    /// The first threshold that makes no sense, and what it must be.
    private var senseless: (key: CodingKeys, wanted: String)? {
      if !(0...100).contains(minimumScore) { return (.minimumScore, "from 0 to 100") }
      if maximumFileSize < 1 { return (.maximumFileSize, "1 byte or more") }
      if todosPerThousandLines < 0 { return (.todosPerThousandLines, "0 or more") }
      if findingsPerCheck < 0 { return (.findingsPerCheck, "0 or more") }
      if !(0...Self.longestWaiver).contains(waiverHours) {
        return (.waiverHours, "from 0 to \(Self.longestWaiver)")
      }
      return nil
    }
  }
}
