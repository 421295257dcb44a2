import Domain
import FoundationEssentials

extension WorkOrder {
    /// One invented person for all visits; the number is of Ofcom's range for drama.
    private static let engineer = Engineer(
        engineerId: "ENG-7",
        name: "Robin Fibre",
        phoneNumber: "07700900007",
        company: "Sandbox Installers"
    )

    /// Does what an engineer or the office does, in the installer's own book.
    mutating func play(_ event: VisitEvent, _ words: VisitWords, at now: Date) throws(Rejection) -> [Effect] {
        switch event {
        case .accept:
            return try accept(at: now)
        case .decline:
            let code = ClosureCode(words.closureCode ?? "MBORC")
            return try decline(code: code, reason: words.reason ?? "No engineer is free on that day", at: now)
        case .assign:
            return try assign(Self.engineer, at: now, now: now)
        case .enRoute:
            return try setOut(from: Self.place(51.507, -0.128, now), at: now, now: now)
        case .onSite:
            return try arrive(at: Self.place(51.512, -0.131, now), at: now, now: now)
        case .scan:
            return try scan(scanned(words, at: now), now: now)
        case .close:
            return try close(Self.closing(words, at: now), now: now)
        }
    }

    private static func place(_ latitude: Double, _ longitude: Double, _ now: Date) -> Location {
        Location(latitude: latitude, longitude: longitude, accuracyMetres: 8, captured: now)
    }

    private func scanned(_ words: VisitWords, at now: Date) -> ScannedDevice {
        ScannedDevice(
            fsan: words.fsan ?? ownBox.fsan,
            serialNumber: words.serialNumber ?? ownBox.serialNumber,
            vendor: DeviceVendor(rawValue: words.vendor ?? vendor) ?? .nokia,
            scannedAt: now
        )
    }

    private var vendor: String { pack.device.vendor ?? DeviceVendor.nokia.rawValue }

    /// The box that this engineer brings: well-formed, and different for every visit (G-124).
    var ownBox: (fsan: String, serialNumber: String) {
        let hex = String(id.number, radix: 16, uppercase: true)
        let digits = String(repeating: "0", count: max(0, 8 - hex.utf8.count)) + hex.suffix(8)
        return ("\(vendor == DeviceVendor.calix.rawValue ? "CXNK" : "ALCL")\(digits)", "SN-\(digits)")
    }

    private static func closing(_ words: VisitWords, at now: Date) -> ClosingReport {
        let code = ClosureCode(words.closureCode ?? "SP")
        return ClosingReport(
            code: code,
            secondary: words.secondaryClosureCode,
            secondaryDescription: words.secondaryClosureCode.map { _ in words.reason ?? "As found on site" },
            closedAt: now,
            lightLevelDbm: words.lightLevelDbm,
            answers: code.meaning.isWithoutVisit ? [] : said(on: code, at: now),
            notes: words.reason
        )
    }

    /// What this engineer says on each closure, in the words of the question matrix that the operator hands out.
    private static func said(on code: ClosureCode, at now: Date) -> [QuestionAnswer] {
        let present = ("1000", "Was the end customer present?", code.meaning == .noAccess ? "No" : "Yes")
        let rest: [(String, String, String)] =
            switch code.meaning {
            case .serviceProvided:
                [
                    ("1100", "Is the light on the ONT green?", "Yes"),
                    ("1200", "What is the light level at the ONT, in dBm?", "-18.5"),
                ]
            case .partialInstall: [("1100", "Is the light on the ONT green?", "No")]
            case .unsafe: [("2000", "What made the site unsafe?", "A goose")]
            case .unforeseen: [("2200", "What was found that nobody foresaw?", "A tree")]
            case .poleFault: [("2100", "Does the customer know when the visit is repeated?", "No")]
            case .salesQuery: [("5000", "What does the customer ask of sales?", "To call off")]
            case .faultAtNode: [("3000", "Where was light last seen?", "Node")]
            case .faultAtPOP:
                [
                    ("3000", "Where was light last seen?", "POP"),
                    ("3100", "Which light level was measured there, in dBm?", "-31.5"),
                ]
            case .noAccess:
                [
                    ("4000", "At what time was the customer first called?", "09:05"),
                    ("4100", "At what time did the engineer leave?", "09:35"),
                ]
            case _: []
            }
        return ([present] + rest).map { code, question, answer in
            QuestionAnswer(question: question, code: code, answer: answer, received: now, source: .closeJob)
        }
    }
}
