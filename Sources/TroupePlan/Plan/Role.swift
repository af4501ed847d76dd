/// Who may do a stage: an identity that members of a team play.
///
/// Declare roles once, as static members, so that a workflow reads `by: .researcher`:
///
/// ```swift
/// extension Role {
///   static let researcher = Role("researcher", skills: ["search"], instructions: "Cite sources.")
/// }
/// ```
public struct Role: Sendable, Hashable, Codable, Identifiable {
  /// The name by which plans, teams and journals know the role.
  public let id: String
  /// What one must be able to do to play the role.
  public let skills: [String]
  /// What an agent that plays the role is told with every assignment.
  public let instructions: String
  /// The role to which this one reports, if any.
  public let reportsTo: ID?

  /// Creates a role.
  ///
  /// - Parameters:
  ///   - id: The name by which plans, teams and journals know the role.
  ///   - skills: What one must be able to do to play the role.
  ///   - instructions: What an agent that plays the role is told with every assignment.
  ///   - reportsTo: The role to which this one reports.
  public init(
    _ id: String, skills: [String] = [], instructions: String = "", reportsTo: Role? = nil
  ) {
    self.id = id
    self.skills = skills
    self.instructions = instructions
    self.reportsTo = reportsTo?.id
  }
}
