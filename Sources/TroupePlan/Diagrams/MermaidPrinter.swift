/// Writes a drawing as a Mermaid flowchart (mermaid.js.org/syntax/flowchart.html).
struct MermaidPrinter {
  private var lines = ["flowchart TB"]
  private var depth = 1
  private var hasGate = false
  private var hasFailure = false

  static func print(_ drawing: Drawing) -> String {
    var printer = MermaidPrinter()
    printer.elements(drawing.elements)
    for edge in drawing.edges { printer.edge(edge) }
    printer.classes(drawing)
    return printer.lines.joined(separator: "\n") + "\n"
  }

  private mutating func line(_ text: String) {
    lines.append(String(repeating: "  ", count: depth) + text)
  }

  private mutating func elements(_ elements: [Drawing.Element]) {
    for element in elements {
      switch element {
      case .shape(let shape): self.shape(shape)
      case .cluster(let cluster):
        line("subgraph \(cluster.id)[\(label(cluster.title, cluster.details))]")
        depth += 1
        self.elements(cluster.elements)
        depth -= 1
        line("end")
      }
    }
  }

  private mutating func shape(_ shape: Drawing.Shape) {
    let text = label(shape.title, shape.details)
    switch shape.kind {
    case .start, .end: line("\(shape.id)([\(text)])")
    case .stage(let role):
      line("\(shape.id)[\(text)]\(role.map { ":::role\($0)" } ?? "")")
    case .effect: line("\(shape.id)>\(text)]")
    case .wait: line("\(shape.id)[/\(text)/]")
    case .gate:
      hasGate = true
      line("\(shape.id){\(text)}:::gate")
    case .decision: line("\(shape.id){\(text)}")
    case .fork, .join:
      line(shape.title.isEmpty ? "\(shape.id)((\" \"))" : "\(shape.id)((\(text)))")
    case .spread: line("\(shape.id)[/\(text)\\]")
    case .collect: line("\(shape.id)[\\\(text)/]")
    case .failure:
      hasFailure = true
      line("\(shape.id){{\(text)}}:::failure")
    }
  }

  private mutating func edge(_ edge: Drawing.Edge) {
    let arrow = edge.style == .forward ? "-->" : "-.->"
    let text = edge.label.isEmpty ? "" : "|\(label(edge.label, []))|"
    line("\(edge.from) \(arrow)\(text) \(edge.to)")
  }

  private mutating func classes(_ drawing: Drawing) {
    for (number, role) in drawing.roles.enumerated() {
      let tint = DiagramPalette.role(number)
      line("classDef role\(number) fill:\(tint.fill),stroke:\(tint.line)")
      line("legend\(number)[\(label(role, []))]:::role\(number)")
    }
    if hasGate { line("classDef gate fill:#FFF4EC,stroke:\(DiagramPalette.work)") }
    if hasFailure { line("classDef failure fill:#FDF6F5,stroke:\(DiagramPalette.failure)") }
  }

  /// A quoted label. Mermaid reads entities with `#` in the place of `&`.
  private func label(_ title: String, _ details: [String]) -> String {
    "\"" + ([title] + details).map(escaped).joined(separator: "<br/>") + "\""
  }

  private func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": escaped += "<br/>"
      case "\"", "#", "&", "<", ">", "`", "\\", ";", "*", "_", "|":
        escaped += "#\(scalar.value);"
      default:
        if scalar.properties.generalCategory == .control { continue }
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped.isEmpty ? " " : escaped
  }
}
