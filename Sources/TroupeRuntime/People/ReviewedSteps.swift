import TroupePlan

/// The steps of a plan with reviews that are independent, and what they come to is made of.
struct ReviewedSteps: Sendable {
  /// A reviewed step around a node, and the one in its place in which that stands.
  private struct Scope {
    let step: Int
    var standIn: Int?
  }

  private let plan: Plan
  /// For each node those around it and itself, the outermost first; none for what is no work.
  private let scopes: [[Scope]]

  /// - Returns: `nil` if no review of the plan is independent.
  init?(_ plan: Plan) {
    func isReviewed(_ id: Int) -> Bool {
      plan.nodes[id].policies.gates.contains { $0.review?.isIndependent == true }
    }
    guard plan.nodes.withPolicies.contains(where: isReviewed) else { return nil }
    self.plan = plan
    var scopes: [[Scope]] = Array(repeating: [], count: plan.nodes.count)
    // Parents come before their children.
    for id in plan.nodes.indices {
      let (node, around, isReviewed) = (plan.nodes[id], scopes[id], isReviewed(id))
      if isReviewed { scopes[id].append(Scope(step: id)) }
      for child in node.children { scopes[child] = scopes[id] }
      // Reviews, questions and compensations are none of the work.
      for standIn in node.standIns {
        scopes[standIn] = around + (isReviewed ? [Scope(step: id, standIn: standIn)] : [])
      }
    }
    self.scopes = scopes
  }

  /// Whether a node has independent reviews.
  func isReviewed(_ node: Int) -> Bool {
    scopes[node].last.map { $0.step == node } ?? false
  }

  /// Whether a node is work in a step that has them.
  func hold(_ node: Int) -> Bool { !scopes[node].isEmpty }

  /// The addresses of the visits of reviewed steps to which an address belongs, and to what of
  /// them.
  ///
  /// - Parameter take: The take of the step at the address itself.
  func parts(of address: Address, take: Int) -> [(visit: String, part: Authors.Part)] {
    scopes[address.node].map { scope in
      var instance = address.instance
      var own = address.node == scope.step ? take : 1
      // A node comes before what is in it.
      while let current = instance, current.node >= scope.step {
        if current.node == scope.step, case .take(let number) = current.selector { own = number }
        instance = current.parent
      }
      let visit = Address(node: scope.step, in: instance, plan: plan.nodes)
      return (visit.description, scope.standIn.map { .standIn($0) } ?? .take(own))
    }
  }
}
