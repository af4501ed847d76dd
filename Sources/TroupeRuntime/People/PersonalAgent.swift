/// An agent behind which a person stands: its member is not given work but asked, and answers when
/// it likes.
package protocol PersonalAgent: Agent {}

extension Member {
  /// Whether a person stands behind the member.
  public var isPerson: Bool { agent is any PersonalAgent }
}
