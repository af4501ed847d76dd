// Underscored, because Swift has no other way for one import to bring several modules.
@_exported public import TroupeAgents
@_exported public import TroupeLanguage
@_exported public import TroupePlan
@_exported public import TroupeRuntime
