import Adapters
import ArgumentParser
import FoundationEssentials
import Logging

/// `patchbay demo`: one order to activation and one fault to closure, against a running sandbox.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Walk an order to activation and a fault to closure against a sandbox, message by message."
    )

    @Option(help: "The sandbox's directory, where its sandbox.json is.")
    var data = ".patchbay"

    @Option(help: "How long to wait for the sandbox to be ready, in seconds.")
    var wait = 30

    func run() async throws {
        let timeline = Timeline()
        let world = try await DemoWorld.open(directory: data, waitingSeconds: wait)
        do {
            timeline.title("Journey A: an order, to activation")
            try await OrderJourney(world: world, timeline: timeline).walk()
            timeline.title("Journey B: a fault, to closure")
            try await FaultJourney(world: world, timeline: timeline).walk()
            timeline.title("Journey B, once more: a resolution that nobody answers closes after 48 hours")
            try await UnansweredFaultJourney(world: world, timeline: timeline).walk()
            timeline.success("All three journeys ended as the contracts say.")
        } catch {
            timeline.failure("\(error)")
            await world.close()
            throw ExitCode.failure
        }
        await world.close()
    }
}

/// A step of a journey did not end as it must.
struct DemoFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
