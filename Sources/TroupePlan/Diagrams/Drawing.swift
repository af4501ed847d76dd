/// What a picture of a plan shows, before it is written in the language of a drawing tool.
struct Drawing {
  /// One thing in the picture.
  struct Shape {
    enum Kind: Equatable {
      case start
      case end
      /// Work: by a role of this number, or by code.
      case stage(role: Int?)
      case effect
      /// Where a run waits for a signal or for time.
      case wait
      /// A check of what was written.
      case gate
      /// A choice, or whether a loop goes round again.
      case decision
      /// Where paths part or meet.
      case fork
      case join
      /// Where a list is taken apart or put together.
      case spread
      case collect
      /// Where a run can only fail.
      case failure
    }

    let id: String
    let kind: Kind
    let title: String
    var details: [String] = []
  }

  /// A container with what is inside.
  struct Cluster {
    enum Style: Equatable {
      case plain
      case repeated
      case called
      case fallback
    }

    let id: String
    let title: String
    var details: [String] = []
    let style: Style
    var elements: [Element] = []
  }

  indirect enum Element {
    case shape(Shape)
    case cluster(Cluster)
  }

  /// A way from one thing to another.
  struct Edge {
    enum Style: Equatable {
      case forward
      /// Back to what is done again.
      case back
      /// What happens when something fails.
      case failure
    }

    let from: String
    let to: String
    var label = ""
    var style = Style.forward
  }

  var title: String
  var roles: [String] = []
  var elements: [Element] = []
  var edges: [Edge] = []
}
