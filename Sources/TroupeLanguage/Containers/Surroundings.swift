/// The handles of the fan-outs around a body while it is built.
///
/// A fan-out inside another one may go over the same list; its element is another artifact than
/// the outer one's and needs a name of its own, because handles are told apart by their names.
enum Surroundings {
  @TaskLocal static var handles: Set<String> = []

  /// A name that no handle around has: the given one, or that with a number.
  static func name(of handle: String) -> String {
    var name = handle
    var number = 1
    while handles.contains(name) {
      number += 1
      name = "\(handle) \(number)"
    }
    return name
  }
}
