extension Rejection {
  /// `fail`, `accept`, `rework up to 3`, `rework up to 3, then accept`.
  package var text: String {
    switch self {
    case .fail: "fail"
    case .accept: "accept"
    case .escalate: "escalate"
    case .rework(let limit, .fail): "rework up to \(limit)"
    case .rework(let limit, let then): "rework up to \(limit), then \(then.rawValue)"
    }
  }
}
