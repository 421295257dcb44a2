import ArgumentParser

@main
struct Patchbay: AsyncParsableCommand {
    func run() async throws {}
}
