/// The colours of diagrams. Those of roles are tints of Okabe and Ito's palette (2008), which
/// people with any kind of colour vision can tell apart.
enum DiagramPalette {
  struct Tint {
    let fill: String
    let line: String
  }

  static let ink = "#1F2933"
  static let quiet = "#5F6B7A"
  static let edge = "#8A94A3"
  static let line = "#B4BCC8"
  static let work = "#C2561A"
  static let failure = "#B3261E"

  private static let roles = [
    Tint(fill: "#DCEBF8", line: "#2F7DBF"), Tint(fill: "#FCE8CF", line: "#D08413"),
    Tint(fill: "#D9F0E6", line: "#1E9A6C"), Tint(fill: "#F3E1EC", line: "#B45B8F"),
    Tint(fill: "#FAF5CC", line: "#A8981C"), Tint(fill: "#DDF2FA", line: "#2A9CC7"),
    Tint(fill: "#FADFD5", line: "#C8551B"), Tint(fill: "#E8E4F5", line: "#6F5BB0"),
  ]

  /// The colour of a role by its number; there are eight, which then begin anew.
  static func role(_ number: Int) -> Tint { roles[number % roles.count] }
}
