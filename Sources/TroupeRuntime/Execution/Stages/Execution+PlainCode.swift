import TroupePlan

/// Stages of code without policies that the run never gives up: the commonest, and so on the
/// shortest way.
extension Execution {
  /// Performs the plain stages of code from a place among some nodes on, as many as follow each
  /// other, each seeing what those before it published.
  ///
  /// - Returns: What the last of them did, which is not yet published, and the place after it.
  func plainCode(
    _ nodes: [Int], from start: Int, in instance: Instance?, _ frame: Frame
  ) async throws -> (done: Done, next: Int) {
    let feedback = instance.map(told) ?? []
    // Held here, because each look at a property of the execution costs a retain and a release.
    let (bodies, layout, traits, plan, run) = (bodies, layout, traits, plan.nodes, id)
    var next = start
    var address = Address(node: nodes[start], in: instance, plan: plan)
    log.append(.started(.first), at: address)
    while true {
      let id = nodes[next]
      guard case .code(let perform, _) = bodies[id].work, let slot = layout.write(id) else {
        preconditionFailure("node \(id) is no plain code")
      }
      let values = try values(layout.reads(id), of: id, frame)
      let context = StageContext(
        address: address, take: 1, attempt: 1, feedback: feedback, deadline: nil, run: run,
        waivers: waivers(readBy: id, frame))
      let value: any Sendable
      do {
        value = try await StageContext.$current.withValue(context) { try await perform(values) }
      } catch {
        let trial = Trial(attempt: .first, address: address, pause: nil, isLast: true)
        let error = inline(error, trial)
        guard let error = error as? AttemptError else { throw error }
        throw end(error, id, in: instance, .first)
      }
      next += 1
      guard next < nodes.count, traits[nodes[next]].contains(.plainCode), !Task.isCancelled else {
        let record = log.append(.finished(.first, usage: Usage()), at: address)
        let writes = Writes.one(slot: slot, Version(value: value, record: record))
        return (Done(writes: writes, record: record), next)
      }
      // In one go, because the next stage starts where this one ends.
      let following = Address(node: nodes[next], in: instance, plan: plan)
      let record = log.append(
        .finished(.first, usage: Usage()), at: address, then: .started(.first), at: following)
      frame.publish(Version(value: value, record: record), to: slot)
      address = following
    }
  }
}
