import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// A channel's requests are answered from memory where they can be.
struct RememberingChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base
    /// `nil`: nothing is remembered.
    let memory: (@Sendable (Request) -> ByteResponse?)?

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        let set = base.setup(channel: channel, logger: logger)
        guard let memory else { return set }
        return set.flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let guarding = try pipeline.handler(type: HTTPConnectionStateHandler.self)
            try pipeline.addHandler(AnswerFromMemory(memory), position: .after(guarding))
            return value
        }
    }

    func handle(value: Base.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
