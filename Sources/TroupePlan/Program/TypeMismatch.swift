/// A value of another type than its artifact's: a defect of the library, never of a workflow.
package struct TypeMismatch: Error, CustomStringConvertible {
  package let description: String

  package init(expected: String, found: any Sendable) {
    description =
      "expected a value of type '\(expected)', found one of type '\(type(of: found))'; "
      + "this is a defect in Troupe, please report it"
  }
}
