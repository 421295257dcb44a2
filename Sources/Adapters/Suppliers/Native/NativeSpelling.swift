import Domain
import Engine
import Formats

/// Spells what the gateway sends to a supplier of the native contract (G-090): orders, tests, problems,
/// reservations, releases.
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
        case (.orderPlaced, let order as ServiceOrder), (.ethernetOrderPlaced, let order as ServiceOrder):
            .json(body(order))
        case (.amendmentRequested, let request as ChangeRequest),
            (.cancellationRequested, let request as ChangeRequest):
            .json(body(request))
        case (.testRequested, let test as ServiceTest): .json(body(test))
        case (.problemRaised, let problem as ServiceProblem): .json(NativeProblems.report(problem))
        case (.problemAmended(let change), let problem as ServiceProblem),
            (.problemCancelled(let change), let problem as ServiceProblem):
            .json(try NativeProblems.change(change, of: problem))
        case (.resolutionAnswered(let accepted, let notes, _), let problem as ServiceProblem):
            .json(NativeProblems.answer(of: problem, accepted: accepted, notes: notes))
        case (.quoteRequested(let supplier), let quote as Quote): .json(NativeQuotes.body(quote, of: supplier))
        case (.reservationReleased, let reservation as Reservation): .json(body(reservation))
        case (.appointmentRequested(let first, _), let reservation as Reservation):
            .json(body(ReserveQuestion(reservation, as: first)))
        case _: throw UnspeakableMessage(message.operation)
        }
    }

    private static func body(_ order: ServiceOrder) -> [UInt8] {
        JSONWriter.bytes(reserving: 1_024) { json in
            json.object { json in
                json.field("tenant", order.tenant.rawValue)
                json.field("id", order.id.number)
                if order.request.type != .ethernet { json.field("orderType", order.request.type.rawValue) }
                switch order.request {
                case .provide(let request): write(request, order.visit, to: &json)
                case .modify(let request): write(request, order.visit, to: &json)
                case .cease(let request): write(request, to: &json)
                // Told by a supplier, never sent to one.
                case .unsolicitedCease: break
                case .ethernet(let request): json.wholesaleEthernet(request)
                }
            }
        }
    }

    private static func write(_ request: ProvideRequest, _ visit: BookedVisit?, to json: inout JSONWriter) {
        json.wholesaleAddress(request.address)
        json.object("serviceOrderItem") { json in
            json.wholesaleSpecification(request.specification)
            json.wholesaleCharacteristics("serviceCharacteristics", request.characteristics)
        }
        json.wholesaleContact("primaryContact", request.primaryContact)
        json.wholesaleContact("secondaryContact", request.secondaryContact)
        json.field("appointmentSupplierReference", visit?.supplierReference)
        json.field("requestedCompletionDate", request.requestedCompletionDate?.description)
        json.wholesaleTasks(request.engineerTasks)
        json.wholesaleSite(request.site)
    }

    private static func write(_ request: ModifyRequest, _ visit: BookedVisit?, to json: inout JSONWriter) {
        json.field("serviceId", request.serviceID.rawValue)
        json.wholesaleCharacteristics("serviceCharacteristics", request.characteristics)
        json.wholesaleContact("primaryContact", request.primaryContact)
        json.wholesaleContact("secondaryContact", request.secondaryContact)
        json.field("appointmentSupplierReference", visit?.supplierReference)
        json.field("requestedCompletionDate", request.requestedCompletionDate?.description)
        json.wholesaleTasks(request.engineerTasks)
        json.wholesaleSite(request.site)
    }

    private static func write(_ request: CeaseRequest, to json: inout JSONWriter) {
        json.field("serviceId", request.serviceID.rawValue)
        json.field("requestedCompletionDate", request.requestedCompletionDate.description)
        json.field("reason", request.reason)
        json.wholesaleContact("primaryContact", request.primaryContact)
        json.field("notes", request.notes)
    }

    /// Only what changes (G-057).
    private static func body(_ request: ChangeRequest) -> [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                json.field("tenant", request.tenant.rawValue)
                json.field("id", request.id.number)
                json.field("orderId", request.order.number)
                json.field("supplierOrderReference", request.supplierOrderNumber)
                switch request.content {
                case .amendment(let changes, let visit):
                    json.wholesaleChanges(changes)
                    json.field("appointmentSupplierReference", visit?.supplierReference)
                case .cancellation(let reason, let text):
                    json.field("reasonCode", reason.rawValue)
                    json.field("text", text)
                }
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

    /// To the byte the same whenever it is asked, or the supplier would take it for another question.
    static func body(_ question: ReserveQuestion) -> [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                json.field("tenant", question.asker.tenant.rawValue)
                json.field("id", question.reservation.number)
                json.wholesaleAddress(question.address)
                json.wholesaleSpecification(question.specification)
                json.field("serviceId", question.service?.rawValue)
                json.field("appointmentPurpose", question.purpose.rawValue)
                json.wholesaleTimeslot("timeslot", question.slot)
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
