/// An artifact as a declaration names it. Its type's name is asked for only when it is compiled.
package struct Mention: Sendable {
  package let name: String
  package let type: any Sendable.Type
  /// Whether the handle gathers others, and so can only be read.
  package let isGathered: Bool

  package init(name: String, type: any Sendable.Type, isGathered: Bool = false) {
    self.name = name
    self.type = type
    self.isGathered = isGathered
  }
}
