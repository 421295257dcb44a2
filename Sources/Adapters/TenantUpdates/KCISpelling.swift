import Domain
import Engine
import Formats

/// How a KCI's body is spelt (G-070 to G-076): in the commit of the change that it reports, and frozen but for
/// `deliveredOn`, which the courier puts in front at the first attempt (decision 11).
package enum KCISpelling {
    /// Only the tenant's own entities have updates; anything else is a fault of ours.
    struct NoSuchUpdate: Error { let kind: Kind }

    package static func spell(_ kci: KCI, of entity: any Aggregate, _ context: SpellingContext) throws -> Spelling {
        switch entity {
        case let order as ServiceOrder:
            spell(kci, KCIView.EntityType(of: order), order.request.supplier, context) {
                OrderView.write(order, withUpdates: false, to: &$0)
            }
        case let test as ServiceTest:
            spell(kci, .serviceTest, test.request.supplier, context) {
                TestView.write(test, withUpdates: false, to: &$0)
            }
        case let problem as ServiceProblem:
            spell(kci, .serviceProblem, problem.report.supplier, context) {
                ProblemView.write(problem, withUpdates: false, to: &$0)
            }
        case let other: throw NoSuchUpdate(kind: type(of: other).kind)
        }
    }

    private static func spell(
        _ kci: KCI,
        _ type: KCIView.EntityType,
        _ supplier: SupplierID,
        _ context: SpellingContext,
        _ entity: (inout JSONWriter) -> Void
    ) -> Spelling {
        let body = JSONWriter.bytes(reserving: 2_048) { json in
            json.object { json in
                json.field("id", context.messageID.rawValue)
                json.field("supplier", supplier.rawValue)
                KCIView.writeMetadata(kci, of: type, to: &json)
                json.object("entity", entity)
                KCIView.writeContent(kci, uuid: context.messageID.rawValue, to: &json)
            }
        }
        return .json(body)
    }
}
