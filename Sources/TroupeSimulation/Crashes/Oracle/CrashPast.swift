import TroupePlan
import TroupeRuntime

/// What a journal that a process found forbids it to do.
struct CrashPast {
  private let plan: Plan
  private let nodes: AddressReader
  private let parents: [Int: Int]
  private let isOver: Bool
  private var finished: Set<String> = []
  private var failed: Set<String> = []
  private var closed: [String: String] = [:]
  /// Who was at work on a take when the journal ended.
  private var inDoubt: [String: String] = [:]
  private var starts: Set<CrashJournal.AttemptID> = []
  private var latest: [String: Int] = [:]
  /// Steps of which a limit of time had passed.
  private var expired: Set<String> = []
  /// Whether the run as a whole was being undone.
  private var isUndone = false

  init(_ journal: CrashJournal, _ plan: Plan) {
    self.plan = plan
    nodes = AddressReader(plan)
    isOver = journal.outcome != nil
    var parents: [Int: Int] = [:]
    for node in plan.nodes {
      node.forEachPart { parents[$0] = node.id }
    }
    self.parents = parents
    for record in journal.records {
      let take = "\(record.address)\n\(record.take)"
      switch record.type {
      case "started":
        starts.insert(record.attemptID)
        latest[take] = record.number("attempt")
        inDoubt[take] = record.text("member")
      case "finished":
        inDoubt[take] = nil
        finished.insert(record.address)
      case "failed", "gaveUp":
        inDoubt[take] = nil
        if record.members["last"] == .bool(true) { failed.insert(record.address) }
      // What a ladder does comes after the time was over.
      case "escalated", "reached": expired.remove(record.address)
      case "expired": expired.insert(record.address)
      case "compensating": isUndone = isUndone || !record.address.contains("/")
      case "closed": closed[record.address] = record.text("ending")
      default: break
      }
    }
  }

  /// What is wrong with beginning something now.
  func problems(of effect: CrashEffect) -> [String] {
    if isOver { return ["\(effect.name) was begun although the run was over"] }
    var problems: [String] = []
    if starts.contains(effect.id) { problems.append("\(effect.name) was begun a second time") }
    // What undoes work comes after that has ended, and after all that was decided.
    let isUndoing = plan.nodes[effect.node].path.isCompensation
    if isUndone, !isUndoing {
      problems.append("\(effect.name) was begun although the run is being undone")
    }
    let ended =
      isUndoing
      ? closed[effect.address].map { _ in effect.address }
      : CrashLaws.enclosing(effect.address) { closed[$0] != nil }
    if let step = ended {
      problems.append("\(effect.name) was begun although '\(step)' had come to its end")
    } else if isPlain(effect.node), finished.contains(effect.address) {
      problems.append("\(effect.name) was begun although it was finished")
    }
    if isUndoing { return problems }
    if let step = CrashLaws.enclosing(effect.address, { expired.contains($0) }),
      !effect.address.hasPrefix(step + "/@fallback/")
    {
      problems.append("\(effect.name) was begun although the time of '\(step)' was over")
    }
    if let step = decided(effect.address) {
      problems.append("\(effect.name) was begun although '\(step)' was decided")
    }
    let take = "\(effect.address)\n\(effect.take)"
    if let member = inDoubt[take], let now = effect.member, member != now,
      effect.attempt == latest[take, default: 0] + 1
    {
      problems.append("\(effect.name) was given to '\(now)' although '\(member)' was at work on it")
    }
    return problems
  }

  private func isPlain(_ node: Int) -> Bool {
    plan.nodes[node].policies.isEmpty && plan.nodes[node].fallback == nil
  }

  /// The join around a place that was decided: a race that was won, or steps at once one of which
  /// had failed.
  private func decided(_ place: String) -> String? {
    guard let address = nodes.address(place) else { return nil }
    var node = address.node
    while let parent = parents[node] {
      let instance = instance(address.instance, outside: node)
      // A fallback takes the place of what had failed, and a review follows what was done.
      let siblings = plan.nodes[parent].hasAside(node) ? [] : plan.nodes[parent].children
      for sibling in siblings where sibling != node {
        let other = Address(node: sibling, in: instance, plan: plan.nodes).description
        let isDecided =
          switch plan.nodes[parent].kind {
          case .race: closed[other] == "completed" || isPlain(sibling) && finished.contains(other)
          case .parallel, .dataflow:
            closed[other] == "failed" || isPlain(sibling) && failed.contains(other)
          default: false
          }
        if isDecided {
          return Address(node: parent, in: instance, plan: plan.nodes).description
        }
      }
      node = parent
    }
    return nil
  }

  /// The rounds, elements and takes in which a node stands as a whole.
  private func instance(_ inner: Instance?, outside node: Int) -> Instance? {
    var current = inner
    while let instance = current, isInside(instance.node, node) { current = instance.parent }
    return current
  }

  private func isInside(_ node: Int, _ other: Int) -> Bool {
    var current: Int? = node
    while let id = current {
      if id == other { return true }
      current = parents[id]
    }
    return false
  }
}
