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
    let bytes = Array(text.utf8)
    var path: [UInt8] = []
    var instance: Instance?
    var start = 0
    while let mark = bytes[start...].firstIndex(where: { $0 == Self.open || $0 == Self.take }) {
      // `/rounds[3]`, `/items[17]` or `~2`: of the path only what is before belongs to it.
      let isTake = bytes[mark] == Self.take
      let slash = isTake ? mark : bytes[..<mark].lastIndex(of: UInt8(ascii: "/")) ?? mark
      path += bytes[start..<slash]
      guard let (number, end) = Self.number(in: bytes, from: mark + 1),
        isTake || end < bytes.count && bytes[end] == UInt8(ascii: "]"),
        let node = nodes[String(decoding: path, as: UTF8.self)]
      else { return nil }
      let word = bytes[slash..<mark]
      let isRound = word.elementsEqual("/rounds".utf8)
      guard isTake || isRound || word.elementsEqual("/items".utf8) else { return nil }
      instance = Instance(
        in: instance, node: node, isTake ? .take(number) : isRound ? .round(number) : .item(number))
      start = isTake ? end : end + 1
    }
    guard instance != nil else {
      return nodes[text].map { Address(node: $0, in: nil, plan: plan.nodes) }
    }
    path += bytes[start...]
    return nodes[String(decoding: path, as: UTF8.self)].map {
      Address(node: $0, in: instance, plan: plan.nodes)
    }
  }

  private static let open = UInt8(ascii: "[")
  private static let take = UInt8(ascii: "~")

  /// A number and where it ends.
  private static func number(in bytes: [UInt8], from start: Int) -> (number: Int, end: Int)? {
    let digits = bytes[start...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard !digits.isEmpty, digits.count < 18 else { return nil }
    let number = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    return (number, digits.endIndex)
  }
}
