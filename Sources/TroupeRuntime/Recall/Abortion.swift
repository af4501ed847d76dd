/// Why somebody ended a run because of work that is in doubt.
struct Abortion: Sendable {
  /// Where the work is.
  let place: String
  let by: String?
  let why: String?

  init(place: String, by: String?, why: String?) {
    self.place = place
    self.by = by
    self.why = why
  }

  init(_ record: JournalRecord, at place: String) {
    let reader = RecordReader(record.members)
    self.init(place: place, by: reader.text("by"), why: reader.text("why"))
  }
}
