import Testing
import Troupe

/// What compiling the example workflows says.
@Suite struct DiagnosticsTests {
  @Test func theWorkflowOfTheDesignIsSound() throws {
    #expect(try LaunchPost().compile().diagnostics.isEmpty)
  }

  @Test func everyConstructHasOneHint() throws {
    let messages = try EveryConstruct().compile().diagnostics.map(\.message)
    #expect(
      messages == ["'guess' and 'write' do not depend on each other and could run at once"])
  }
}
