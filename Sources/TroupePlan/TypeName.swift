package enum TypeName {
  package static func of(_ type: Any.Type) -> String { String(reflecting: type) }
}
