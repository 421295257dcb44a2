import Domain
import Formats
import FoundationEssentials

/// A service test as its tenant reads it (G-101, G-103).
enum TestView {
    static func json(_ test: ServiceTest) -> [UInt8] {
        JSONWriter.bytes(reserving: 1_024) { json in
            json.object { write(test, withUpdates: true, to: &$0) }
        }
    }

    static func write(_ test: ServiceTest, withUpdates: Bool, to json: inout JSONWriter) {
        let request = test.request
        json.number("id", test.id)
        json.field("status", test.status.rawValue)
        json.field("supplier", request.supplier.rawValue)
        json.field("supplierReference", test.supplierReference)
        json.field("serviceId", request.serviceID.rawValue)
        json.field("problemType", request.problemType.rawValue)
        json.specification(request.specification)
        json.characteristics("characteristics", request.characteristics)
        if let result = test.result { write(result, to: &json) }
        json.date("created", test.created)
        json.date("updated", test.updated)
        if withUpdates { KCIView.writeUpdates(test.log, of: .serviceTest, to: &json) }
    }

    private static func write(_ result: TestResult, to json: inout JSONWriter) {
        json.object("result") { json in
            json.field("outcome", result.outcome.rawValue)
            json.field("code", result.code)
            json.field("text", result.text)
            json.field("raiseProblem", result.raiseProblem)
            json.date("validUntil", result.validUntil)
            json.array("measures") { json in
                for measure in result.measures {
                    json.object { json in
                        json.field("name", measure.name)
                        json.field("value", measure.value)
                        json.field("unit", measure.unit)
                        json.date("capturedAt", measure.capturedAt)
                    }
                }
            }
        }
    }
}
