extension Mistake {
  /// The mistakes that people make, with what they see.
  static let all: [Mistake] = [
    Mistake(
      name: "wrong member in a closure",
      body: """
        Stage("a", reads: input, writes: findings) { brief in
          Findings(sources: [brief.topik]) // HERE
        }
        """, says: "value of type 'Brief' has no member 'topik'"),
    Mistake(
      name: "wrong result type",
      body: """
        Stage("a", reads: input, writes: output) { brief in
          Findings() // HERE
        }
        """, says: "cannot convert value of type 'Findings' to closure result type 'Post'"),
    Mistake(
      name: "wrong handle",
      body: """
        Stage("a", reads: input, writes: findings) { _ in Findings() }
        Stage("b", reads: findings, writes: draft) { brief in
          Draft(text: brief.topic) // HERE
        }
        """, says: "value of type 'Findings' has no member 'topic'"),
    Mistake(
      name: "too many closure parameters",
      body: """
        Stage("a", reads: input, writes: findings) { brief, other in // HERE
          Findings()
        }
        """, says: "pack expansion requires that 'Brief' and '_, _' have the same shape",
      isWeakness: true),
    Mistake(
      name: "too few closure parameters",
      body: """
        Stage("a", reads: input, findings, writes: draft) { brief in // HERE
          Draft()
        }
        """, says: "pack expansion requires that 'Brief, Findings' and '_' have the same shape",
      isWeakness: true),
    Mistake(
      name: "string in a body",
      body: """
        "Write about it." // HERE
        """, says: "a string is no step: a prompt is what a Stage returns"),
    Mistake(
      name: "empty body",
      body: """
        Parallel { // HERE
        }
        """, says: "a body needs a step: write 'Nothing()' to do nothing"),
    Mistake(
      name: "default break",
      body: """
        switch flag {
        case true: Nothing()
        default: break // HERE
        }
        """, says: "closure containing control flow statement cannot be used with result builder",
      isWeakness: true),
    Mistake(
      name: "stage without writes",
      body: """
        Stage("a", reads: input) { brief in // HERE
          Findings()
        }
        """, says: "missing argument for parameter 'writes' in call"),
    Mistake(
      name: "prompt that is no string",
      body: """
        Stage("a", by: .writer, reads: input, writes: draft) { brief in
          Draft() // HERE
        }
        """, says: "cannot convert value of type 'Draft' to closure result type 'String'"),
    Mistake(
      name: "unknown role",
      body: """
        Stage("a", by: .wrtier, reads: input, writes: draft) { brief in // HERE
          "Write."
        }
        """, says: "type 'Role' has no member 'wrtier'"),
    Mistake(
      name: "condition of a When",
      body: """
        Choose(on: input) {
          When("short") { $0.lenght < 3 } then: { // HERE
            Nothing()
          }
        }
        """, says: "value of type 'Brief' has no member 'lenght'"),
    Mistake(
      name: "body of a When",
      body: """
        Choose(on: input) {
          When("short") { $0.topic.isEmpty } then: {
            Stage("a", reads: input, writes: draft) { brief in
              Draft(text: brief.txt) // HERE
            }
          }
        }
        """, says: "value of type 'Brief' has no member 'txt'"),
    Mistake(
      name: "body of a FanOut",
      body: """
        FanOut("each", over: list, into: squares) { number, square in
          Stage("square", reads: number, writes: square) { value in
            value.squared // HERE
          }
        }
        """, says: "value of type 'Int' has no member 'squared'"),
    Mistake(
      name: "result of a FanOut",
      body: """
        FanOut("each", over: list, into: squares) { number, square in
          Stage("square", reads: number, writes: square) { value in
            "\\(value)" // HERE
          }
        }
        """, says: "cannot convert value of type 'String' to closure result type 'Int'"),
    Mistake(
      name: "body of a Parallel",
      body: """
        Parallel("both") {
          Stage("a", reads: input, writes: findings) { _ in Findings() }
          Stage("b", reads: input, writes: draft) { brief in
            Draft(text: brief.nothing) // HERE
          }
        }
        """, says: "value of type 'Brief' has no member 'nothing'"),
    Mistake(
      name: "condition of a Repeat",
      body: """
        Repeat("polish", draft, upTo: 3, until: { $0.score > 1 }) { // HERE
          Stage("a", reads: draft, writes: draft) { $0 }
        }
        """, says: "value of type 'Draft' has no member 'score'"),
    Mistake(
      name: "body of a Repeat",
      body: """
        Repeat("polish", draft, upTo: 3, until: { $0.wordCount > 1 }) {
          Stage("a", reads: draft, writes: draft) { draft in
            draft.improved() // HERE
          }
        }
        """, says: "value of type 'Draft' has no member 'improved'"),
    Mistake(
      name: "body of a fallback",
      body: """
        Stage("a", reads: input, writes: draft) { _ in Draft() }
          .fallback {
            Stage("b", reads: input, writes: draft) { brief in
              Draft(text: brief.nope) // HERE
            }
          }
        """, says: "value of type 'Brief' has no member 'nope'"),
    Mistake(
      name: "gate amid modifiers",
      body: """
        Stage("a", reads: input, writes: draft) { _ in Draft() }
          .retry(attempts: 3)
          .gate("long", otherwise: .rework(upTo: 2)) { $0.wordcount > 3 } // HERE
          .timeout(.minutes(1))
        """, says: "value of type 'Draft' has no member 'wordcount'"),
    Mistake(
      name: "gate of several lines",
      body: """
        Stage("a", reads: input, writes: draft) { _ in Draft() }
          .gate("long") { draft in
            if draft.txt.isEmpty { return .rejected("it is empty") } // HERE
            return .accepted
          }
        """, says: "value of type 'Draft' has no member 'txt'"),
    Mistake(
      name: "gate on a container",
      body: """
        Phase("write") {
          Stage("a", reads: input, writes: draft) { _ in Draft() }
        }
        .gate("long", on: draft) { $0.length > 3 } // HERE
        .deadline(.hours(1))
        """, says: "value of type 'Draft' has no member 'length'"),
    Mistake(
      name: "gate that judges nothing",
      body: """
        Phase("write") {
          Stage("a", reads: input, writes: draft) { _ in Draft() }
        }
        .gate("long") { true } // HERE
        """, says: "no exact matches in call to instance method 'gate'",
      isWeakness: true),
    Mistake(
      name: "unknown modifier",
      body: """
        Stage("a", reads: input, writes: draft) { _ in Draft() }
          .retries(3) // HERE
        """, says: "has no member 'retries'"),
    Mistake(
      name: "tolerating into bare results",
      body: """
        FanOut(over: list, into: squares, tolerating: 2) { number, square in // HERE
          Nothing()
        }
        """, says: "FanOut.Element<"),
    Mistake(
      name: "types of a Call",
      body: """
        Call(Doubling(), reads: draft, writes: output) // HERE
        """, says: "cannot convert value of type 'Artifact<Draft>'"),
    Mistake(
      name: "payload of another type",
      body: """
        Wait(for: Signal<Findings>("found"), writes: draft) // HERE
        """, says: "cannot convert value of type 'Artifact<Draft>' to expected argument type"),
    Mistake(
      name: "wait without writes for a payload",
      body: """
        Wait(for: Signal<Findings>("found")) // HERE
        """, says: "cannot convert value of type 'Signal<Findings>' to expected argument type"),
    Mistake(
      name: "wait for some time",
      body: """
        Wait(for: .hours(24)) // HERE
        """, says: "'for:' waits for a signal; to wait for some time write 'Wait(lasting: …)'"),
    Mistake(
      name: "wait until a date",
      body: """
        Wait(until: Date.distantFuture) // HERE
        """, says: "'until:' reads an artifact; for another instant write 'Wait(until: { … })'"),
    Mistake(
      name: "probe of another type",
      body: """
        Stage("a", reads: input, writes: draft) { _ in Draft() }
          .probe { key in .finished(Findings()) } // HERE
        """, says: "cannot convert value of type 'Findings' to expected argument type 'Draft'"),
    Mistake(
      name: "artifact that is not Codable",
      body: """
        Stage("a", reads: input, writes: Artifact<Opaque>("opaque")) { _ in Opaque() } // HERE
        """, says: "does not conform to protocol 'Decodable'"),
    Mistake(
      name: "shared state in a closure",
      body: """
        let shared = Shared()
        Stage("a", reads: input, writes: draft) { _ in
          Draft(wordCount: shared.count) // HERE
        }
        """, says: "capture of 'shared' with non-Sendable type 'Shared'"),
    Mistake(
      name: "print as the only expression",
      body: """
        Effect("tell", reads: input) { brief in
          print(brief.topik) // HERE
        }
        """, says: "value of type 'Brief' has no member 'topik'"),
    Mistake(
      name: "print where a value is due",
      body: """
        Stage("tell", reads: input, writes: draft) { brief in
          print(brief.topic) // HERE
        }
        """, says: "cannot convert value of type '()' to closure result type 'Draft'"),
    Mistake(
      name: "a rung outside of a rule",
      body: """
        Stage("a", reads: input, writes: output) { _ in Post() }
          .escalate {
            Retry() // HERE
          }
        """, says: "a rung stands in a rule: 'On(.failure) { … }'"),
    Mistake(
      name: "a step as a rung",
      body: """
        Stage("a", reads: input, writes: output) { _ in Post() }
          .escalate {
            On(.failure) {
              Stage("b", reads: input, writes: output) { _ in Post() } // HERE
            }
          }
        """, says: "a step is no rung: put it into 'Fallback { … }'"),
    Mistake(
      name: "two mistakes in a body, of which the first is shown",
      body: """
        Stage("a", reads: input, writes: findings) { _ in Findings() }
        Stage("b", reads: findings, writes: draft) { Draft(text: $0.topic) } // HERE
        Stage("c", reads: draft, writes: output) { Post(text: $0.nope) }
        """, says: "value of type 'Findings' has no member 'topic'",
      isWeakness: true),
  ]
}
