extension Node.Waiting {
  /// What is waited for, as the member `for` says.
  private enum Awaited: String, CaseIterable {
    case signal, instant, span
  }

  var json: JSONValue {
    switch self {
    case .signal(let signal):
      var members: [String: JSONValue] = [
        "for": "signal", "signal": .string(signal.name), "payload": .string(signal.payload),
      ]
      if let within = signal.within { members["within"] = .string(DurationText.iso(within)) }
      return .object(members)
    case .instant: return ["for": "instant"]
    case .span(let length):
      return ["for": "span", "length": .string(DurationText.iso(length))]
    }
  }

  init(reading reader: PlanReader) throws {
    let awaited: Awaited = try reader["for"].oneOf()
    switch awaited {
    case .signal:
      let name = try reader["signal"]
      guard try !name.string().isEmpty else { throw name.mismatch("the name of a signal") }
      self = .signal(
        Node.Awaited(
          try name.string(), payload: try reader["payload"].string(),
          within: try reader.optional("within")?.limit()))
    case .instant: self = .instant
    case .span: self = .span(try reader["length"].limit())
    }
  }
}
