import Domain
import Engine
import Formats

/// Spells the operator's updates to a customer (G-092), from the order, test or fault as it is after the change.
package enum SupplyUpdateSpelling {
    /// A ``Speller`` for messages to customers.
    package static func spell(
        _ message: Message,
        _ recipient: Recipient,
        _ sender: any Aggregate,
        _ context: SpellingContext
    ) throws -> Spelling {
        guard case .supplyUpdate(let update) = message else { throw UnspeakableMessage(message.operation) }
        switch sender {
        case let order as SupplyOrder:
            return .json(body(update, context) { $0.object(member(of: order)) { $0.supplyOrder(order) } })
        case let fault as FaultReport:
            return .json(body(update, context) { $0.object("serviceProblem") { $0.fault(fault, update.fault) } })
        case let test as LineTest:
            return .json(body(update, context) { $0.object("serviceTest") { $0.lineTest(test) } })
        case _:
            throw UnspeakableMessage(message.operation)
        }
    }

    /// By what name the order's representation goes (G-092).
    private static func member(of order: SupplyOrder) -> String {
        switch order.request.orderType {
        case .new, .start, .takeover, .transfer, .swap: "provideServiceOrder"
        case .modify: "modifyServiceOrder"
        case .cease: "ceaseServiceOrder"
        case .unsolicitedCease: "unsolicitedCeaseServiceOrder"
        case .ethernet: "provideEthernetServiceOrder"
        }
    }

    private static func body(
        _ update: SupplyUpdate,
        _ context: SpellingContext,
        _ entity: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        JSONWriter.bytes(reserving: 1_024) { json in
            json.object { json in
                json.field("id", context.messageID.rawValue)
                json.field("sequenceNumber", update.sequence)
                json.date("issuedOn", update.issuedOn)
                json.field("reasonCode", update.reason.rawValue)
                json.field("problemCode", update.problemCode?.rawValue)
                json.field(
                    "text",
                    update.text.flatMap { $0.isEmpty ? nil : $0.cut(to: WholesaleLimits.note.upperBound) }
                )
                if !update.supplierCodes.isEmpty { json.strings("supplierCodes", update.supplierCodes) }
                if let change = update.answering {
                    let name = change.isCancellation ? "serviceOrderCancellation" : "serviceOrderAmendment"
                    json.field("\(name)Id", change.number)
                    json.field("\(name)Reference", change.reference)
                }
                if let request = update.fault?.answering {
                    let name = request.isCancellation ? "serviceProblemCancellation" : "serviceProblemAmendment"
                    json.field("\(name)Id", request.number)
                }
                entity(&json)
            }
        }
    }
}

/// A message was addressed to somebody whose contract has no such message: a mistake in the program.
package struct UnspeakableMessage: Error {
    package let operation: String

    package init(_ operation: String) { self.operation = operation }
}
