package import TroupePlan

/// Finds the nodes and instances that addresses of journals name.
package struct AddressReader: Sendable {
  package let plan: Plan
  private let nodes: [String: Int]

  package init(_ plan: Plan) {
    self.plan = plan
    nodes = Dictionary(plan.nodes.map { ($0.path.description, $0.id) }) { first, _ in first }
  }

  /// The address that a text names, or `nil` if the plan has no such place.
  package func address(_ text: String) -> Address? {
    if let node = nodes[text] { return Address(node: node, in: nil, plan: plan.nodes) }
    var path = ""
    var instance: Instance?
    for part in text.split(separator: "/", omittingEmptySubsequences: false) {
      if let (word, number) = Self.selector(part), let node = nodes[path] {
        instance = Instance(
          in: instance, node: node, word == "rounds" ? .round(number) : .item(number))
        continue
      }
      let pieces = part.split(separator: "~", maxSplits: 1)
      path += path.isEmpty ? String(pieces.first ?? "") : "/\(pieces.first ?? "")"
      if pieces.count == 2 {
        guard let node = nodes[path], let take = Int(pieces[1]) else { return nil }
        instance = Instance(in: instance, node: node, .take(take))
      }
    }
    guard let node = nodes[path] else { return nil }
    return Address(node: node, in: instance, plan: plan.nodes)
  }

  /// Reads `rounds[3]` and `items[17]`.
  private static func selector(_ part: Substring) -> (word: Substring, number: Int)? {
    guard part.last == "]", let open = part.firstIndex(of: "["),
      let number = Int(part[part.index(after: open)...].dropLast())
    else { return nil }
    let word = part[..<open]
    return word == "rounds" || word == "items" ? (word, number) : nil
  }
}
