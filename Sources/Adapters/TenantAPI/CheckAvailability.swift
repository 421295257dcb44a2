import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird

extension TenantAPI {
    /// What came of asking one supplier: its answer, or why there is none.
    private typealias Asked = (supplier: Suppliers.Supplier, answer: Result<AvailabilityAnswer, Unanswered>)

    /// `GET /v1/service-availability`: what each supplier can do at an address (G-020 to G-024).
    ///
    /// All are asked at once. One that fails has an entry that says so; only if all fail does the call fail.
    @Sendable func checkAvailability(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve("GET /service-availability", .read, request, context, hasParameters: true) { call in
            let wish = try understandAvailability(call)
            let asked = try await ask(wish.suppliers, about: try await exchange.completed(wish.address), call)
            let failures = asked.compactMap { each -> Unanswered? in
                guard case .failure(let reason) = each.answer else { return nil }
                return reason
            }
            if let first = failures.first, failures.count == asked.count { throw first }
            let bytes = JSONWriter.bytes(reserving: 2_048) { json in
                json.array { json in
                    for each in asked { json.object { write(each, wish, to: &$0) } }
                }
            }
            return try await look(call, bytes, warnings: wish.warnings)
        }
    }

    private func understandAvailability(_ call: TenantCall) throws -> AvailabilityWish {
        let reading = TenantReading(isStrict: call.terms.isStrict)
        let query = QueryReader(call.request, reading)
        let address = query.address()
        let types = query.choices("serviceTypes", from: ["BROADBAND", "ETHERNET"])
        let names = query.list("suppliers")
        var wanted: [Suppliers.Supplier] = []
        for name in names.isEmpty ? call.terms.suppliers.map(\.rawValue) : names {
            guard let supplier = suppliers.supplier(SupplierID(name), for: call.terms) else {
                reading.problems.report(.notAllowed, at: "/suppliers", "names a supplier that is not yours")
                continue
            }
            wanted.append(supplier)
        }
        query.close(knowing: ["address", "serviceTypes", "suppliers", "postalCode"])
        try reading.finish(.unprocessableContent)
        guard let address else { throw APIError(.unprocessableContent, "The address is missing.") }
        return AvailabilityWish(address: address, suppliers: wanted, serviceTypes: types, warnings: reading.warnings)
    }

    private func ask(
        _ wanted: [Suppliers.Supplier],
        about address: PremisesAddress,
        _ call: TenantCall
    ) async throws -> [Asked] {
        await withTaskGroup(of: (Int, Asked).self) { group in
            for (position, supplier) in wanted.enumerated() {
                let asker = call.asker(exchange.ids.messageID(at: exchange.time.now()))
                group.addTask {
                    guard let desk = supplier.questions[.availability] else {
                        return (position, (supplier, .failure(.notOffered)))
                    }
                    do {
                        let question = AvailabilityQuestion(asker: asker, address: address)
                        return (position, (supplier, .success(try await desk.availability(question))))
                    } catch let unanswered as Unanswered {
                        return (position, (supplier, .failure(unanswered)))
                    } catch {
                        return (position, (supplier, .failure(.failed(reason: "\(type(of: error))"))))
                    }
                }
            }
            var asked: [(Int, Asked)] = []
            for await each in group { asked.append(each) }
            return asked.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func write(_ asked: Asked, _ wish: AvailabilityWish, to json: inout JSONWriter) {
        json.field("supplier", asked.supplier.id.rawValue)
        json.object("address") { $0.identifier("identifier", wish.address) }
        switch asked.answer {
        case .success(var answer):
            answer.offers.removeAll { !wish.asks(for: $0, of: asked.supplier) }
            write(answer, to: &json)
        case .failure(let reason):
            let error = reason.tenantAPIError
            json.object("error") { json in
                json.field("uuid", exchange.ids.messageID(at: exchange.time.now()).rawValue)
                json.field("code", error.code.rawValue)
                json.strings("messages", [error.message] + error.problems.map(\.message))
            }
        }
    }

    private func write(_ answer: AvailabilityAnswer, to json: inout JSONWriter) {
        json.array("serviceSpecifications") { json in
            for offer in answer.offers {
                json.object { json in
                    json.field("id", offer.id)
                    json.field("name", offer.name)
                    json.array("serviceCharacteristics") { json in
                        for (name, values) in offer.characteristics.sorted(by: { $0.key < $1.key }) {
                            json.object { json in
                                json.field("name", name)
                                json.strings("values", values)
                            }
                        }
                    }
                }
            }
        }
        json.siteInformation(answer.site)
        json.array("unavailabilityReasons") { json in
            for reason in answer.reasons {
                json.object { json in
                    json.field("code", reason.code)
                    json.field("text", reason.text)
                }
            }
        }
    }
}

/// What a tenant wants to know of an address (G-020).
private struct AvailabilityWish {
    let address: PremisesAddress
    let suppliers: [Suppliers.Supplier]
    /// None: all.
    let serviceTypes: [String]
    let warnings: [String]

    /// A product that isn't in its supplier's catalogue may be of any type.
    func asks(for offer: AvailabilityAnswer.Offer, of supplier: Suppliers.Supplier) -> Bool {
        guard !serviceTypes.isEmpty,
            let product = supplier.catalogue.specifications.first(where: { $0.id.isExactly(offer.id) })
        else { return true }
        return !Set(serviceTypes).isDisjoint(with: product.serviceTypes)
    }
}
