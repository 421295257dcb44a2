import Domain
import Formats
import FoundationEssentials

/// What an examined supplier is asked for: an address that it serves, one that it doesn't, what it sells there.
package struct SupplierSamples: Sendable {
    package let address: PremisesAddress.Identifier
    package let unservedAddress: PremisesAddress.Identifier
    package let product: String
    /// A live service, for tests; `nil` where none is known.
    package let service: String?
    package let tenant: String

    package init(
        address: PremisesAddress.Identifier,
        unservedAddress: PremisesAddress.Identifier,
        product: String,
        service: String?,
        tenant: String
    ) {
        self.address = address
        self.unservedAddress = unservedAddress
        self.product = product
        self.service = service
        self.tenant = tenant
    }

    var otherTenant: String { tenant + "-OTHER" }
    static let unknownProduct = "no-such-product"
    static let unknownService = "NO-SUCH-SERVICE"

    // MARK: Questions

    func availability(at address: PremisesAddress.Identifier) -> String {
        "/service-availability?address=" + FormText.encode(Self.json(address))
    }

    func slots(of product: String) -> String {
        let specification = JSONWriter.string { json in json.object { $0.field("id", product) } }
        return "/available-appointments?address=" + FormText.encode(Self.json(address))
            + "&serviceSpecification=" + FormText.encode(specification) + "&appointmentPurpose=PROVIDE"
    }

    private static func json(_ address: PremisesAddress.Identifier) -> String {
        JSONWriter.string { json in json.object { write(address, to: &$0) } }
    }

    private static func write(_ address: PremisesAddress.Identifier, to json: inout JSONWriter) {
        json.field("id", address.id)
        json.field("type", address.type)
    }

    // MARK: Bodies

    func reservation(_ number: Int64, from start: String, to end: String) -> [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                json.field("tenant", tenant)
                json.field("id", number)
                json.object("address") { Self.write(address, to: &$0) }
                json.object("serviceSpecification") { $0.field("id", product) }
                json.field("appointmentPurpose", "PROVIDE")
                json.object("timeslot") { json in
                    json.field("timeslotStartDateTime", start)
                    json.field("timeslotEndDateTime", end)
                }
            }
        }
    }

    /// For a visit under a key, or for a day where the supplier books none.
    func order(_ number: Int64, product: String? = nil, key: String?, on day: CivilDate, notes: String) -> [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                json.field("tenant", tenant)
                json.field("id", number)
                json.field("orderType", "NEW")
                json.object("address") { Self.write(address, to: &$0) }
                json.object("serviceOrderItem") { json in
                    json.object("serviceSpecification") { $0.field("id", product ?? self.product) }
                    json.array("serviceCharacteristics") { _ in }
                }
                json.object("primaryContact") { json in
                    json.field("name", "Robin Sample")
                    json.field("phoneNumber", "+44 1632 960123")
                }
                json.field("appointmentSupplierReference", key)
                if key == nil { json.field("requestedCompletionDate", day.description) }
                json.field("notes", notes)
            }
        }
    }

    func amendment(_ number: Int64, of order: Int64, as tenant: String) -> [UInt8] {
        change(number, of: order, "orderId", as: tenant) { $0.field("notes", "Please ring twice.") }
    }

    func cancellation(_ number: Int64, of order: Int64, as tenant: String) -> [UInt8] {
        change(number, of: order, "orderId", as: tenant) { $0.field("reasonCode", "OTHER") }
    }

    func problemAmendment(_ number: Int64, of problem: Int64, as tenant: String) -> [UInt8] {
        change(number, of: problem, "serviceProblemId", as: tenant) { $0.field("notes", "Slower still since noon.") }
    }

    func problemCancellation(_ number: Int64, of problem: Int64, as tenant: String) -> [UInt8] {
        change(number, of: problem, "serviceProblemId", as: tenant) { $0.field("reasonCode", "ISSUE_RESOLVED") }
    }

    private func change(
        _ number: Int64,
        of about: Int64,
        _ member: String,
        as tenant: String,
        _ wish: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                json.field("tenant", tenant)
                json.field("id", number)
                json.field(member, about)
                wish(&json)
            }
        }
    }

    func test(_ number: Int64, of service: String) -> [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                json.field("tenant", tenant)
                json.field("id", number)
                json.field("serviceId", service)
                json.field("problemType", "STABILITY")
                json.object("serviceSpecification") { $0.field("id", product) }
                json.array("characteristics") { json in
                    json.object { json in
                        json.field("name", "SERVICE_HAS_WORKED")
                        json.field("value", "false")
                    }
                }
            }
        }
    }

    /// One that needs no visit (G-118).
    func problem(_ number: Int64, of service: String) -> [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                json.field("tenant", tenant)
                json.field("id", number)
                json.field("externalIdentifier", "CHECK-\(number)")
                json.field("problemType", "PERFORMANCE")
                json.field("problemText", "Slower every evening")
                json.field("serviceId", service)
                json.object("serviceSpecification") { $0.field("id", product) }
                json.array("characteristics") { json in
                    json.object { json in
                        json.field("name", "SERVICE_HAS_WORKED")
                        json.field("value", "false")
                    }
                }
                json.object("primaryContact") { json in
                    json.field("name", "Robin Sample")
                    json.field("phoneNumber", "+44 1632 960123")
                }
            }
        }
    }

    func quote(_ number: Int64) -> [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                json.field("tenant", tenant)
                json.field("id", number)
                json.field("externalIdentifier", "CHECK-\(number)")
                json.array("quoteItems") { json in
                    json.object { json in
                        json.field("id", 1)
                        json.array("sites") { json in
                            json.object { Self.site("1 Sample Street", "A-END", to: &$0) }
                            json.object { Self.site("2 Sample Street", "B-END", to: &$0) }
                        }
                        json.object("contractDetails") { json in
                            json.object("contractLength") { json in
                                json.field("value", 36)
                                json.field("unit", "MONTH")
                            }
                            json.field("billingFrequency", "MONTHLY")
                        }
                        json.array("service") { json in
                            json.object { json in json.object("serviceSpecification") { $0.field("id", product) } }
                        }
                    }
                }
            }
        }
    }

    private static func site(_ address: String, _ role: String, to json: inout JSONWriter) {
        json.field("name", address)
        json.field("address", address)
        json.field("postcode", "QQ1 1AA")
        json.field("role", role)
    }
}
