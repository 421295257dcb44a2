import Domain
import Engine
import FoundationEssentials
import Formats
import HTTPTypes
import Hummingbird
import Logging
import Storage

/// The operator's Ticketing API at `/prod/api2`: six operations by path or by root element, and the files
/// that describe them (T-001…T-035).
package struct Ticketing: Sendable {
    let exchange: Exchange
    let book: AppointmentBook
    let pace: Pace
    let schemas: TicketingSchemas
    let files: FileShelf
    /// Where the listener is reached, without a slash at the end: for callers that name no host.
    let publicURL: String
    let logger: Logger

    static let address = "/prod/api2"

    /// How long a message id is remembered with its answer (G-143).
    static let answerLifetime: Duration = .seconds(7 * 24 * 60 * 60)

    package init(
        exchange: Exchange,
        book: AppointmentBook,
        pace: Pace,
        schemas: TicketingSchemas,
        files: FileShelf,
        publicURL: String,
        logger: Logger
    ) {
        self.exchange = exchange
        self.book = book
        self.pace = pace
        self.schemas = schemas
        self.files = files
        self.publicURL = publicURL
        self.logger = logger
    }

    /// Its routes, each behind a buyer's certificate (T-003).
    package func add(to router: some RouterMethods<BasicContext>) {
        let authentication = MutualTLSAuthentication(
            .buyer,
            directory: exchange.directory,
            unauthorised: Self.unauthorised
        )
        let buyers = router.authenticated(RouterPath(Self.address), as: BuyerContext.self, by: authentication)
        add(to: buyers) { TicketingBuyer(id: $0.buyer, terms: $0.terms) }
    }

    /// The routes themselves, for requests of which `buyer` says whose they are.
    func add<Context: RequestContext>(
        to buyers: some RouterMethods<Context>,
        buyer: @escaping @Sendable (Context) -> TicketingBuyer
    ) {
        buyers.post { request, context in
            await serve(request, buyer(context), nil, reference: context.reference)
        }
        for operation in TicketingOperation.allCases {
            buyers.post(RouterPath(operation.rawValue)) { request, context in
                await serve(request, buyer(context), operation, reference: context.reference)
            }
        }
        let upload = UploadAttachment(exchange: exchange, files: files)
        buyers.put("attachments/:key") { request, context in
            try await upload.receive(request, try context.parameters.require("key"), from: buyer(context).id)
        }
        addFiles(to: buyers, buyer: buyer)
    }
}

/// What an operation answers with, before its envelope.
struct TicketingAnswer: Sendable {
    /// By the operation's own path (T-030 to T-035); a receipt says the same as its `responseCode`.
    let status: Int
    let bare: [UInt8]
    var isFault = false
}

extension TicketingAnswer {
    /// A SOAP fault with a `validationError` for each thing that is wrong (G-048).
    static func fault(_ problem: TicketingProblem, entriesIn namespace: String?) -> TicketingAnswer {
        let errors = problem.messages.map {
            SOAPFault.ValidationError(line: problem.line, column: 0, message: "\($0.field): \($0.text)")
        }
        let fault = SOAPFault(problem.code, problem.messages.first?.text ?? "The request is refused.")
        let bare = XMLWriter.bytes { xml in
            fault.write(to: &xml) { detail in
                for error in errors { error.write(to: &detail, namespace: namespace) }
            }
        }
        return TicketingAnswer(status: problem.status, bare: bare, isFault: true)
    }

    /// A SOAP fault with the receipt that says why.
    static func fault(_ problem: TicketingProblem, receipt: [UInt8]) -> TicketingAnswer {
        let fault = SOAPFault(problem.code, problem.messages.first?.text ?? "The request is refused.")
        let bare = XMLWriter.bytes { xml in fault.write(to: &xml) { $0.raw(receipt) } }
        return TicketingAnswer(status: problem.status, bare: bare, isFault: true)
    }
}

/// A buyer whose certificate was checked.
struct TicketingBuyer: Sendable {
    let id: BuyerID
    let terms: BuyerTerms
}

/// Who asks, and what is known of the request besides its message.
struct TicketingCaller: Sendable {
    let buyer: BuyerID
    let terms: BuyerTerms
    let conversation: ConversationID?
    /// The raw copy, to be completed by who answers.
    let log: LoggedMessage
    let form: AnswerForm

    /// An account may only speak under its own names.
    func check(_ header: TicketHeader) throws(TicketingProblem) { try check(header.buyerIdentifier) }

    func check(_ buyerIdentifier: String) throws(TicketingProblem) {
        guard terms.buyerIdentifiers.contains(BuyerIdentifier(buyerIdentifier)) else {
            throw TicketingProblem(status: 403, "buyerIdentifier", "not registered for this certificate")
        }
    }
}
