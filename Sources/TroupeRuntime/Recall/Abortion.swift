/// Why a run was aborted: by a ladder, or by somebody because of work that is in doubt.
struct Abortion: Sendable {
  /// The step that could not get further, or where the work is.
  let place: String
  let by: String?
  let why: String?
  /// Whether work is in doubt.
  var isDoubt = true

  init(place: String, by: String?, why: String?, isDoubt: Bool = true) {
    self.place = place
    self.by = by
    self.why = why
    self.isDoubt = isDoubt
  }

  init(_ record: JournalRecord, at place: String) {
    let reader = RecordReader(record.members)
    self.init(
      place: place, by: reader.text("by"), why: reader.text("why"),
      isDoubt: record.type != "aborted")
  }
}
