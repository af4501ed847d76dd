import TroupePlan
import TroupeRuntime

/// Something that must not stand in a file: what it is found by, and the name that stands there in
/// its place, as `‹NAME›`.
public struct Redaction: Sendable {
  private enum Pattern: Sendable {
    /// The secret as it is, and as it stands inside of JSON.
    case text([[UInt8]])
    /// Behind a lock, because a regular expression may not be shared as it is.
    case regex(Lock<Regex<AnyRegexOutput>>)
  }

  private let pattern: Pattern
  private let replacement: String

  private init(_ pattern: Pattern, as name: String) {
    self.pattern = pattern
    replacement = "‹\(name)›"
  }

  /// A secret that is known; nothing where it is empty.
  ///
  /// It is also found where it stands inside of JSON with its quotes and line breaks escaped.
  ///
  /// - Parameters:
  ///   - secret: The secret.
  ///   - name: What is written in its place.
  public static func text(_ secret: String, as name: String) -> Redaction {
    let escaped = JSONValue.string(secret).canonicalText.dropFirst().dropLast()
    var forms: [[UInt8]] = secret.isEmpty ? [] : [Array(secret.utf8)]
    if !secret.isEmpty, escaped != secret { forms.append(Array(escaped.utf8)) }
    return Redaction(.text(forms), as: name)
  }

  /// Whatever matches a regular expression.
  ///
  /// ```swift
  /// Redaction.matching(#/sk-[A-Za-z0-9]+/#, as: "API_KEY")
  /// ```
  ///
  /// - Parameters:
  ///   - regex: What secrets look like.
  ///   - name: What is written in their place.
  public static func matching<Output>(
    _ regex: sending Regex<Output>, as name: String
  ) -> Redaction {
    Redaction(.regex(Lock(Regex<AnyRegexOutput>(regex))), as: name)
  }

  /// The values of variables that are likely to be secrets: those of 8 bytes and more whose names
  /// end in `KEY`, `TOKEN`, `SECRET` or `PASSWORD`, upper and lower case counting as the same.
  package static func secrets(in environment: [String: String]) -> [Redaction] {
    let endings = ["KEY", "TOKEN", "SECRET", "PASSWORD"]
    // The longest first, because one may stand inside of another.
    return environment.filter { name, value in
      value.utf8.count >= 8 && endings.contains { name.uppercased().hasSuffix($0) }
    }
    .sorted { ($1.value.utf8.count, $0.key) < ($0.value.utf8.count, $1.key) }
    .map { .text($0.value, as: $0.key) }
  }

  /// How long the secret is, in bytes; a pattern counts as longer than any.
  var length: Int {
    switch pattern {
    case .text(let forms): forms.map(\.count).max() ?? 0
    case .regex: .max
    }
  }

  /// A text without the secret.
  package func redacting(_ text: String) -> String {
    switch pattern {
    case .text(let forms):
      // Bytes and not characters: an accent that follows would make another character of the
      // secret's last.
      var bytes = Array(text.utf8)
      for form in forms { bytes = bytes.replacing(form, with: Array(replacement.utf8)) }
      return String(decoding: bytes, as: UTF8.self)
    case .regex(let regex):
      return regex.withLock { text.replacing($0, with: replacement) }
    }
  }
}
