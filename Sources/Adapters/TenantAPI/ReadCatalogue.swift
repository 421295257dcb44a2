import Domain
import Engine
import Formats
import Hummingbird

extension TenantAPI {
    /// `GET /v1/suppliers/{id}/catalogue`: a supplier's products, the words and numbers that it understands, and what it
    /// offers (N-16, G-059). Another tenant's supplier is as absent as one that never was.
    @Sendable func readCatalogue(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve("GET /suppliers/{id}/catalogue", .read, request, context) { call in
            let name = context.parameters.get("id") ?? ""
            guard let supplier = suppliers.supplier(SupplierID(name), for: call.terms) else {
                throw TenantCall.nothingThere
            }
            return try await look(call, CatalogueView.json(supplier))
        }
    }
}

/// A catalogue as a tenant reads it.
enum CatalogueView {
    static func json(_ supplier: Suppliers.Supplier) -> [UInt8] {
        JSONWriter.bytes(reserving: 2_048) { json in
            json.object { json in
                json.field("supplier", supplier.id.rawValue)
                json.field("name", supplier.name)
                json.array("serviceSpecifications") { json in
                    for specification in supplier.catalogue.specifications {
                        json.object { write(specification, to: &$0) }
                    }
                }
                json.array("enumerations") { json in
                    for enumeration in supplier.catalogue.enumerations { json.object { write(enumeration, to: &$0) } }
                }
                json.field("testRequired", supplier.testRequired)
                writeCapabilities(of: supplier, to: &json)
            }
        }
    }

    /// What the supplier offers, so that nobody learns it from a 501 (G-094).
    static func writeCapabilities(of supplier: Suppliers.Supplier, to json: inout JSONWriter) {
        json.object("capabilities") { json in
            for capability in Capability.allCases {
                json.field(capability.rawValue, supplier.contracts[capability] != nil)
            }
            json.field("resolutionConfirm", supplier.confirmsResolutions)
        }
    }

    private static func write(_ specification: Catalogue.Specification, to json: inout JSONWriter) {
        json.field("id", specification.id)
        json.field("name", specification.name)
        json.strings("serviceTypes", specification.serviceTypes)
        json.array("serviceCharacteristics") { json in
            for choice in specification.characteristics {
                json.object { json in
                    json.field("name", choice.name)
                    json.strings("values", choice.values)
                }
            }
        }
    }

    /// On the wire the value is `index`.
    private static func write(_ enumeration: Catalogue.Choice, to json: inout JSONWriter) {
        json.field("name", enumeration.name)
        json.array("values") { json in
            for (index, name) in enumeration.values.enumerated() {
                json.object { json in
                    json.field("index", index)
                    json.field("name", name)
                }
            }
        }
    }
}
