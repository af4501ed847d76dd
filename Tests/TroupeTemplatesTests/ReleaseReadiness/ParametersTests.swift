import Testing
import Troupe

@testable import TroupeTemplates

@Suite struct ParametersTests {
  @Test(
    arguments: [
      ("minimumScore", 101, "from 0 to 100"), ("minimumScore", -1, "from 0 to 100"),
      ("maximumFileSize", 0, "1 byte or more"), ("todosPerThousandLines", -0.5, "0 or more"),
      ("findingsPerCheck", -1, "0 or more"), ("waiverHours", -1, "from 0 to 87600"),
      ("waiverHours", 87_601, "from 0 to 87600"),
    ] as [(String, Double, String)])
  func thresholdsWithoutSenseAreRefusedWhenTheyAreRead(
    _ key: String, _ value: Double, _ wanted: String
  ) throws {
    var thresholds: [String: JSONValue] = [
      "minimumScore": 80, "maximumFileSize": 1, "todosPerThousandLines": 5, "findingsPerCheck": 20,
    ]
    thresholds[key] = try JSONValue(encoding: value)
    let json = JSONValue.object(thresholds)
    let mismatch = #expect(throws: JSONMismatch.self) {
      try json.decode(as: ReleaseReadiness.Parameters.self)
    }
    #expect(mismatch?.keyPath == key)
    #expect(mismatch?.hint == "it must be \(wanted)")
  }

  @Test func thresholdsAreReadAsTheyAreWritten() throws {
    var parameters = ReleaseReadiness.Parameters()
    #expect(try JSONValue(encoding: parameters).decode(as: type(of: parameters)) == parameters)
    (parameters.minimumScore, parameters.maximumFileSize) = (100, 1)
    (parameters.todosPerThousandLines, parameters.findingsPerCheck) = (0, 0)
    #expect(try JSONValue(encoding: parameters).decode(as: type(of: parameters)) == parameters)
  }

  @Test func theSchemaHasEachThresholdWithItsDefault() throws {
    let example = JSONSchema(of: ReleaseReadiness.Parameters.self).example()
    #expect(example == (try JSONValue(encoding: ReleaseReadiness.Parameters())))
  }

  @Test func theSchemaSaysWhatEachThresholdMeans() throws {
    let schema = JSONSchema(of: ReleaseReadiness.Parameters.self).json
    guard case .object(let defaults) = try JSONValue(encoding: ReleaseReadiness.Parameters()) else {
      Issue.record("the thresholds are no object")
      return
    }
    #expect(!defaults.isEmpty)
    for key in defaults.keys {
      let property = schema["properties"]?[key]
      #expect(property?["description"] != nil, "\(key)")
      #expect(property?["minimum"] != nil, "\(key)")
    }
  }

  @Test(arguments: [
    (-1, 5_000_000, 5.0, 20, "minimumScore"), (80, .min, 5.0, 20, "maximumFileSize"),
    (80, 5_000_000, -1.0, 20, "todosPerThousandLines"),
    (80, 5_000_000, 5.0, -1, "findingsPerCheck"),
  ])
  func thresholdsWithoutSenseAreRefused(
    _ score: Int, _ size: Int, _ todos: Double, _ shown: Int, _ name: String
  ) async throws {
    let fixture = try Fixture()
    let failure = try await #require(throws: RunFailure.self) {
      try await fixture.report {
        $0.minimumScore = score
        $0.maximumFileSize = size
        $0.todosPerThousandLines = todos
        $0.findingsPerCheck = shown
      }
    }
    #expect(failure.failure.reason.hasPrefix("failed: the parameter '\(name)' must be "))
  }
}
