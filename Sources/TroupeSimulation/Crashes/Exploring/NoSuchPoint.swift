/// A crash was asked for at a point that a run does not have.
struct NoSuchPoint: Error, CustomStringConvertible {
  let place: CrashPlace
  let count: Int
  var description: String {
    "there is no such place as \(place): a process of this run has only \(count) points; has the "
      + "workflow been changed, or a stub?"
  }
}
