import Domain
import Engine
import Formats

/// What a partner's answer to a dispatch says (X-29, X-30, G-132).
enum PartnerReply: Equatable, Sendable {
    /// Taken; the number, if it came along.
    case acknowledged(providerJobId: String?)
    case refused(code: Int, reason: String)
    /// Nothing of the contract. With a good status it counts as taken, for `{ }` is all that is documented.
    case unreadable

    /// `{}`, `{providerJobId}`, `{result: {providerJobId}}`, `{error}`, or a message of its own in place of an answer.
    init(_ body: [UInt8]) {
        guard !body.isEmpty else {
            self = .acknowledged(providerJobId: nil)
            return
        }
        guard let root = try? JSONDocument(parsing: body).root, root.kind == .object else {
            self = .unreadable
            return
        }
        if let error = root["error"], let code = error["code"]?.integer {
            self = .refused(code: Int(code), reason: error["message"]?.string ?? "")
            return
        }
        let number = root["result"]?["providerJobId"] ?? root["providerJobId"] ?? root["content"]?["providerJobId"]
        self = .acknowledged(providerJobId: number?.string.flatMap { $0.isEmpty ? nil : String($0.prefix(50)) })
    }

    /// What the job hears of it.
    func telling(about message: Message, from job: ID<InstallationJob>) -> Telling? {
        switch (message, self) {
        case (.jobCreated(let placing), .acknowledged(let number)):
            .installationJob(id: job, input: .partnerAnswered(providerJobId: number, placing: placing))
        case (.jobCreated(let placing), .unreadable):
            .installationJob(id: job, input: .partnerAnswered(providerJobId: nil, placing: placing))
        case (.jobCreated(let placing), .refused(let code, let reason)):
            .installationJob(id: job, input: .partnerDeclined(code: code, reason: reason, placing: placing))
        case (.jobCancelled(_, let placing), .acknowledged), (.jobCancelled(_, let placing), .unreadable):
            .installationJob(id: job, input: .cancellationAcknowledged(placing: placing))
        case (.jobCancelled(_, let placing), .refused(let code, let reason)):
            .installationJob(id: job, input: .cancellationRefused(code: code, reason: reason, placing: placing))
        case (_, _):
            nil
        }
    }
}
