/// Which rows are shown where there is no room for all: what failed, what runs, what was done last,
/// and what comes next; in the order of the plan.
struct RowChoice {
  private(set) var shown: [ProgressRow] = []
  private(set) var hidden: [ProgressRow] = []

  init(model: ProgressModel, rows: [ProgressRow], room: Int) {
    var ranked = rows.indices.map { index in
      (rank: Rank(model.steps[rows[index].node], index: index), index: index)
    }
    ranked.sort { $0.rank < $1.rank }
    let chosen = Set(ranked.prefix(max(room, 0)).map(\.index))
    for (index, row) in rows.enumerated() {
      if chosen.contains(index) { shown.append(row) } else { hidden.append(row) }
    }
  }

  /// How much a row is worth showing; less is more.
  private struct Rank: Comparable {
    let group: Int
    let order: Duration
    let index: Int

    init(_ step: StepProgress, index: Int) {
      switch step.state {
      case .failed, .retrying, .lingering: group = 0
      case .running, .queued: group = 1
      case .done: group = 2
      case .waiting: group = 3
      case .cancelled, .skipped: group = 4
      }
      order = step.state == .done ? .zero - (step.ended ?? .zero) : .zero
      self.index = index
    }

    static func < (left: Rank, right: Rank) -> Bool {
      (left.group, left.order, left.index) < (right.group, right.order, right.index)
    }
  }
}
