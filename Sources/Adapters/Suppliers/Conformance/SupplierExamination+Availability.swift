import Formats
import HTTPTypes

extension SupplierExamination {
    /// `GET /service-availability`.
    mutating func examineAvailability() async {
        let product = samples.product
        let known = await line.ask(question(.get, samples.availability(at: samples.address)))
        judge(.availability, known, is: [200]) { answer in
            let offered = answer["serviceSpecifications"]?.elements.compactMap { $0["id"]?.string } ?? []
            return offered.contains(product) ? nil : "200, but no \(product) among serviceSpecifications"
        }
        let unserved = await line.ask(question(.get, samples.availability(at: samples.unservedAddress)))
        judge(.availabilityUnserved, unserved, is: [200]) { answer in
            let codes = answer["unavailabilityReasons"]?.elements.compactMap { $0["code"]?.string } ?? []
            guard !codes.isEmpty else { return "200, but no unavailabilityReasons" }
            return codes.first { !Self.reasons.contains($0) }.map { "an unknown reason: \($0)" }
        }
        let nothing = await line.ask(question(.get, "/service-availability"))
        judgeRefusal(.availabilityMalformed, nothing, is: [400, 422])
    }

    /// G-024.
    private static let reasons: Set<String> = [
        "NOT_IN_FOOTPRINT", "NOT_READY_FOR_SERVICE", "NO_CAPACITY", "WAYLEAVE_REFUSED", "UNECONOMIC", "ADDRESS_UNKNOWN",
        "OTHER",
    ]

    /// `POST /quote`.
    mutating func examineQuotes() async {
        judgeRefusal(.quoteMalformed, await line.ask(question(.post, "/quote", Self.nothing)), is: [400, 422])
        let number = newNumber()
        let answer = await line.ask(question(.post, "/quote", samples.quote(number)))
        judge(.quote, answer, takes: .quote, number: number) { answer in
            guard answer.status == 201 else { return nil }
            let items = answer["quoteItems"].map { Array($0.elements) } ?? []
            guard let item = items.first, items.count == 1 else { return "201, but not a quoteItem for each asked" }
            switch item["status"]?.string {
            case "APPROVED":
                let lacks = ["supplierQuoteId", "prices", "validUntil"].first { item[$0] == nil }
                return lacks.map { "APPROVED, but without \($0)" }
            case "REJECTED": return item["reasons"]?.elements.isEmpty == false ? nil : "REJECTED, but without reasons"
            case "PENDING": return nil
            case let other: return "the status is \(other ?? "absent")"
            }
        }
    }

    static let nothing = Array("{}".utf8)
}
