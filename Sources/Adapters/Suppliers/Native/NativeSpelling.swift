import Domain
import Engine
import Formats

/// Spells what the gateway sends to a supplier of the native contract (G-090): orders, tests, releases.
///
/// Every body names the tenant, because an outbox row holds nothing else from which a courier could take the header
/// `Tenant`.
package enum NativeSpelling {
    /// A ``Speller`` for messages to native suppliers.
    package static func spell(
        _ message: Message,
        _ recipient: Recipient,
        _ sender: any Aggregate,
        _ context: SpellingContext
    ) throws -> Spelling {
        switch (message, sender) {
        case (.orderPlaced, let order as ServiceOrder): .json(body(order))
        case (.testRequested, let test as ServiceTest): .json(body(test))
        case (.reservationReleased, let reservation as Reservation): .json(body(reservation))
        case _: throw UnspeakableMessage(message.operation)
        }
    }

    private static func body(_ order: ServiceOrder) -> [UInt8] {
        let request = order.request
        return JSONWriter.bytes(reserving: 1_024) { json in
            json.object { json in
                json.field("tenant", order.tenant.rawValue)
                json.field("id", order.id.number)
                json.field("orderType", request.type.rawValue)
                json.wholesaleAddress(request.address)
                json.object("serviceOrderItem") { json in
                    json.wholesaleSpecification(request.specification)
                    json.wholesaleCharacteristics("serviceCharacteristics", request.characteristics)
                }
                json.wholesaleContact("primaryContact", request.primaryContact)
                json.wholesaleContact("secondaryContact", request.secondaryContact)
                json.field("appointmentSupplierReference", order.visit?.supplierReference)
                json.field("requestedCompletionDate", request.requestedCompletionDate?.description)
                if !request.engineerTasks.isEmpty {
                    json.strings("engineerTasks", request.engineerTasks.map(\.rawValue))
                }
                json.wholesaleSite(request.site)
            }
        }
    }

    private static func body(_ test: ServiceTest) -> [UInt8] {
        let request = test.request
        return JSONWriter.bytes { json in
            json.object { json in
                json.field("tenant", test.tenant.rawValue)
                json.field("id", test.id.number)
                json.field("serviceId", request.serviceID.rawValue)
                json.field("problemType", request.problemType.rawValue)
                json.wholesaleSpecification(request.specification)
                json.wholesaleCharacteristics("characteristics", request.characteristics)
            }
        }
    }

    private static func body(_ reservation: Reservation) -> [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                json.field("tenant", reservation.tenant.rawValue)
                json.field("id", reservation.id.number)
            }
        }
    }
}
