/// What was asked of a decoder at one place, gathered while a type's `init(from:)` runs.
///
/// A class, since containers go on writing to it after they were handed out; it never leaves the
/// probe.
final class SchemaNode {
  /// The kind of JSON that was asked for.
  enum Shape {
    /// Nothing was asked, or nothing that shows what is wanted.
    case unknown
    /// A schema that is known whole.
    case schema([String: JSONValue])
    /// An object with the keys in `properties`.
    case object
    /// An object with any keys and values alike; the schema of keys where it is known.
    case dictionary(SchemaNode, keys: [String: JSONValue]?)
    /// An array of values alike.
    case array(SchemaNode, isUnique: Bool)
    /// An array whose elements were asked one by one.
    case list
    /// The same as another place.
    case alias(SchemaNode)
    /// A value or `null`.
    case nullable(SchemaNode)
    /// One of several, because the type tries one after the other.
    case union([SchemaNode])
    /// A type that is being described further out, by its place among the definitions.
    case reference(ObjectIdentifier)
  }

  /// A key of an object.
  struct Property {
    let key: String
    let node: SchemaNode
    var isRequired = true
  }

  var shape: Shape
  /// The keys of an object, in the order in which they were asked for.
  var properties: [Property] = []
  /// The elements of a list, in order.
  var elements: [SchemaNode] = []
  /// Whether a list was asked for its end, so that it has any number of elements.
  var isOpenList = false
  /// Whether it was asked if the value is `null`.
  var isNullable = false
  /// Whether an object was asked which keys it has, so that they are not fixed.
  var readsAllKeys = false
  /// The types as which the value was asked for as a whole, which may be one of several tries.
  var singleValueTypes: Set<ObjectIdentifier> = []
  /// Whether there may be more than was seen, because probing stopped here.
  var isIncomplete = false

  init(_ shape: Shape = .unknown) {
    self.shape = shape
  }

  /// Whether nothing has been asked for yet.
  var isUnknown: Bool {
    if case .unknown = shape { return true }
    return false
  }

  /// Takes on a shape unless an earlier question has settled it.
  func settle(_ shape: Shape) {
    if isUnknown { self.shape = shape }
  }

  /// The place of a key among the properties; adds it when it is asked for the first time.
  func property(_ key: String) -> Int {
    if let index = properties.firstIndex(where: { $0.key == key }) { return index }
    properties.append(Property(key: key, node: SchemaNode()))
    return properties.count - 1
  }
}
