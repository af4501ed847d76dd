/// Something of which there is only so much, and which several members share: a GPU, a licence, the
/// seats of an account.
///
/// ```swift
/// let gpu = Resource("gpu", 2)
/// Member("painter", plays: .painter, capacity: 4) { … }.needs(gpu)
/// ```
///
/// A member that needs a resource holds one of it for each assignment that it works on. It gets all
/// that it needs at once or nothing, so members never wait for each other in a circle.
public struct Resource: Sendable, Hashable {
  /// The name, by which two members mean the same resource.
  public let name: String
  /// How much of it there is.
  public let units: Int

  /// Creates a resource.
  ///
  /// - Parameters:
  ///   - name: The name, by which two members mean the same resource.
  ///   - units: How much of it there is, at least 1.
  public init(_ name: String, _ units: Int) {
    self.name = name
    self.units = units
  }
}
