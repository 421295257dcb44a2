import Engine
import FoundationEssentials
import Formats

/// Looks at an installation peer from outside, step by step, and says of each what was seen and what to do next (N-02).
///
/// It changes nothing there: the one message that it sends has a method that no side of the contract has.
package struct InstallationDoctor: Sendable {
    /// Whose end of the contract the peer is.
    package enum Role: String, CaseIterable, Sendable {
        /// It takes partners' messages; we ask as a partner.
        case `operator`
        /// It takes jobs; we ask as its operator.
        case partner
    }

    private let peer: Peer
    private let role: Role
    private let time: TimeSource
    private let number: Int64

    private static let method = "doctor"

    /// - Parameters:
    ///   - url: where it listens, without a method at the end.
    ///   - identity: our certificate and key, and the authorities trusted beside the system's.
    ///   - number: of the echo, which the answer must repeat.
    /// - Returns: `nil` for what is no https address.
    package init?(url: String, identity: TLSFiles, as role: Role, time: TimeSource, number: Int64) {
        guard let peer = Peer(url: url, identity: identity) else { return nil }
        self.peer = peer
        self.role = role
        self.time = time
        self.number = number
    }

    /// Every step, in order; what cannot be tried says so.
    package func examine() async -> [DoctorStep] {
        await PeerDoctor(
            peer: peer,
            time: time,
            clause: "I-001",
            probe: request,
            path: { await path($0) },
            echo: { await echo($0) }
        ).examine()
    }

    /// To a partner under a path that every partner has (G-120): there the method in the body is the wrong one.
    private var request: OutboundRequest {
        OutboundRequest(
            url: role == .operator ? peer.base : "\(peer.base)/\(CreateJob.method)",
            headers: [("Content-Type", "application/json"), ("Accept", "application/json")],
            body: message,
            deadline: PeerDoctor.answerDeadline
        )
    }

    private var message: [UInt8] {
        switch role {
        case .operator:
            PartnerRequest.bytes(id: number, method: Self.method) { _ in }
        case .partner:
            JSONWriter.bytes { writer in
                writer.object { message in
                    message.field("id", number)
                    message.moment("sent", time.now())
                    message.field("method", Self.method)
                    message.field("ref", "DOCTOR")
                    message.object("content") { _ in }
                    message.object("response") { _ in }
                }
            }
        }
    }

    /// Whoever answers there speaks JSON.
    private func path(_ doctor: PeerDoctor) async -> DoctorStep {
        switch await doctor.send(request) {
        case .failure(let failure):
            return DoctorStep(.path, .failed, failure.text, advice: "Try again.")
        case .success(let answer):
            let isObject = (try? JSONDocument(parsingAnswer: answer.body))?.root.kind == .object
            let seen = "POST: \(answer.status), \(answer.body.count) bytes"
            guard ![404, 405].contains(answer.status), isObject else {
                let advice = "Check the path: messages are posted to it, and answered in JSON (G-120, I-002)."
                return DoctorStep(.path, .failed, seen + (isObject ? "" : ", no JSON object"), advice: advice)
            }
            return DoctorStep(.path, .passed, seen + ", JSON")
        }
    }

    /// A method that there isn't: whoever speaks the contract says so, and repeats the number.
    private func echo(_ doctor: PeerDoctor) async -> DoctorStep {
        switch await doctor.send(request) {
        case .failure(let failure):
            return DoctorStep(.echo, .failed, failure.text, advice: "Try again; then ask the peer for its log.")
        case .success(let answer):
            return judge(answer)
        }
    }

    private func judge(_ answer: OutboundResponse) -> DoctorStep {
        let root = (try? JSONDocument(parsingAnswer: answer.body))?.root
        guard let root, let error = root["error"].flatMap({ RPCError($0) }) else {
            let seen = "answered \(answer.status), without an error"
            let advice = "Tell the peer: an unknown method must be refused with −32601 (G-132), not taken."
            return DoctorStep(.echo, .failed, seen, advice: advice)
        }
        let shown = "answered \(answer.status) with \(error.code) \(LintFinding.short(error.message))"
        let expected =
            role == .operator ? [RPCError.methodNotFound] : [RPCError.methodNotFound, RPCError.invalidRequest]
        guard expected.contains(error.code) else {
            let advice = "Tell the peer: an unknown method must be refused with −32601 (G-132)."
            return DoctorStep(.echo, .failed, shown, advice: advice)
        }
        guard root["jsonrpc"]?.string == "2.0", root["id"]?.integer == number else {
            let advice = "Tell the peer: an error is JSON-RPC 2.0, and repeats the id of what it answers (G-132)."
            return DoctorStep(.echo, .failed, shown + ", about another message", advice: advice)
        }
        guard answer.status == 200 else {
            let advice = "Tell the peer: but for what is no JSON, an error's status is 200 (G-132)."
            return DoctorStep(.echo, .failed, shown, advice: advice)
        }
        return DoctorStep(.echo, .passed, shown)
    }
}
