import Domain
import Engine
import Formats
import Hummingbird

extension TenantAPI {
    /// `GET /v1/suppliers`: the tenant's suppliers and what each offers, so that nobody learns it from a 501 (G-094).
    @Sendable func listSuppliers(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve("GET /suppliers", .read, request, context) { call in
            let mine = call.terms.suppliers.compactMap { suppliers.supplier($0) }
            let bytes = JSONWriter.bytes { json in
                json.array { json in
                    for supplier in mine { json.object { write(supplier, to: &$0) } }
                }
            }
            return try await look(call, bytes)
        }
    }

    private func write(_ supplier: Suppliers.Supplier, to json: inout JSONWriter) {
        json.field("id", supplier.id.rawValue)
        json.field("name", supplier.name)
        json.strings("products", supplier.products)
        json.field("testRequired", supplier.testRequired)
        CatalogueView.writeCapabilities(of: supplier, to: &json)
    }
}
