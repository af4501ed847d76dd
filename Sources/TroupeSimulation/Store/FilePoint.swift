/// A moment between two steps on files, at which a process may end.
package struct FilePoint: Sendable, Hashable, CustomStringConvertible {
  /// The place among the points of a world, counted from 1.
  package let number: Int
  /// The step of the operation that has just been done; `nil` before its first one.
  package let done: FileAction?
  /// The step of the operation that comes next; `nil` after its last one.
  package let next: FileAction?
  /// What the operation is done to.
  package let path: String

  /// `point 17, between write and sync of runs/1/journal`.
  package var description: String {
    let moment =
      switch (done, next) {
      case (let done?, let next?): "between \(done) and \(next)"
      case (let done?, nil): "after \(done)"
      case (nil, let next?): "before \(next)"
      case (nil, nil): "beside"
      }
    return "point \(number), \(moment) of \(path)"
  }
}
