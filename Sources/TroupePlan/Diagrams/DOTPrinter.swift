/// Writes a drawing in DOT, the language of Graphviz (graphviz.org/doc/info/lang.html).
struct DOTPrinter {
  private var lines: [String] = []
  private var depth = 1

  static func print(_ drawing: Drawing) -> String {
    var printer = DOTPrinter()
    printer.print(drawing)
    return printer.lines.joined(separator: "\n") + "\n"
  }

  private mutating func print(_ drawing: Drawing) {
    let font = "fontname=\"Helvetica,Arial,sans-serif\""
    lines.append("digraph \(quoted(drawing.title)) {")
    line("graph [\(font), rankdir=TB, nodesep=0.35, ranksep=0.42, pad=0.3, bgcolor=white,")
    line("  fontsize=11, fontcolor=\"\(DiagramPalette.quiet)\", labeljust=l, compound=true]")
    line("node [\(font), fontsize=11, fontcolor=\"\(DiagramPalette.ink)\", shape=box,")
    line("  style=\"rounded,filled\", fillcolor=white, color=\"\(DiagramPalette.line)\",")
    line("  penwidth=1.2, margin=\"0.18,0.1\", height=0.4]")
    line("edge [\(font), fontsize=9, fontcolor=\"\(DiagramPalette.quiet)\",")
    line("  color=\"\(DiagramPalette.edge)\", arrowsize=0.7, penwidth=1.1]")
    line("label=<<FONT POINT-SIZE=\"14\"><B>\(escaped(drawing.title))</B></FONT>>")
    line("labelloc=t")
    elements(drawing.elements)
    for edge in drawing.edges { self.edge(edge) }
    if !drawing.roles.isEmpty { legend(drawing.roles) }
    lines.append("}")
  }

  private mutating func line(_ text: String) {
    lines.append(String(repeating: "  ", count: depth) + text)
  }

  private mutating func elements(_ elements: [Drawing.Element]) {
    for element in elements {
      switch element {
      case .shape(let shape): self.shape(shape)
      case .cluster(let cluster): self.cluster(cluster)
      }
    }
  }

  private mutating func cluster(_ cluster: Drawing.Cluster) {
    line("subgraph \(cluster.id) {")
    depth += 1
    let (style, color, fill) =
      switch cluster.style {
      case .plain: ("rounded,filled", "#D5DAE1", "#F7F8FA")
      case .repeated: ("rounded,filled,dashed", "#9AA5B4", "#F4F6F9")
      case .called: ("rounded,filled,bold", "#9AA5B4", "#F7F8FA")
      case .fallback: ("rounded,filled,dashed", DiagramPalette.failure, "#FDF6F5")
      }
    line("graph [style=\"\(style)\", color=\"\(color)\", fillcolor=\"\(fill)\", margin=12,")
    line("  label=<\(label(cluster.title, cluster.details, bold: false))>]")
    elements(cluster.elements)
    depth -= 1
    line("}")
  }

  private mutating func shape(_ shape: Drawing.Shape) {
    let text = label(shape.title, shape.details, bold: true)
    let attributes: String
    switch shape.kind {
    case .start, .end:
      let width = shape.kind == .end ? 2.2 : 1.2
      attributes =
        "shape=oval, style=filled, fillcolor=\"#EEF1F5\", penwidth=\(width), label=<\(text)>"
    case .stage(let role):
      let tint = role.map(DiagramPalette.role)
      attributes =
        tint.map { "fillcolor=\"\($0.fill)\", color=\"\($0.line)\", label=<\(text)>" }
        ?? "label=<\(text)>"
    case .effect: attributes = "shape=cds, style=filled, label=<\(text)>"
    case .wait:
      attributes =
        "shape=parallelogram, style=filled, fillcolor=\"#FFFBE6\", margin=\"0.0,0.05\", "
        + "label=<\(text)>"
    case .gate:
      attributes =
        "shape=diamond, style=filled, fillcolor=\"#FFF4EC\", color=\"\(DiagramPalette.work)\", "
        + "margin=\"0.02,0.02\", label=<\(label(shape.title, shape.details, bold: false))>"
    case .decision:
      attributes =
        "shape=diamond, style=filled, fillcolor=\"#F1F3F6\", margin=\"0.02,0.02\", "
        + "label=<\(label(shape.title, shape.details, bold: false))>"
    case .fork: attributes = bar
    case .join:
      attributes =
        shape.title.isEmpty
        ? bar
        : "shape=box, style=\"rounded,filled\", fillcolor=\"\(DiagramPalette.quiet)\", height=0.2, "
          + "margin=\"0.1,0.03\", fontcolor=white, fontsize=9, label=<\(escaped(shape.title))>"
    case .spread:
      attributes =
        "shape=trapezium, style=filled, fillcolor=\"#F1F3F6\", margin=\"0.05,0.04\", label=<\(text)>"
    case .collect:
      attributes =
        "shape=invtrapezium, style=filled, fillcolor=\"#F1F3F6\", margin=\"0.05,0.04\", "
        + "label=<\(text)>"
    case .failure:
      attributes =
        "shape=octagon, style=filled, fillcolor=\"#FDF6F5\", color=\"\(DiagramPalette.failure)\", "
        + "fontcolor=\"\(DiagramPalette.failure)\", fontsize=9, margin=\"0.04,0.02\", "
        + "height=0.2, label=<\(escaped(shape.title))>"
    }
    line("\(shape.id) [\(attributes)]")
  }

  private var bar: String {
    "shape=box, style=filled, fillcolor=\"\(DiagramPalette.quiet)\", width=0.5, height=0.05, "
      + "color=\"\(DiagramPalette.quiet)\", margin=0, label=\"\""
  }

  private mutating func edge(_ edge: Drawing.Edge) {
    var attributes: [String] = []
    if !edge.label.isEmpty { attributes.append("label=<\(escaped(" \(edge.label) "))>") }
    switch edge.style {
    case .forward: break
    case .back:
      attributes.append("constraint=false, style=dashed, color=\"\(DiagramPalette.work)\"")
      attributes.append("fontcolor=\"\(DiagramPalette.work)\"")
    case .failure:
      attributes.append("style=dashed, color=\"\(DiagramPalette.failure)\"")
      attributes.append("fontcolor=\"\(DiagramPalette.failure)\"")
    }
    let list = attributes.isEmpty ? "" : " [\(attributes.joined(separator: ", "))]"
    line("\(edge.from) -> \(edge.to)\(list)")
  }

  private mutating func legend(_ roles: [String]) {
    line("legend [shape=plain, style=\"\", margin=0, label=<")
    line("  <TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"4\" CELLPADDING=\"3\">")
    for (number, role) in roles.enumerated() {
      let tint = DiagramPalette.role(number)
      line(
        "  <TR><TD BGCOLOR=\"\(tint.fill)\" COLOR=\"\(tint.line)\" BORDER=\"1\" WIDTH=\"16\"></TD>"
          + "<TD ALIGN=\"LEFT\"><FONT POINT-SIZE=\"10\">\(escaped(role))</FONT></TD></TR>")
    }
    line(
      "  <TR><TD BGCOLOR=\"white\" COLOR=\"\(DiagramPalette.line)\" BORDER=\"1\" WIDTH=\"16\"></TD>"
        + "<TD ALIGN=\"LEFT\"><FONT POINT-SIZE=\"10\">code</FONT></TD></TR>")
    line("  </TABLE>>]")
  }

  private func label(_ title: String, _ details: [String], bold: Bool) -> String {
    let head = bold ? "<B>\(escaped(title))</B>" : escaped(title)
    return details.reduce(head) { text, detail in
      text + "<BR/><FONT POINT-SIZE=\"9\" COLOR=\"\(DiagramPalette.quiet)\">"
        + "\(escaped(detail))</FONT>"
    }
  }

  /// Text inside an HTML-like label. Such a label may not be empty, and knows no control
  /// characters.
  private func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n": escaped += "<BR/>"
      default:
        if scalar.properties.generalCategory == .control { continue }
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped.isEmpty ? " " : escaped
  }

  private func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.reduce(into: "") { result, scalar in
      if scalar == "\"" || scalar == "\\" { result += "\\" }
      if scalar.properties.generalCategory != .control { result.unicodeScalars.append(scalar) }
    }
    return "\"\(escaped)\""
  }
}
