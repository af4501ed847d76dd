/// Walks a plan and knows at each node which artifacts are surely written: definite assignment.
///
/// What is surely written is marked in one array; a trail says what was marked, so that the marks
/// of one alternative, or of one of several steps at once, can be taken back before the next. No
/// set is ever copied: each step costs what it reads and writes, and each container at once or
/// of alternatives what its children newly write.
struct Assignment {
  let nodes: [Node]
  let layout: Layout
  let shape: PlanShape
  /// What was found, in the order of the walk.
  var problems: [Problem] = []

  /// Whether an artifact is surely written where the walk is.
  var isWritten: [Bool]
  /// The artifacts marked so far, in order.
  var trail: [Int32] = []
  /// What alternatives or steps at once have newly written, one after the other.
  var pending: [Int32] = []
  /// Counts, by slot, how many alternatives write an artifact; zero between uses.
  var counts: [Int32]
  /// The innermost fan-out around the walk, and its first own slot.
  var surroundings: (fanOut: Int, floor: Int) = (0, 0)
  /// Which of several steps at once writes what.
  var writers: WriterTable

  init(_ plan: Plan, _ layout: Layout, _ shape: PlanShape) {
    nodes = plan.nodes
    self.layout = layout
    self.shape = shape
    isWritten = Array(repeating: false, count: layout.count)
    counts = Array(repeating: 0, count: layout.count)
    writers = WriterTable(slots: layout.count)
    guard !nodes.isEmpty else { return }
    mark(layout.input)
    visit(0)
    if !isWritten[layout.output] {
      problems.append(.unwrittenOutput(scope: 0, slot: layout.output))
    }
  }

  mutating func visit(_ id: Int) {
    let standIns = nodes[id].standIns
    if !standIns.isEmpty {
      let (start, base) = (trail.count, pending.count)
      perform(id)
      takeBack(to: start)
      for standIn in standIns {
        visit(standIn)
        takeBack(to: start)
      }
      markCommon(from: base, of: 1 + standIns.count)
    } else {
      perform(id)
    }
    if !nodes[id].gates.isEmpty { checkGates(id) }
    for rung in nodes[id].rungs where nodes[id].isQuestion(rung) {
      let start = trail.count
      for slot in layout.reads(rung) { mark(Int(slot)) }
      visit(rung)
      forget(to: start)
    }
  }

  private mutating func perform(_ id: Int) {
    switch nodes[id].kind {
    case .stage, .wait:
      checkReads(id)
      write(id)
    case .sequence:
      visitAll(id)
    case .parallel:
      parallel(id)
    case .dataflow:
      dataflow(id)
    case .choose(let choice):
      checkReads(id)
      alternatives(id, orNone: choice.unmatched == .skip)
    case .race:
      alternatives(id, orNone: false)
    case .repeat:
      visitAll(id)
      checkReads(id)
    case .fanOut:
      fanOut(id)
    case .call:
      call(id)
    }
  }

  mutating func visitAll(_ id: Int) {
    for child in nodes[id].children { visit(child) }
  }
}
