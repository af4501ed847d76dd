/// What a cassette holds while it is played: what was in its file, what was asked since, and what
/// was recorded since.
struct Tape {
  /// What becomes of a request.
  enum Move {
    case replay(RecordedAnswer)
    /// The agent is to be asked; its answer belongs at this place.
    case record(place: Int)
    case miss(CassetteMiss)
  }

  /// The answers that were in the file.
  private let stored: [RecordedRequest: [RecordedAnswer]]
  /// How often each request was asked.
  private var asked: [RecordedRequest: Int] = [:]
  /// The answers since, in the order in which they were asked for; `nil` where there is none yet,
  /// or never will be.
  private var recorded: [RecordedRequest: [RecordedAnswer?]] = [:]
  private(set) var misses: [CassetteMiss] = []

  init(_ stored: [RecordedRequest: [RecordedAnswer]]) {
    self.stored = stored
  }

  mutating func ask(_ request: RecordedRequest, _ mode: Cassette.Mode, file: String) -> Move {
    let turn = asked[request, default: 0]
    asked[request] = turn + 1
    if mode != .record, let answers = stored[request] {
      return .replay(answers[min(turn, answers.count - 1)])
    }
    if mode == .replay {
      let miss = CassetteMiss(request, file: file, recorded: stored.keys)
      misses.append(miss)
      return .miss(miss)
    }
    recorded[request, default: []].append(nil)
    return .record(place: turn)
  }

  mutating func keep(_ answer: RecordedAnswer, to request: RecordedRequest, place: Int) {
    recorded[request]?[place] = answer
  }

  /// The requests of the file that were not asked.
  var unused: [RecordedRequest] {
    stored.keys.filter { asked[$0] == nil }
  }

  /// What was recorded for a request, without repetitions at the end, because the last answer is
  /// replayed again and again.
  func recording(of request: RecordedRequest) -> [RecordedAnswer] {
    var answers = recorded[request, default: []].compactMap { $0 }
    while answers.count > 1, answers[answers.count - 2] == answers.last { answers.removeLast() }
    return answers
  }
}
