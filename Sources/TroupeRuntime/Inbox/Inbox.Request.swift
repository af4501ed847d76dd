public import TroupePlan

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension Inbox {
  /// What a run that is kept asks people for, with what they need to decide.
  public struct Request: Sendable, Identifiable {
    /// The identity, unique in the run.
    public let id: String
    /// The identity of the run.
    public let run: String
    /// The name of the workflow.
    public let workflow: String
    /// The number of the record by which it was asked: together with the run's identity it names
    /// the request, too, and is shorter.
    public let number: Int
    /// The stage that asks.
    public let address: Address
    /// What for.
    public let purpose: Purpose
    /// The role whose work it is.
    public let role: Role
    /// The names of the members who may answer.
    public let members: [String]
    /// When it was asked.
    public let asked: Date
    /// When it will be too late, if there is a limit. An answer that comes later still counts as
    /// long as nobody has gone on with the run since.
    public let until: Date?
    /// What happens when nobody answers in time; `nil` if there is no limit.
    public let silence: String?
    /// What is to be done, in words.
    public let prompt: String
    /// What it is about: of a review what is to be judged, of an assignment what it is made from, of
    /// a decision what the step wrote last.
    public let materials: [Material]
    /// What was said of earlier takes, the oldest first.
    public let earlier: [RunHistory.Judgement]
    /// What is to be supplied must look like this; `nil` where text is wanted, and for reviews.
    public let schema: JSONSchema?
    /// The score from 0 to 1 that a review needs to pass, if it needs one.
    public let passing: Double?
    /// An answer that has been handed in, and that the run has not yet taken.
    public internal(set) var pending: Event.Answering?
  }

  /// A version of an artifact that a request is about.
  public struct Material: Sendable {
    /// The artifact's name.
    public let artifact: String
    /// Its value; `nil` if the journal does not hold it as one value.
    public let value: JSONValue?
  }
}
