import TroupePlan
import TroupeRuntime

/// A run in one line when it is over, and what was left of it if it was stopped.
struct RunSummary: Sendable {
  let model: ProgressModel
  let elapsed: Duration

  init(model: ProgressModel, elapsed: Duration) {
    self.model = model
    self.elapsed = elapsed
  }

  /// The summary of what has happened so far.
  ///
  /// - Parameter known: What is known of events before these, if there were some.
  init(events: [Event], after known: KnownPast? = nil, plan: Plan, elapsed: Duration) {
    var model = ProgressModel(plan: plan)
    if let known { model.begin(with: known) }
    for event in events { model.apply(event) }
    self.init(model: model, elapsed: elapsed)
  }

  /// `done in 3.2 s: 14 stages, 2 retries`
  func line(_ ending: String) -> String {
    var parts = [Count.of(model.stages, "stage")]
    if model.retries > 0 { parts.append(Count.of(model.retries, "retry", "retries")) }
    if model.reworks > 0 { parts.append(Count.of(model.reworks, "rework")) }
    return "\(ending) \(TimeText.taken(elapsed)): \(parts.joined(separator: ", "))"
  }

  /// What was at work and what had not begun, a line each; nothing if neither is left.
  var left: [String] {
    var running: [String] = []
    var waiting: [String] = []
    for row in model.rows {
      let node = model.plan.nodes[row.node]
      let step = model.steps[row.node]
      guard node.kind == .stage || node.isFanOut || node.isWait else { continue }
      let name = Printable.line(node.path.description.drop { $0 != "/" }.dropFirst())
      if step.state.isActive {
        let detail = [step.member, model.fanOuts[row.node]?.text].compactMap { $0 }
        running.append(
          detail.isEmpty ? name : "\(name) (\(Printable.line(detail.joined(separator: ", "))))")
      } else if step.state == .waiting, !row.isAside {
        waiting.append(name)
      }
    }
    var lines: [String] = []
    if !running.isEmpty { lines.append("was running: \(Count.some(running, limit: 8))") }
    if !waiting.isEmpty { lines.append("not started: \(Count.some(waiting, limit: 8))") }
    return lines
  }
}
