extension BlockingPool {
  /// What a thread of the pool does.
  enum Work: Sendable {
    /// Something that may block.
    case call(@Sendable () -> Void)
    /// A task, until it waits for something.
    case job(UnownedJob)

    var isJob: Bool {
      if case .job = self { true } else { false }
    }
  }

  /// What is to be done, and how many threads there are for it.
  struct State {
    /// The most calls that are under way at once, and the most jobs as long as none of them blocks.
    let limit: Int
    private var width: Int
    private let usualWidth: Int

    var threads = 0
    /// The threads that wait for work, and those that were started and have not looked for any yet.
    var idle = 0
    private var starting = 0
    /// How many jobs have begun, and whether a thread looks whether more do.
    private var begun = 0
    var isWatched = false
    private var calls = Queue<@Sendable () -> Void>()
    private var jobs = Queue<UnownedJob>()
    private var calling = 0
    private var running = 0

    init(limit: Int, width: Int) {
      (self.limit, self.width, usualWidth) = (limit, width, width)
    }

    /// How much could be begun at once if there were threads for it.
    private var ready: Int {
      min(calls.count, max(limit - calling, 0)) + min(jobs.count, max(width - running, 0))
    }

    /// Whether a thread is to be woken, whether one is to be started, which is counted already, and
    /// whether one is to see to it that jobs have their turn.
    struct Need {
      let wakes: Bool
      let starts: Bool
      let watches: Bool
    }

    /// Says what is needed for what is to be done; to be called once whenever that may have changed.
    mutating func claim() -> Need {
      let ready = ready
      let starts = ready > idle + starting
      if starts {
        threads += 1
        starting += 1
      }
      let watches = !isWatched && !jobs.isEmpty && running >= width
      if watches { isWatched = true }
      return Need(wakes: ready > 0 && idle > 0, starts: starts, watches: watches)
    }

    mutating func add(_ call: @escaping @Sendable () -> Void) -> Need {
      calls.append(call)
      return claim()
    }

    mutating func add(_ job: UnownedJob) -> Need {
      jobs.append(job)
      return claim()
    }

    /// Lets one more job run if none has begun for a while although some wait: those that run block,
    /// and what waits may be what they wait for.
    ///
    /// - Parameter before: How many had begun then.
    /// - Returns: How many have begun, and what is needed; `nil` if none waits any more.
    mutating func widen(since before: Int) -> (begun: Int, Need)? {
      guard !jobs.isEmpty else {
        (isWatched, width) = (false, usualWidth)
        return nil
      }
      if begun == before, running >= width, width < usualWidth + limit { width += 1 }
      return (begun, claim())
    }

    /// What is to be done now.
    ///
    /// - Parameter own: What the thread itself has to do; the turn of others may come before.
    mutating func take(_ own: Work? = nil) -> Work? {
      switch own {
      case .call(let call):
        if calls.isEmpty, calling < limit {
          calling += 1
          return own
        }
        calls.append(call)
      case .job(let job):
        if jobs.isEmpty, running < width {
          running += 1
          begun += 1
          return own
        }
        jobs.append(job)
      case nil: break
      }
      if calling < limit, let call = calls.take() {
        calling += 1
        return .call(call)
      }
      if running < width, let job = jobs.take() {
        running += 1
        begun += 1
        return .job(job)
      }
      return nil
    }

    /// Counts a thread that was to be started as one that looks for work.
    mutating func began() { starting -= 1 }

    /// Counts a thread that was to be started as one that cannot be.
    mutating func couldNotStart() {
      starting -= 1
      threads -= 1
    }

    mutating func takeWhenIdle() -> Work? {
      let work = take()
      if work != nil { idle -= 1 }
      return work
    }

    /// Counts something as done.
    mutating func end(_ work: Work) {
      switch work {
      case .call: calling -= 1
      case .job: running -= 1
      }
    }
  }

  /// First in, first out.
  private struct Queue<Element> {
    private var elements: [Element?] = []
    /// Where what has not been taken begins.
    private var next = 0

    var count: Int { elements.count - next }
    var isEmpty: Bool { next == elements.count }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func take() -> Element? {
      guard next < elements.count else { return nil }
      // Not kept any longer than it is used.
      let element = elements[next]
      elements[next] = nil
      next += 1
      if next == elements.count || next > 1_000 {
        elements.removeFirst(next)
        next = 0
      }
      return element
    }
  }
}
