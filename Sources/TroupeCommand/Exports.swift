@_exported public import Troupe
