/// Messages about results that are not surely written, and about steps at once.
extension Wording {
  func unwrittenOutput(of scope: Int, _ slot: Int) -> Finding {
    var workflow = plan.workflow
    if case .call(let invocation) = nodes[scope].kind { workflow = invocation.workflow }
    let last = nodes[scope].children.last ?? scope
    let writers = nodes[scope].children.filter { child in
      shape.part(of: child).contains { layout.write($0) == slot }
    }
    guard let writer = writers.first else {
      return finding(
        .error, "nothing writes \(name(slot)), the output of workflow '\(workflow)'",
        "let a step write it: a run ends with its output", at: last,
        location: nodes[last].location ?? nodes[scope].location)
    }
    let (node, reason) = culprit(writer, slot)
    return finding(
      .error, "\(name(slot)), the output of workflow '\(workflow)', is not written on every path",
      reason, at: node,
      location: nodes[node].location ?? nodes[last].location)
  }

  func unwrittenResult(of fanOut: Int, _ slot: Int) -> Finding {
    let writer = nodes[fanOut].children.first { child in
      shape.part(of: child).contains { layout.write($0) == slot }
    }
    guard let writer else {
      return finding(
        .error, "no step of \(label(fanOut)) writes \(name(slot)), the result of an element",
        "let one of its steps write the second artifact that its body is given", at: fanOut)
    }
    return finding(
      .error,
      "\(label(fanOut)) does not write \(name(slot)), the result of an element, on every path",
      culprit(writer, slot).reason, at: fanOut)
  }

  func unwrittenJudged(_ node: Int, _ gate: Int, _ slot: Int) -> Finding {
    let declared = nodes[node].policies.gates[gate]
    let isWritten = shape.part(of: node).contains { layout.write($0) == slot }
    let message = "gate '\(declared.name)' judges \(name(slot)), which \(label(node)) "
    let mayRead = if case .stage = nodes[node].kind { true } else { false }
    guard isWritten else {
      return finding(
        .error, message + (mayRead ? "neither writes nor reads" : "does not write"),
        "name an artifact that it writes, or put the gate on the step that writes \(name(slot))"
          + (mayRead ? "; what the stage reads can be judged beside it" : ""),
        at: node, location: declared.location)
    }
    return finding(
      .error, message + "does not write on every path",
      culprit(node, slot).reason, at: node, location: declared.location)
  }

  func twoWriters(_ container: Int, _ first: Int, _ second: Int, _ slot: Int) -> Finding {
    let (one, other) = labels(first, second)
    return finding(
      .error, "\(one) and \(other) both write \(name(slot)) and may run at once",
      "the first is declared at \(nodes[first].location?.shown ?? nodes[first].path.description): "
        + "let each write an artifact of its own, or put one after the other",
      at: second)
  }

  func readerBesideWriter(
    _ container: Int, _ reader: Int, _ writer: Int, _ slot: Int
  ) -> Finding {
    let (one, other) = labels(reader, writer)
    return finding(
      .error, "\(one) reads \(name(slot)) while \(other) may be writing it",
      "both may run at once in \(label(container)): move one of them out of it, "
        + "or make it a Dataflow",
      at: reader)
  }

  func writesBound(_ dataflow: Int, _ writer: Int, _ slot: Int) -> Finding {
    finding(
      .error,
      "\(label(writer)) writes \(name(slot)), which is already written before \(label(dataflow))",
      "in a dataflow an artifact has one version: write one with another name", at: writer)
  }

  func writesSurroundings(_ fanOut: Int, _ writer: Int, _ slot: Int) -> Finding {
    finding(
      .error,
      "\(label(writer)) writes \(name(slot)), which belongs to the surroundings of "
        + label(fanOut),
      "elements run at once and keep what they write: use an artifact with another name",
      at: writer)
  }

  func cycle(_ dataflow: Int, _ way: [Problem.Wait]) -> Finding {
    var text = "'\(nodes[way[0].child].name)'"
    for (index, wait) in way.enumerated() {
      let next = way[(index + 1) % way.count].child
      text += index == 0 ? " reads" : ", which reads"
      text += " \(name(wait.slot)) from '\(nodes[next].name)'"
    }
    return finding(
      .error, "\(label(dataflow)) goes round in a circle: \(text)",
      "none of them can start: let one of them read something else, or use a Repeat",
      at: way[0].child)
  }
}
