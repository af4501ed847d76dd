/// Messages about types, limits of time, and what could be better.
extension Wording {
  func twoTypes(_ slot: Int, _ first: Problem.Mention, _ second: Problem.Mention) -> Finding {
    var location: SourceLocation?
    if case .judges(let gate) = second.place {
      location = nodes[second.node].policies.gates[gate].location
    }
    return finding(
      .error,
      "artifact \(name(slot)) has two types: \(mention(second, slot)), \(mention(first, slot))"
        + place(first.node),
      "declare it once and use that handle everywhere, or give one of them another name",
      at: second.node, location: location)
  }

  private func mention(_ mention: Problem.Mention, _ slot: Int) -> String {
    let type = Self.short(mention.type)
    let label = label(mention.node)
    return switch mention.place {
    case .input: "it is '\(type)' as the input of \(workflow(mention.node))"
    case .output: "it is '\(type)' as the output of \(workflow(mention.node))"
    case .reads: "\(label) reads it as '\(type)'"
    case .writes: "\(label) writes it as '\(type)'"
    case .judges(let gate):
      "gate '\(nodes[mention.node].policies.gates[gate].name)' judges it as '\(type)'"
    case .element: "it is '\(type)' as the element of \(label)"
    case .result: "it is '\(type)' as the result of \(label)"
    }
  }

  private func workflow(_ id: Int) -> String {
    if case .call(let invocation) = nodes[id].kind {
      "workflow '\(invocation.workflow)'"
    } else {
      label(id)
    }
  }

  /// A type's name without the module that everybody knows: `Array<Int>`.
  static func short(_ type: String) -> String {
    let module = "Swift."
    var short = ""
    var rest = type[...]
    while let letter = rest.first {
      let isInName =
        short.last.map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." } ?? false
      if !isInName, rest.hasPrefix(module) {
        rest = rest.dropFirst(module.count)
      } else {
        short.append(letter)
        rest = rest.dropFirst()
      }
    }
    return short
  }

  func unread(_ writer: Int, _ slot: Int) -> Finding {
    finding(
      .warning, "nothing reads \(name(slot)), which \(label(writer)) writes",
      nodes[writer].awaited == nil
        ? "remove it, or make it an Effect if only what it does matters"
        : "let a step read it, or wait for a signal without a payload: Signal(\"…\")",
      at: writer)
  }

  func longerLimit(_ inner: Problem.Limit, _ outer: Problem.Limit) -> Finding {
    var (longer, shorter) = (
      DurationText.short(inner.duration), DurationText.short(outer.duration)
    )
    if longer == shorter { (longer, shorter) = ("\(inner.duration)", "\(outer.duration)") }
    let isOwn = inner.node == outer.node
    let limit =
      "\(isOwn ? "its own" : "the") \(outer.kind.rawValue) of \(shorter)"
      + (isOwn ? "" : " of \(label(outer.node))")
    if inner.kind == .span { return longerSpan(inner, longer, limit) }
    return finding(
      .warning,
      "\(label(inner.node)) has a \(inner.kind.rawValue) of \(longer), longer than \(limit)",
      "the shorter one always passes first: shorten this one, or allow more around it",
      at: inner.node)
  }

  func unmatched(_ choice: Int) -> Finding {
    finding(
      .warning, "\(label(choice)) fails when none of its conditions holds",
      "end it with 'Otherwise { … }', or with 'Otherwise(.skip)' to go on without it",
      at: choice)
  }

  func uselessRework(_ node: Int, _ gate: Int) -> Finding {
    let declared = nodes[node].policies.gates[gate]
    return finding(
      .warning,
      "gate '\(declared.name)' has \(label(node)) reworked, which is code and would give "
        + "the same result",
      "gate the container that holds the stage to be redone, or use 'otherwise: .fail'", at: node,
      location: declared.location)
  }

  func keepsRounds(_ stage: Int, _ loop: Int) -> Finding {
    guard case .repeat(let repetition) = nodes[loop].kind else {
      preconditionFailure("node \(loop) is no loop")
    }
    return finding(
      .warning,
      "\(label(stage)) has a '.compensate' and is done in up to \(repetition.limit) rounds of "
        + "\(label(loop)), of which a journal must keep every one",
      "allow at most \(CompensationCheck.roundLimit) rounds, or do without '.compensate'", at: stage
    )
  }

  func independent(_ steps: [Int]) -> Finding {
    let shown = steps.count > 5 ? steps.prefix(4) : steps[...]
    var names = shown.map { "'\(nodes[$0].name)'" }
    let last = steps.count > 5 ? "\(steps.count - 4) more" : names.removeLast()
    return finding(
      .hint,
      "\(names.joined(separator: ", ")) and \(last) do not depend on each other and could run at "
        + "once",
      "put them into a Parallel, unless their order is meant", at: steps[0])
  }
}
