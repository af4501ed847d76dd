import Testing
import TroupeRuntime

/// Expects that something fails for this cause.
func expectFailure(
  _ cause: SystemError.Cause, sourceLocation: SourceLocation = #_sourceLocation,
  _ work: () async throws -> Void
) async {
  let error = await #expect(throws: SystemError.self, sourceLocation: sourceLocation) {
    try await work()
  }
  #expect(error?.cause == cause, "\(error as Any)", sourceLocation: sourceLocation)
}
