@_exported public import TroupeAgents
@_exported public import TroupeLanguage
@_exported public import TroupePlan
@_exported public import TroupeRuntime
