import Domain
import Formats
import FoundationEssentials

/// What the installer writes (G-121…G-127). All of it follows from the book, so a repeat is the same bytes.
extension VisitReport {
    func spelt(for visit: PlayedVisit) -> [UInt8] {
        JSONWriter.bytes { writer in
            writer.object { message in
                message.field("id", number)
                message.field("jsonrpc", "2.0")
                message.field("method", event.method)
                message.object("params") { params in
                    header(of: visit, into: &params)
                    switch event {
                    case .accept:
                        // The contract has no word for it: the first header with our number is the acceptance (X-29).
                        params.array("questions_answers") { _ in }
                    case .assign:
                        engineer(into: &params)
                    case .enRoute:
                        location(latitude: 51.507, longitude: -0.128, into: &params)
                    case .onSite:
                        location(latitude: 51.512, longitude: -0.131, into: &params)
                    case .scan:
                        device(of: visit, into: &params)
                    case .close, .decline:
                        closure(of: visit, into: &params)
                    }
                }
            }
        }
    }

    /// `notificationType` (G-121); the closing message has none.
    private var notificationType: String? {
        switch event {
        case .accept: "PROGRESS"
        case .assign: "ENGINEER_ASSIGNED"
        case .enRoute: "EN_ROUTE"
        case .onSite: "ON_SITE"
        case .scan: "ONT_SCANNED"
        case .close, .decline: nil
        }
    }

    private func header(of visit: PlayedVisit, into params: inout JSONWriter) {
        params.object("jobHeader") { header in
            header.field("ref", visit.ref)
            header.field("providerJobId", visit.providerJobId)
            header.field("notificationType", notificationType)
            header.date("eventTime", at)
        }
    }

    /// One invented person for all visits; the number is of Ofcom's range for drama.
    private func engineer(into params: inout JSONWriter) {
        params.object("engineerDetails") { engineer in
            engineer.field("engineerId", "ENG-7")
            engineer.field("name", "Robin Fibre")
            engineer.field("phoneNumber", "07700900007")
            engineer.field("company", "Sandbox Installers")
        }
    }

    private func location(latitude: Double, longitude: Double, into params: inout JSONWriter) {
        params.object("location") { location in
            location.field("latitude", latitude)
            location.field("longitude", longitude)
            location.field("accuracyMetres", 8)
            location.date("capturedAt", at)
        }
    }

    private func device(of visit: PlayedVisit, into params: inout JSONWriter) {
        params.object("ont") { ont in
            ont.field("fsan", words.fsan ?? visit.device.fsan)
            ont.field("serialNumber", words.serialNumber ?? visit.device.serialNumber)
            ont.field("vendor", words.vendor ?? visit.vendor)
            ont.date("scannedAt", at)
        }
    }

    private func closure(of visit: PlayedVisit, into params: inout JSONWriter) {
        let code = closureCode(in: visit.scenario)
        params.field("closureCode", code)
        params.field("secondaryClosureCode", words.secondaryClosureCode)
        if words.secondaryClosureCode != nil {
            params.field("secondaryClosureDescription", words.reason ?? "As found on site")
        }
        params.date("closedAt", at)
        if code == "SP" { params.field("lightLevelDbm", -18.5) }
        params.array("questions_answers") { answers in
            // Nobody was there, so nothing could be asked (G-126).
            guard !["NTR", "MBORC", "FTA"].contains(code) else { return }
            for (number, question, said) in Self.said(on: code) {
                answers.object { answer in
                    answer.field("question", question)
                    answer.field("question_code", number)
                    answer.field("answer", said)
                    answer.date("response_received", at)
                    answer.field("source", "closeJob")
                    answer.array("files") { _ in }
                }
            }
        }
        params.field("notes", words.reason)
    }

    /// What this engineer says on each closure, in the words of the question matrix that the operator hands out.
    private static func said(on code: String) -> [(number: String, question: String, answer: String)] {
        let present = ("1000", "Was the end customer present?", code == "NA" || code == "RNA" ? "No" : "Yes")
        let rest: [(String, String, String)] =
            switch code {
            case "SP":
                [
                    ("1100", "Is the light on the ONT green?", "Yes"),
                    ("1200", "What is the light level at the ONT, in dBm?", "-18.5"),
                ]
            case "PSP": [("1100", "Is the light on the ONT green?", "Yes")]
            case "HAZ": [("2000", "What made the site unsafe?", "A goose")]
            case "UNF": [("2200", "What was found that nobody foresaw?", "A tree")]
            case "CON", "POP": [("3000", "Where was light last seen?", "Node")]
            case "NA", "RNA":
                [
                    ("4000", "At what time was the customer first called?", "09:05"),
                    ("4100", "At what time did the engineer leave?", "09:35"),
                ]
            case _: []
            }
        return [present] + rest
    }
}

extension PlayedVisit {
    /// The box that this engineer brings: well-formed, and different for every visit (G-124).
    var device: (fsan: String, serialNumber: String) {
        let hex = String(id.number, radix: 16, uppercase: true)
        let digits = String(repeating: "0", count: max(0, 8 - hex.utf8.count)) + hex.suffix(8)
        return ("\(vendor == "CALIX" ? "CXNK" : "ALCL")\(digits)", "SN-\(digits)")
    }
}

/// What became of a message of a counterpart's.
enum Reception: Equatable, Sendable {
    case taken
    case refused(reason: String)
    /// No answer, or one that promises nothing: to be sent again.
    case unanswered(reason: String)

    /// Judges the operator's answer to a JSON-RPC message (G-132).
    init(rpcStatus status: Int, body: [UInt8]) {
        if status >= 500 || status == 429 || status == 408 {
            self = .unanswered(reason: "status \(status)")
            return
        }
        let error = (try? JSONDocument(parsing: body))?.root["error"].flatMap { RPCError($0) }
        switch error {
        case .some(let error) where error.code == RPCError.internalError:
            self = .unanswered(reason: error.message)
        case .some(let error):
            self = .refused(reason: "\(error.code): \(error.message)")
        case .none:
            self = (200..<300).contains(status) ? .taken : .refused(reason: "status \(status)")
        }
    }

    /// Judges the operator's answer to a REST request.
    init(restStatus status: Int, body: [UInt8]) {
        switch status {
        case 200..<300:
            self = .taken
        case 408, 425, 429, 500..<600:
            self = .unanswered(reason: "status \(status)")
        case _:
            let root = (try? JSONDocument(parsing: body))?.root
            // The sentence that says all; the problems behind it repeat it.
            let text = root?["messages"]?.elements.first { _ in true }?.string ?? root?["detail"]?.string ?? ""
            self = .refused(reason: text.isEmpty ? "status \(status)" : text)
        }
    }
}
