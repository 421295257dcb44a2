import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Storage

extension TenantAPI {
    /// `POST /v1/ethernet/service-orders`: a tenant orders a circuit on a supplier's quote (F-014, F-040, G-060).
    ///
    /// The offer is taken up in the commit of the order: one that is unknown, another's, expired or used is refused (G-032).
    @Sendable func placeEthernetOrder(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve(
            "POST /ethernet/service-orders",
            .orders,
            request,
            context,
            rejectStatus: { .init(code: $0.rejectStatus) }
        ) { call in
            let today = LondonTime.day(at: exchange.time.now())
            let (understood, warnings) = try call.read(rejectStatus: call.orderRejectStatus) { reader, reading in
                try EthernetReading(
                    reader: reader,
                    reading: reading,
                    terms: call.terms,
                    suppliers: suppliers,
                    today: today
                ).order()
            }
            let wanted = try await exchange.completed(understood)
            let encoded = EncodedOnce(wrappedValue: wanted)
            try StoredJSON.encodeAhead(encoded)
            let id = try await exchange.draw(ServiceOrder.self)
            return try await answerOnce(call, "PlaceEthernetOrder", status: 201, warnings: warnings) { change in
                if case .ethernet(let circuit) = wanted {
                    let order = EntityRef(kind: .serviceOrder, number: id.number)
                    try change.acceptQuote(circuit.supplierQuoteID, of: circuit.supplier, for: call.tenant, by: order)
                }
                return try change.place(id, encoded, below: "/v1/ethernet/service-orders", call)
            }
        }
    }

    /// `GET /v1/ethernet/service-orders/{id}`: the order as it is, with its updates (F-014). Any other order is none.
    @Sendable func readEthernetOrder(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await read(
            "GET /ethernet/service-orders/{id}",
            ServiceOrder.self,
            request,
            context,
            where: { $0.request.type == .ethernet },
            OrderView.json
        )
    }
}
