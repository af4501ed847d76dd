// swift-tools-version: 6.3

import PackageDescription

let package = Package(
  name: "troupe",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Troupe", targets: ["Troupe"]),
    .library(name: "TroupeSimulation", targets: ["TroupeSimulation"]),
    .library(name: "TroupeTesting", targets: ["TroupeTesting"]),
    .library(name: "TroupeCommand", targets: ["TroupeCommand"]),
    .library(name: "TroupeTemplates", targets: ["TroupeTemplates"]),
    .executable(name: "troupe", targets: ["TroupeTool"]),
    .executable(name: "troupe-bench", targets: ["TroupeBench"]),
  ],
  targets: [
    // The plan is the waist: what declares and what runs know it, and not each other.
    .target(name: "TroupePlan"),
    .target(name: "TroupeLanguage", dependencies: ["TroupePlan"]),
    .target(name: "TroupeRuntime", dependencies: ["TroupePlan"]),
    .target(name: "TroupeAgents", dependencies: ["TroupePlan", "TroupeRuntime"]),
    .target(
      name: "Troupe",
      dependencies: ["TroupePlan", "TroupeLanguage", "TroupeRuntime", "TroupeAgents"]),
    .target(name: "TroupeSimulation", dependencies: ["Troupe", "TroupeRuntime", "TroupePlan"]),
    // The only module that imports Testing: products that are no tests cannot link it.
    .target(
      name: "TroupeTesting",
      dependencies: ["TroupeSimulation", "TroupeLanguage", "TroupeRuntime", "TroupePlan"]),
    .target(name: "TroupeCommand", dependencies: ["Troupe", "TroupeSimulation"]),
    .target(
      name: "TroupeTemplates", dependencies: ["Troupe", "TroupeRuntime"], path: "Templates"),
    .executableTarget(name: "TroupeTool", dependencies: ["TroupeCommand", "TroupeTemplates"]),
    .executableTarget(
      name: "TroupeBench", dependencies: ["Troupe", "TroupeRuntime", "TroupeSimulation"]),

    .target(
      name: "TroupeTestSupport", dependencies: ["TroupePlan", "TroupeSimulation"],
      path: "Tests/Support"),
    // What the tests kill.
    .executableTarget(name: "TroupeLedger", dependencies: ["Troupe"], path: "Tests/Ledger"),
    .executableTarget(
      name: "TroupeNewsroom", dependencies: ["TroupeCommand"], path: "Tests/Newsroom"),
    .testTarget(
      name: "TroupePlanTests",
      dependencies: ["TroupePlan", "TroupeSimulation", "TroupeTestSupport"]),
    .testTarget(name: "TroupeLanguageTests", dependencies: ["Troupe"]),
    .testTarget(
      name: "TroupeRuntimeTests", dependencies: ["Troupe", "TroupeSimulation", "TroupeTestSupport"]),
    .testTarget(name: "TroupeAgentsTests", dependencies: ["Troupe"]),
    .testTarget(
      name: "TroupeTests",
      dependencies: [
        "Troupe", "TroupeRuntime", "TroupeSimulation", "TroupeTesting", "TroupeTestSupport",
        "TroupeLedger",
      ], exclude: ["Durability/__Journals__"]),
    .testTarget(
      name: "TroupeSimulationTests", dependencies: ["Troupe", "TroupeSimulation", "TroupeTesting"],
      exclude: ["__Snapshots__"]),
    .testTarget(
      name: "TroupeTestingTests", dependencies: ["Troupe", "TroupeTesting"],
      exclude: ["__Cassettes__", "__Snapshots__"]),
    .testTarget(
      name: "TroupeCommandTests", dependencies: ["TroupeCommand", "TroupeNewsroom"]),
    .testTarget(name: "TroupeTemplatesTests", dependencies: ["TroupeTemplates", "Troupe"]),
  ]
)

// Not NonisolatedNonsendingByDefault (SE-0461): the 6.3 compiler crashes on closures with packs.
for target in package.targets {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .enableUpcomingFeature("InferIsolatedConformances"),  // SE-0470
  ]
}
