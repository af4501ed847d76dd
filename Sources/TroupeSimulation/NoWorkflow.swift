public import TroupeLanguage

/// Stands where a simulation's workflow does not matter: `Simulation.seeds(200)`.
public struct NoWorkflow: Workflow {
  /// Nothing.
  public let input = Artifact<Never>("nothing")
  /// Nothing.
  public let output = Artifact<Never>("nothing")

  /// Does nothing.
  public var body: some Step { Nothing() }
}
