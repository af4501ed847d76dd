extension Team {
  /// Which of the members gets an assignment who play its role and are free.
  ///
  /// Free is who has capacity left, gets all the resources it needs, keeps its rate, and is not
  /// suspended by its breaker. No strategy lets a free member idle while work for it waits, and
  /// each decides in the same way whenever the same members are free: of those who are equal, the
  /// first in the team.
  public enum Strategy: String, Sendable, Hashable, CaseIterable {
    /// Who has the smallest part of its capacity at work.
    case leastLoaded
    /// The next one in the team after who got the role's last assignment.
    case roundRobin
    /// Who costs least, of several the least loaded. As every member is tried at most once a take,
    /// work that fails with the cheap goes on to the dear.
    case cheapest
    /// Who has done related work in the run: finished a stage that wrote or read most of the
    /// artifacts that this one reads or writes, of several who did so last. An artifact in an
    /// element of a fan-out is that of this element first. If none of them is free, the least
    /// loaded.
    case affinity
  }
}
