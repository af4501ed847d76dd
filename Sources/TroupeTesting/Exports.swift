@_exported public import TroupeSimulation
