@_exported public import TroupeLanguage
@_exported public import TroupePlan
