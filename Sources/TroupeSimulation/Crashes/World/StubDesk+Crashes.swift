import TroupePlan
import TroupeRuntime

/// What a desk tells a witness of crashes.
extension StubDesk {
  /// Does a stage's work between two points at which the machine could end, and writes it down in
  /// the witness's ledger.
  func witnessed(
    _ node: Int, _ asked: Asked, _ work: () async throws -> Delivery
  ) async throws -> Delivery {
    guard let witness else { return try await work() }
    if asked.turn > 1 {
      // It belongs to the same start, and gives what that gives.
      let delivery = try await work()
      witness.end(asked, output(of: asked))
      return delivery
    }
    guard let context = StageContext.current else { throw LostStage() }
    let input = input(of: asked)
    let name = "'\(asked.address)' (take \(asked.take), attempt \(asked.attempt))"
    witness.pass("before \(name)")
    let line = witness.begin { process in
      CrashEffect(
        process: process, node: node, address: asked.address, take: asked.take,
        attempt: asked.attempt, member: asked.member, key: context.idempotencyKey, input: input)
    }
    do {
      let delivery = try await work()
      witness.end(line, output(of: asked))
      witness.pass("after \(name)")
      return delivery
    } catch {
      if error is NotStarted { witness.endWithNothing(line) }
      witness.pass("after \(name), which failed")
      throw error
    }
  }

  /// What a stage is given, in a form in which it can be compared.
  private func input(of asked: Asked) -> JSONValue {
    let feedback = asked.feedback.map { JSONValue.string("\($0)") }
    guard asked.role == nil else {
      return ["prompt": .string(asked.prompt), "feedback": .array(feedback)]
    }
    let key = TakeKey(address: asked.address, take: asked.take)
    return ["values": .array(inputs[key] ?? []), "feedback": .array(feedback)]
  }

  private func output(of asked: Asked) -> JSONValue? {
    outputs[AttemptKey(address: asked.address, take: asked.take, attempt: asked.attempt)]
  }
}
