import TroupePlan

/// Finds what holds a workflow up most, and says why.
struct BottleneckFinder {
  let path: [WhatIfFigures.PathShare]
  let loads: [WhatIfFigures.RoleLoad]
  let oneMore: [WhatIfFigures.OneMore]

  /// The stages that count as one: those of a role, or a stage of code.
  private struct Candidate {
    let role: Role.ID?
    var stages: [WhatIfFigures.PathShare]
    var share: Double { stages.reduce(0) { $0 + $1.share }.toMillionths }
    var queue: Double { stages.reduce(0) { $0 + $1.queue }.toMillionths }
    var pause: Double { stages.reduce(0) { $0 + $1.pause }.toMillionths }
  }

  /// The bottleneck; of several that are as great, the first on the critical path.
  var bottleneck: WhatIfFigures.Bottleneck? {
    var candidates: [Candidate] = []
    for part in path {
      if let role = part.role, let place = candidates.firstIndex(where: { $0.role == role }) {
        candidates[place].stages.append(part)
      } else {
        candidates.append(Candidate(role: part.role, stages: [part]))
      }
    }
    var greatest: Candidate?
    for candidate in candidates where candidate.share > greatest?.share ?? 0 {
      greatest = candidate
    }
    guard let greatest, let first = greatest.stages.first else { return nil }
    return WhatIfFigures.Bottleneck(
      role: greatest.role, stage: first.stage, share: greatest.share, queue: greatest.queue,
      reason: reason(greatest, first))
  }

  private func reason(_ candidate: Candidate, _ first: WhatIfFigures.PathShare) -> String {
    if candidate.pause > candidate.share / 2 {
      return "its attempts fail, and it pauses before it tries again; look at its retries"
    }
    guard let role = candidate.role else {
      return "its code takes that long; make it faster, or let it run beside other stages"
    }
    let change = oneMore.first { $0.role == role }?.change
    let load = loads.first { $0.role == role }
    let busy = load?.utilisation.map { "its members are busy \(StudyText.percent($0)) of the time" }
    let most =
      candidate.stages.count > 1
      ? "; its greatest part is '\(first.stage)' with \(StudyText.percent(first.share))" : ""
    if candidate.queue > candidate.share / 10 {
      let waits =
        "stages wait for a member for \(StudyText.percent(candidate.queue)) of the makespan"
      let helps = change.map { change in
        change.p50 < .zero || change.p95 < .zero
          ? "; one more member changes p50 by \(StudyText.change(change.p50)) and p95 by "
            + StudyText.change(change.p95)
          : "; one more member does not help alone"
      }
      return [busy, waits].compactMap(\.self).joined(separator: ", and ") + most + (helps ?? "")
    }
    return
      "the work itself takes that long\(most); it must become shorter, and more members do not help"
  }
}
