/// An artifact that a checked plan should have had: a defect of the library, never of a workflow.
struct MissingArtifact: Error, CustomStringConvertible {
  let name: String
  let reader: String

  var description: String {
    "'\(reader)' reads '\(name)', which is not there; this is a defect in Troupe, please report it"
  }
}
