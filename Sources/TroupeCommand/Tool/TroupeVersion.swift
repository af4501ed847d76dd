/// The version of the library.
public enum TroupeVersion {
  /// The version, by the rules of semantic versioning.
  public static let current = "0.1.0"
}
