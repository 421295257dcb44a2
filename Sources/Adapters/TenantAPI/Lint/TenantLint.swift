import Domain
import Engine
import Formats
import FoundationEssentials

/// Says of any message of the Tenant API what the gateway would refuse or forgive in it, and by which clause.
///
/// It reads with the gateway's own readers, so it cannot say otherwise than they do. What only a gateway knows (whose an order
/// is, which suppliers a tenant has) it takes as right.
package struct TenantLint: Sendable {
    private let today: CivilDate

    /// - Parameter now: by which a date is in the past.
    package init(at now: Date) { today = LondonTime.day(at: now) }

    /// - Returns: nothing for what is none of this contract's messages.
    package func check(_ bytes: [UInt8]) -> JSONLintReport? {
        guard let document = try? JSONDocument(parsing: bytes), document.root.kind == .object,
            let message = TenantMessage(document.root)
        else { return nil }
        let pass = JSONLintPass(document, bytes)
        let reading = TenantReading(isStrict: false)
        let reader = ObjectReader(document.root, problems: reading.problems)
        check(reader, reading, as: message)
        reading.close(reader)
        for problem in reading.problems.all {
            pass.report(problem, .error, TenantClauses.clause(of: problem.pointer, in: message))
        }
        for warning in reading.warnings { report(warning, in: message, pass) }
        if message == .kci { KCILint.checkRules(document.root, pass) }
        let sender = message == .kci ? "gateway" : "tenant"
        return JSONLintReport(.init(message.rawValue, from: sender, message.clause), pass.findings)
    }

    private func check(_ reader: ObjectReader, _ reading: TenantReading, as message: TenantMessage) {
        let named = SupplierID(reader.value("supplier")?.string ?? "")
        let (terms, suppliers) = Self.world(with: named, reader)
        do {
            switch message {
            case .provideOrder, .modifyOrder, .ceaseOrder:
                let order = OrderReading(
                    reader: reader,
                    reading: reading,
                    terms: terms,
                    suppliers: suppliers,
                    today: today
                )
                _ = try order.order()
            case .ethernetOrder:
                let order = EthernetReading(
                    reader: reader,
                    reading: reading,
                    terms: terms,
                    suppliers: suppliers,
                    today: today
                )
                _ = try order.order()
            case .amendment:
                _ = AmendmentReading(reader: reader, reading: reading, order: nil, isLookedUp: false).amendment()
            case .cancellation:
                _ = CancellationReading(reader: reader, reading: reading, order: nil, isLookedUp: false).cancellation()
            case .appointment: _ = try TenantAPI.understandReservation(reader, reading, terms, suppliers)
            case .quote: _ = try TenantAPI.understandQuote(reader, reading, terms, suppliers)
            case .test: _ = try TenantAPI.understandTest(reader, reading, terms, suppliers)
            case .problem: try understandProblem(reader, reading, terms, suppliers)
            case .problemAmendment: _ = TenantAPI.understandProblemAmendment(reader, reading)
            case .problemCancellation: _ = TenantAPI.understandProblemCancellation(reader, reading)
            case .resolutionAnswer: _ = TenantAPI.understandResolution(reader, reading)
            case .kci: KCILint.read(reader)
            }
        } catch {
            // Every supplier of this world offers everything, so what is thrown is about the message.
            reading.problems.report(.rule, at: "", "\(error)")
        }
    }

    /// And the rule about its visit, which the gateway applies as it raises it (T-012).
    private func understandProblem(
        _ reader: ObjectReader,
        _ reading: TenantReading,
        _ terms: TenantTerms,
        _ suppliers: Suppliers
    ) throws {
        guard let (report, _) = try TenantAPI.understandProblem(reader, reading, terms, suppliers) else { return }
        do {
            try report.requireAppointmentRule()
        } catch {
            for problem in error.problems { reading.problems.report(.rule, at: problem.pointer, problem.message) }
        }
    }

    private func report(_ warning: String, in message: TenantMessage, _ pass: JSONLintPass) {
        let isPlaced = warning.hasPrefix("/")
        let pointer = isPlaced ? String(warning.prefix { $0 != " " }) : ""
        let clause = isPlaced ? TenantClauses.clause(of: pointer, in: message) : "X-43"
        pass.report(clause, .warning, at: pointer, warning, expected: isPlaced ? "no such field" : "one of the two")
    }

    /// A tenant of whatever suppliers the message names, each of which offers everything.
    private static func world(with named: SupplierID, _ reader: ObjectReader) -> (TenantTerms, Suppliers) {
        let items = reader.value("quoteItems")?.elements.compactMap { $0["supplier"]?.string } ?? []
        let ids = Set([named] + items.map { SupplierID($0) }).sorted { $0.rawValue < $1.rawValue }
        let contracts = Dictionary(uniqueKeysWithValues: Capability.allCases.map { ($0, "native") })
        let questions = Dictionary(uniqueKeysWithValues: Capability.allCases.map { ($0, SilentSupplier()) })
        let suppliers = ids.map { id in
            Suppliers.Supplier(
                id: id,
                name: id.rawValue,
                contracts: contracts,
                questions: questions,
                products: [],
                testRequired: false
            )
        }
        let terms = TenantTerms(clients: [], suppliers: ids, buyerIdentifier: "")
        return (terms, Suppliers(suppliers))
    }
}

/// Nobody is asked while a message is looked at.
private struct SilentSupplier: SupplierQuestions {
    func addresses(_ question: AddressesQuestion) async throws -> [KnownAddress] { throw Unanswered.notOffered }
    func availability(_ question: AvailabilityQuestion) async throws -> AvailabilityAnswer {
        throw Unanswered.notOffered
    }
    func slots(_ question: SlotsQuestion) async throws -> [TimeSlot] { throw Unanswered.notOffered }
    func reserve(_ question: ReserveQuestion) async throws -> ReservedSlot { throw Unanswered.notOffered }
}
