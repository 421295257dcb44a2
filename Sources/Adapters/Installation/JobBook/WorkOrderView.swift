import Domain
import FoundationEssentials
import Formats

/// A job as a partner's apps see it: what the operator sent, who goes, and how far it has come.
enum WorkOrderView {
    static func json(_ order: WorkOrder) -> [UInt8] {
        JSONWriter.bytes(reserving: 4_096) { json in json.object { write(order, to: &$0) } }
    }

    static func write(_ order: WorkOrder, to json: inout JSONWriter) {
        json.field("id", order.id.number)
        json.field("reference", order.reference)
        json.field("operator", order.dispatcher.rawValue)
        json.field("providerJobId", order.providerJobId)
        json.field("state", order.stateName)
        json.field("attention", order.needsAttention)
        json.date("created", order.created)
        json.date("updated", order.updated)
        write(order.pack, to: &json)
        if let engineer = order.engineer { json.object("engineer") { write(engineer, to: &$0) } }
        if let device = order.device { json.object("device") { write(device, to: &$0) } }
        json.array("results") { json in
            for result in order.results { json.object { write(result, to: &$0) } }
        }
        json.array("answers") { json in
            for answer in order.answers { json.object { write(answer, to: &$0) } }
        }
        write(order.state, to: &json)
        json.array("steps") { json in
            for step in order.steps { json.object { write(step, to: &$0) } }
        }
    }

    private static func write(_ state: WorkOrder.State, to json: inout JSONWriter) {
        switch state {
        case .open:
            break
        case .closing(let report, _), .closed(let report), .declining(let report, _):
            json.object("closure") { json in
                json.field("closureCode", report.code.canonical)
                json.field("closureDescription", report.codeDescription)
                json.field("secondaryClosureCode", report.secondary)
                json.field("secondaryClosureDescription", report.secondaryDescription)
                json.field("lightLevelDbm", report.lightLevelDbm)
                json.date("at", report.closedAt)
                json.field("notes", report.notes)
            }
        case .declined(let reason):
            json.field("reason", reason)
        case .cancelled(let reason, let text, let at):
            json.object("cancellation") { json in
                json.field("reasonCode", reason.rawValue)
                json.field("reasonText", text)
                json.date("at", at)
            }
        }
    }

    private static func write(_ step: WorkOrderStep, to json: inout JSONWriter) {
        json.field("event", step.happening.rawValue)
        json.date("at", step.at)
        json.date("recorded", step.recorded)
        json.field("sequence", step.sequence)
        if let location = step.location {
            json.object("location") { json in
                json.field("latitude", location.latitude)
                json.field("longitude", location.longitude)
                json.field("accuracyMetres", location.accuracyMetres)
            }
        }
        switch step.reception {
        case .untold: break
        case .underWay: json.field("told", "under-way")
        case .taken: json.field("told", "taken")
        case .refused(let code, let reason):
            json.field("told", "refused")
            json.field("code", code)
            json.field("reason", reason)
        case .givenUp(let reason):
            json.field("told", "given-up")
            json.field("reason", reason)
        }
    }

    private static func write(_ result: HeardResult, to json: inout JSONWriter) {
        json.field("result", result.outcome.rawValue)
        json.field("success", result.outcome.isSuccess)
        json.field("details", result.details)
        json.date("at", result.at)
        json.date("retryAt", result.retryAt)
    }

    private static func write(_ engineer: Engineer, to json: inout JSONWriter) {
        json.field("engineerId", engineer.engineerId)
        json.field("name", engineer.name)
        json.field("phoneNumber", engineer.phoneNumber)
        json.field("company", engineer.company)
        json.field("vehicleRegistration", engineer.vehicleRegistration)
        json.field("photoUrl", engineer.photoURL)
    }

    private static func write(_ device: ScannedDevice, to json: inout JSONWriter) {
        json.field("fsan", device.fsan)
        json.field("serialNumber", device.serialNumber)
        json.field("vendor", device.vendor.rawValue)
        json.field("model", device.model)
        json.date("at", device.scannedAt)
    }

    private static func write(_ answer: QuestionAnswer, to json: inout JSONWriter) {
        json.field("question", answer.question)
        json.field("code", answer.code)
        json.field("answer", answer.answer)
        json.date("at", answer.received)
        json.array("files") { json in
            for file in answer.files {
                json.object { json in
                    json.field("name", file.name)
                    json.field("type", file.type)
                    json.field("objectPath", file.objectPath)
                    json.field("url", file.url)
                }
            }
        }
    }
}
