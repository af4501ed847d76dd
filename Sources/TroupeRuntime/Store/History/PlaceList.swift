import TroupePlan

/// The steps along an address, from the outermost to the one that it names.
struct PlaceList {
  /// One step along an address.
  struct Place {
    let node: Int
    /// Its own address.
    let address: String
    /// The take of it in which the next one is, counted from 1.
    var take = 1
    /// The address of what is inside it: its own with the take, the round and the element.
    var inside: String
    /// The element of it in which the next one is, counted from 1.
    var item: Int?
  }

  private let nodes: [String: Int]

  init(_ plan: Plan) {
    nodes = Dictionary(plan.nodes.map { ($0.path.description, $0.id) }) { first, _ in first }
  }

  /// The steps along the text of an address of the plan.
  func places(along address: String) -> [Place] {
    var places: [Place] = []
    var path = ""
    for part in address.split(separator: "/") {
      let inside = (places.last.map { $0.inside + "/" } ?? "") + part
      if part.last == "]" {
        guard let last = places.indices.last else { return [] }
        places[last].inside = inside
        if part.hasPrefix("items[") { places[last].item = Int(part.dropFirst(6).dropLast()) }
        continue
      }
      let pieces = part.split(separator: "~", maxSplits: 1)
      let name = pieces.first ?? ""
      path += path.isEmpty ? String(name) : "/\(name)"
      guard let node = nodes[path] else { return [] }
      var place = Place(
        node: node, address: String(inside.dropLast(part.count - name.count)), inside: inside)
      if pieces.count == 2 { place.take = Int(pieces[1]) ?? 1 }
      places.append(place)
    }
    return places
  }
}
