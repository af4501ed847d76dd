import Testing
import Troupe

@testable import TroupeRuntime

/// What a stage reads is what the journal holds, so that a resumed run goes on with the same.
@Suite struct RecordedValueTests {
  /// Loses its fraction when it is written.
  struct Rough: Codable, Sendable {
    var number: Double

    init(_ number: Double) { self.number = number }

    init(from decoder: any Decoder) throws {
      number = Double(try decoder.singleValueContainer().decode(Int.self))
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(Int(number))
    }
  }

  struct Measuring: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Double>("output")
    let rough = Artifact<Rough>("rough")

    var body: some Step {
      Stage("measure", reads: input, writes: rough) { Rough(Double($0) + 0.5) }
      Stage("report", reads: rough, writes: output) { $0.number }
    }
  }

  @Test func aStageReadsWhatTheJournalHolds() async throws {
    let output = try await Runtime(store: .memory).run(Measuring(), input: 3, id: "measuring")
    #expect(output == 3)
  }
}
