import Domain
import Engine
import Formats

extension DispatchReception {
    /// A job that is not taken: of the range that JSON-RPC leaves to servers, for the contract has none (§3.7, declined).
    static let declined = -32000

    /// What a dispatch does to the book, and what is answered: in one commit.
    func decide(
        _ dispatch: UnderstoodDispatch,
        from dispatcher: Dispatcher,
        _ fresh: ID<WorkOrder>,
        in change: inout Change
    ) throws -> (WorkOrder, reply: [UInt8]) {
        let key = WorkOrder.referenceKey(dispatch.reference, of: dispatcher.id)
        let known = try change.find(WorkOrder.self, by: WorkOrder.referenceLookup, key, limit: 1).first
        let order: WorkOrder
        switch dispatch.content {
        case .createJob(let pack):
            order = try admit(pack, of: dispatch, from: dispatcher, known, fresh, in: &change)
        case .cancelJob(let reason, let text, let isForced):
            order = try change.decide(try Self.require(known, dispatch)) { order, now in
                try order.withdraw(because: reason, text: text, isForced: isForced, at: now)
            }
        case .notifyJob(let result):
            order = try change.decide(try Self.require(known, dispatch)) { try $0.learn(result, at: $1) }
        }
        try keeping.heard(&change, order)
        return (order, reply(to: dispatch, order, dispatcher.terms.acknowledgement))
    }

    private func admit(
        _ pack: ReceivedPack,
        of dispatch: UnderstoodDispatch,
        from dispatcher: Dispatcher,
        _ known: WorkOrder?,
        _ fresh: ID<WorkOrder>,
        in change: inout Change
    ) throws -> WorkOrder {
        if let known { return try change.decide(known.id) { order, _ in try order.receiveAgain(pack) } }
        let order = WorkOrder(
            id: fresh,
            from: dispatcher.id,
            reference: dispatch.reference,
            providerJobId: keeping.number(fresh),
            pack: pack,
            admission: try keeping.admit(change, pack, dispatcher.terms),
            at: change.now
        )
        return try change.found(order, [])
    }

    private static func require(_ known: WorkOrder?, _ dispatch: UnderstoodDispatch) throws -> ID<WorkOrder> {
        guard let known else { throw Rejection(.notFound, "There is no job \(dispatch.reference) here.") }
        return known.id
    }

    /// `createJob` is answered with our number once the job is accepted, or with a refusal if it is declined.
    private func reply(
        to dispatch: UnderstoodDispatch,
        _ order: WorkOrder,
        _ style: DispatcherTerms.Acknowledgement
    ) -> [UInt8] {
        switch (dispatch.content, order.state) {
        case (.createJob, .declined(let reason)):
            RPCReply.failure(.integer(dispatch.id), RPCError(code: Self.declined, message: reason))
        case (.createJob, .open(.received)), (.cancelJob, _), (.notifyJob, _):
            style.spelt(dispatch.id, providerJobId: nil)
        case (.createJob, _):
            style.spelt(dispatch.id, providerJobId: order.providerJobId)
        }
    }
}

extension DispatcherTerms.Acknowledgement {
    fileprivate func spelt(_ id: Int64, providerJobId: String?) -> [UInt8] {
        switch self {
        case .plain: JSONWriter.bytes { $0.object { $0.field("providerJobId", providerJobId) } }
        case .jsonrpc: RPCReply.success(.integer(id)) { $0.object { $0.field("providerJobId", providerJobId) } }
        }
    }
}
