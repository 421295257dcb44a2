import Domain
import Engine
import FoundationEssentials
import Formats
import HTTPTypes
import Hummingbird
import Logging
import Storage

/// The gateway as a buyer: where operators' notifications arrive, at `/buyer/notifications` and aliases below it (G-140),
/// in either form of a ticket message, answered in kind.
///
/// What can be understood is brought to its problem and written down before it is acknowledged; a repeat is
/// acknowledged alike and changes nothing.
package struct NotificationInbox: Sendable {
    private let exchange: Exchange
    private let schemas: TicketingSchemas
    private let logger: Logger

    package init(exchange: Exchange, schemas: TicketingSchemas, logger: Logger) {
        self.exchange = exchange
        self.schemas = schemas
        self.logger = logger
    }

    static let acknowledgement = "receivedNotifyFaultReportUpdate"

    /// Its routes, each behind the certificate of an operator that notifies us.
    package func add(to router: some RouterMethods<BasicContext>) {
        let authentication = MutualTLSAuthentication(
            .notifier,
            directory: exchange.directory,
            unauthorised: Self.unauthorised
        )
        let notifiers = router.authenticated("/buyer/notifications", as: NotifierContext.self, by: authentication)
        add(to: notifiers) { $0.supplier }
    }

    /// The routes themselves, for requests of which `supplier` says whose they are.
    func add<Context: RequestContext>(
        to notifiers: some RouterMethods<Context>,
        supplier: @escaping @Sendable (Context) -> SupplierID
    ) {
        notifiers.post { request, context in try await receive(request, supplier(context)) }
        notifiers.post(":name") { request, context in try await receive(request, supplier(context)) }
    }

    private func receive(_ request: Request, _ supplier: SupplierID) async throws -> ByteResponse {
        var bytes: [UInt8] = []
        var message: TicketingRequest?
        do {
            bytes = try await RequestBody.collect(request)
            let understood = try TicketingRequest(bytes, brokenXMLStatus: 500)
            message = understood
            return try await take(understood, request, supplier, bytes)
        } catch let problem as TicketingProblem {
            return await refuse(problem, request, supplier, bytes, message)
        } catch let rejection as Rejection {
            // Understood, and not possible: the seller must know, and repeating it would not help (G-144).
            let problem = TicketingProblem(status: 200, rejection.problems, otherwise: rejection.message)
            return await refuse(problem, request, supplier, bytes, message)
        } catch let error as APIError {
            return await refuse(TicketingProblem(error), request, supplier, bytes, message)
        } catch {
            guard let problem = TicketingProblem(unavailable: error) else { throw error }
            return await refuse(problem, request, supplier, bytes, message)
        }
    }

    private func take(
        _ message: TicketingRequest,
        _ request: Request,
        _ supplier: SupplierID,
        _ bytes: [UInt8]
    ) async throws -> ByteResponse {
        let namespace = BuyerTerms.TicketNamespace(of: message.element)
        guard message.element.isNamed(NotifyFaultReportUpdate.name), message.element.namespace == namespace.uri else {
            throw TicketingProblem(status: 400, message.element.name, "expected \(NotifyFaultReportUpdate.name)")
        }
        let problems = message.element.validate(schemas.compat(in: namespace))
        guard problems.isEmpty else { throw TicketingProblem(invalid: problems) }
        let now = exchange.time.now()
        let notification = try ReceivedNotification(TicketFields(message.element), at: now)
        let resolution = try await exchange.draw(Resolution.self, from: "resolution")
        let receipt = TicketReceipt(
            name: Self.acknowledgement,
            buyerIdentifier: notification.header.buyerIdentifier,
            sentAt: now,
            messageID: notification.header.messageID,
            responseCode: 200
        )
        var copy = copy(request, supplier, bytes, message)
        copy.status = 200
        copy.responseBody = receipt.bare
        copy.warnings = notification.warnings
        let lookup = ServiceProblem.lookup(
            faultReference: notification.buyerReference,
            of: notification.header.buyerIdentifier,
            at: supplier
        )
        let cause = Cause("notifyFaultReportUpdate \(notification.news.status.rawValue)", by: "supplier/\(supplier)")
        try await exchange.change(cause) { [copy] change in
            guard let problem = try change.find(ServiceProblem.self, by: lookup.key, lookup.value, limit: 1).first
            else {
                throw TicketingProblem(status: 400, "buyerFaultReference", "no such fault report")
            }
            try change.tell(
                .serviceProblem(id: problem.id, input: .ticketUpdated(notification.news, resolution: resolution))
            )
            try change.log(copy, about: problem.ref)
        }
        return Self.response(receipt, status: 200, AnswerForm(isEnveloped: message.isEnveloped, namespace: namespace))
    }

    private func refuse(
        _ problem: TicketingProblem,
        _ request: Request,
        _ supplier: SupplierID,
        _ bytes: [UInt8],
        _ message: TicketingRequest?
    ) async -> ByteResponse {
        // The acknowledgement of this contract, or SOAP's own fault.
        let answer: TicketingAnswer =
            problem.faultCode == nil
            ? TicketingAnswer(
                status: problem.status,
                bare: Self.receipt(problem, message?.element, at: exchange.time.now()).bare
            )
            : .fault(problem, entriesIn: nil)
        var copy = copy(request, supplier, bytes, message)
        copy.status = problem.status
        copy.responseBody = answer.bare
        copy.verdict = "refused: \(problem.errorMessage)"
        do { try await exchange.log(copy) } catch {
            logger.error("a refusal could not be logged", metadata: ["pb-error": "\(error)"])
        }
        let form = AnswerForm(
            isEnveloped: answer.isFault || (message?.isEnveloped ?? TicketingRequest.beginsAsEnvelope(bytes)),
            namespace: message.map { .init(of: $0.element) } ?? .unqualified
        )
        var response = form.response(answer)
        response.headers = problem.headers
        return response
    }

    private func copy(
        _ request: Request,
        _ supplier: SupplierID,
        _ bytes: [UInt8],
        _ message: TicketingRequest?
    ) -> LoggedMessage {
        var copy = LoggedMessage.inbound(
            request,
            body: bytes,
            from: "supplier/\(supplier)",
            to: "gateway",
            contract: "ticketing",
            operation: NotifyFaultReportUpdate.name,
            at: exchange.time.now()
        )
        copy.messageID = message?.element.text(of: "messageId")
        return copy
    }

    private static func receipt(_ problem: TicketingProblem, _ element: XMLElement?, at now: Date) -> TicketReceipt {
        TicketReceipt(
            name: acknowledgement,
            buyerIdentifier: element?.text(of: "buyerIdentifier").map { String($0.prefix(36)) } ?? "",
            sentAt: now,
            messageID: element?.text(of: "messageId") ?? "",
            responseCode: problem.status == 200 ? 400 : problem.status,
            errorMessage: problem.errorMessage
        )
    }

    private static func response(_ receipt: TicketReceipt, status: Int, _ form: AnswerForm) -> ByteResponse {
        form.response(TicketingAnswer(status: status, bare: receipt.bare))
    }

    @Sendable private static func unauthorised(
        _ status: HTTPResponse.Status,
        _ reason: String,
        _ request: Request
    ) -> Response {
        let problem = TicketingProblem(status: status.code, "certificate", reason)
        let receipt = receipt(problem, nil, at: TimeSource.real.now())
        return response(receipt, status: status.code, AnswerForm(isEnveloped: false)).response
    }
}
