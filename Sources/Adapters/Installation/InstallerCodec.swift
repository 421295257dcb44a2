import Formats

/// The partner's side of the contract: reads what an operator dispatches, writes what is answered. For the sandbox's
/// installer, and for whoever tries an operator out.
package enum InstallerCodec {
    package enum Dispatch: Sendable {
        case createJob(CreateJob)
        case cancelJob(CancelJob)
        case notifyJob(ProvisioningNotice)
    }

    /// A dispatch, and what to call it in the answer.
    package struct Received: Sendable {
        package let id: Int64
        package let method: String
        package let reference: String
        package let dispatch: Dispatch
        /// What was forgiven in it.
        package let warnings: [String]
    }

    /// - Parameters:
    ///   - pathMethod: the method that the path names, if it does; it must be the body's.
    ///   - isStrict: refuse what is else forgiven with a warning.
    package static func read(
        _ bytes: [UInt8],
        pathMethod: String? = nil,
        isStrict: Bool = false
    ) throws(RPCRefusal) -> Received {
        let leniencies = Leniencies(isStrict: isStrict)
        let message = try DispatchMessage(parsing: bytes, pathMethod: pathMethod, leniencies)
        let dispatch: Dispatch
        switch message.method {
        case CreateJob.method: dispatch = .createJob(try CreateJob(message, leniencies))
        case CancelJob.method: dispatch = .cancelJob(try CancelJob(message, leniencies))
        case ProvisioningNotice.method: dispatch = .notifyJob(try ProvisioningNotice(message, leniencies))
        default: throw RPCRefusal(.integer(message.id), unknownMethod: "must be createJob, cancelJob or notifyJob")
        }
        return Received(
            id: message.id,
            method: message.method,
            reference: message.reference,
            dispatch: dispatch,
            warnings: leniencies.all.map(\.description)
        )
    }

    /// `{}`, or with the partner's number for the job.
    package static func acknowledgement(providerJobId: String? = nil) -> [UInt8] {
        JSONWriter.bytes { $0.object { $0.field("providerJobId", providerJobId) } }
    }

    package static func failure(_ refusal: RPCRefusal) -> [UInt8] { RPCReply.failure(refusal) }

    /// Reads an answer of the operator to a message of ours: `nil` for `{}`, or its error.
    package static func error(in answer: [UInt8]) -> RPCError? {
        guard let root = try? JSONDocument(parsingAnswer: answer).root else { return nil }
        return root["error"].flatMap { RPCError($0) }
    }
}
