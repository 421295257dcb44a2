import Adapters
import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird

extension Controls {
    /// As far as one call may turn the clock: a year, for a leap of more is a mistyped one.
    static let advanceMax: Duration = .seconds(366 * 86_400)
    /// How long one call may wait for the world to settle, in real time.
    static let settleMax: Duration = .seconds(600)

    /// `GET /sandbox/clock`
    @Sendable func readClock(request: Request, context: BasicContext) async throws -> ByteResponse {
        let waiting = try await world.settle(within: .zero)
        return clock(now: world.exchange.time.now(), fired: 0, settled: waiting.isEmpty)
    }

    /// `POST /sandbox/clock {"advance":"PT48H"}`: 409 on a real clock, which nobody turns.
    @Sendable func turnClock(request: Request, context: BasicContext) async throws -> ByteResponse {
        let duration = try await object(request) { reader -> Duration? in
            self.duration(reader, "advance", max: Self.advanceMax)
        }
        guard let turn = try await world.advance(by: duration) else {
            throw APIError(.conflict, "This sandbox runs on the real clock: start it with --clock virtual to turn it.")
        }
        return clock(now: turn.now, fired: turn.fired, settled: turn.settled)
    }

    /// `POST /sandbox/settle {"timeout":"PT10S"}`: never an error, for not settled yet is an answer too.
    @Sendable func settle(request: Request, context: BasicContext) async throws -> ByteResponse {
        let timeout = try await object(request) { reader -> Duration? in
            reader.has("timeout") ? self.duration(reader, "timeout", max: Self.settleMax) : .seconds(10)
        }
        let waiting = try await world.settle(within: timeout)
        return ByteResponse(
            bytes: JSONWriter.bytes { json in
                json.object { json in
                    json.field("settled", waiting.isEmpty)
                    json.strings("waitingFor", waiting)
                }
            }
        )
    }

    private func clock(now: Date, fired: Int, settled: Bool) -> ByteResponse {
        ByteResponse(
            bytes: JSONWriter.bytes { json in
                json.object { json in
                    json.date("now", now)
                    json.field("mode", world.clock == nil ? "real" : "virtual")
                    json.field("fired", fired)
                    json.field("settled", settled)
                }
            }
        )
    }

    private func duration(_ reader: ObjectReader, _ key: String, max: Duration) -> Duration? {
        guard let text = reader.requiredString(key, length: 1...40) else { return nil }
        guard let duration = ISODuration.parse(text), duration <= max else {
            reader.report(
                .pattern,
                key,
                "\(key) must be an ISO 8601 duration such as PT48H, P2D or PT0S, of \(max.components.seconds / 86_400) days at most."
            )
            return nil
        }
        return duration
    }
}
