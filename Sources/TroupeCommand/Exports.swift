// Underscored, because Swift has no other way for an import to bring another module.
@_exported public import Troupe
