import TroupePlan
import TroupeRuntime

extension StubTable {
  /// The table of a study: a stage without a stub answers with an example of its type, an effect
  /// does nothing, and each takes its time.
  ///
  /// - Parameters:
  ///   - stubs: The table of the stubs that there are.
  ///   - runsCode: Whether stages of code and effects do their own work after their time.
  ///   - countsTokens: Whether assignments use up the tokens that the plan says they take at most.
  init(
    studying program: Program, _ stubs: StubTable, _ durations: Durations, runsCode: Bool,
    countsTokens: Bool
  ) {
    self = stubs
    isSteady = true
    let waiving = program.plan.questionsThatMayWaive
    for node in program.plan.nodes where node.kind == .stage {
      let stub = index(of: node.id).map { entries[$0] }
      let answer: StubAnswer =
        switch stub?.answer {
        case .none where runsCode && node.role == nil: .work
        case .none where waiving.contains(node.id): Self.waiver(node.id, program)
        case .none, .example: Self.example(node.id, program)
        case .some(let answer): answer
        }
      switch stub?.answer {
      case .none where runsCode && node.role == nil: break
      case .none, .example: exampleNodes.insert(node.id)
      default: break
      }
      let estimate = countsTokens && node.role != nil ? program.estimate(of: node.id) : nil
      // The estimate is not asked where a stub answers.
      let tokens = stub.map { $0.usage.inputTokens + $0.usage.outputTokens } ?? estimate?.tokens
      if node.role != nil, tokens ?? 0 == 0 { uncountedNodes.insert(node.id) }
      // One entry for each stage, because stages that share a stub may take different times.
      byNode[node.id] = entries.count
      entries.append(
        Entry(
          name: stub?.name ?? "'\(node.shortPath)'", answer: answer,
          timing: stub?.timing ?? durations.timing(of: node), faults: stub?.faults ?? [],
          location: stub?.location ?? node.location
            ?? SourceLocation(fileID: "", filePath: "", line: 0, column: 0),
          usage: stub?.usage ?? Usage(outputTokens: estimate?.tokens ?? 0)))
    }
  }

  /// What those answer who are asked about a gate's rejection. The example of the type would have
  /// the same done again, which ends nowhere where the same comes of it; it follows where nothing
  /// can be waived.
  private static func waiver(_ node: Int, _ program: Program) -> StubAnswer {
    let waiver = Delivery.json(Resolution.accept(reason: "an example").json)
    guard case .closure(let example) = example(node, program) else {
      return .closure { _ in waiver }
    }
    return .closure { $0.turn == 1 ? waiver : try await example($0) }
  }

  /// The stages of a plan about whose time nothing is said.
  func untimed(in plan: Plan) -> [String] {
    plan.nodes.filter { node in
      node.kind == .stage && index(of: node.id).map { entries[$0].timing == nil } ?? true
    }.map(\.shortPath)
  }

  /// The fan-outs over a list that is only an example, which has one element.
  func exampleFanOuts(in program: Program) -> [String] {
    let written = Set(exampleNodes.compactMap { program.layout.write($0) })
    return program.plan.nodes.filter { node in
      guard case .fanOut = node.kind else { return false }
      return program.layout.reads(node.id).contains { written.contains(Int($0)) }
    }.map(\.shortPath)
  }

  /// The example of a stage's type, made once, because that costs more than all else in a run.
  private static func example(_ node: Int, _ program: Program) -> StubAnswer {
    switch program.bodies[node].work {
    case .code(_, let output), .assignment(_, let output):
      let example = Delivery.json(output.schema().schema.example())
      return .closure { _ in example }
    default:
      let nothing = Delivery.json(.null)
      return .closure { _ in nothing }
    }
  }
}

extension Plan {
  /// The stages that ask what is to be done about a step that a gate may have rejected.
  fileprivate var questionsThatMayWaive: Set<Int> {
    var questions: Set<Int> = []
    for node in nodes {
      for rule in node.policies.escalation?.rules ?? [] where rule.triggers.contains(.gateRejected)
      {
        for case .ask(let question) in rule.rungs { questions.insert(question) }
      }
    }
    return questions
  }
}
