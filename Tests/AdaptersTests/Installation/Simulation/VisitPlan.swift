import Domain
import Foundation

@testable import Adapters

/// An engineer's visit as a played partner plans it on taking a job: what will be said of it, and when.
struct VisitPlan {
    enum Saying {
        case assigned(at: Date)
        case enRoute(at: Date)
        case onSite(at: Date)
        case scan(device: ScannedDevice, at: Date)
        case closing(code: String)

        var isClosing: Bool { if case .closing = self { true } else { false } }
    }

    /// Two visits at the same hour, to which the same device was sent by mistake.
    private static let twins = ["J101", "J201"]

    /// How visits of each kind may end: mostly well.
    private static let endings: [String: [String]] = [
        "INSTALL": ["SP", "SP", "SP", "SP", "PSP", "NA", "HAZ", "NAPUV", "ASQ", "CON05", "CON05", "CPR", "NTR", "FTA"],
        "CIVILS": ["CIVCOMP01", "CIVCOMP01", "CIVCOMP01", "CIVCON01"],
        "EXTERNAL": ["EXTCOMP", "EXTCOMP", "EXTCOMP", "EXTHAZ01"],
        "REVISIT": ["REVCOMP", "REVCOMP", "REVCOMP", "REVNA01"],
    ]
    private static let withoutVisit = ["NTR", "FTA"]
    private static let withDevice = ["SP", "PSP", "REVCOMP"]

    let reference: String
    /// The partner's own number.
    let number: String
    let setsOut: Date
    let goodDevice: ScannedDevice
    private(set) var sayings: [(Saying, due: Date)] = []

    init(_ reference: String, _ content: [String: Any], of partner: String, _ chance: Chance, at now: Date) {
        self.reference = reference
        number = "\(partner)-\(reference)"
        let about = "\(partner) \(reference)"
        let isTwin = Self.twins.contains(reference)
        func minutes(_ count: Int, _ what: String) -> Double { Double(chance.draw(count, "\(about) \(what)")) * 60 }
        let begin = max(Self.slot(content) ?? now, now + 2 * 3_600)
        setsOut = begin - 1_800
        let digits = String(reference.dropFirst())
        goodDevice = Self.device(fsan: "ALCL" + String(repeating: "0", count: 8 - digits.count) + digits)
        let endings = Self.endings[content["jobType"] as? String ?? ""] ?? ["SP"]
        let code = isTwin ? "SP" : chance.pick(endings, "\(about) ends")
        guard !Self.withoutVisit.contains(code) else {
            sayings = [(.closing(code: code), due: begin)]
            return
        }
        let assigned = now + minutes(60, "assigned")
        var all: [(Saying, Date)] = [
            (.assigned(at: assigned), assigned), (.enRoute(at: setsOut), setsOut), (.onSite(at: begin), begin),
        ]
        if Self.withDevice.contains(code) {
            let scanned = begin + 1_200
            let label = Self.label(isTwin ? 2 : chance.draw(8, "\(about) label"), good: goodDevice)
            all.append((.scan(device: label, at: scanned), scanned))
        }
        // A telephone without a network says later what happened, and not in order.
        for (place, (saying, due)) in all.enumerated() {
            let isHeldUp = chance.draw(3, "\(about) held up \(place)") == 0
            sayings.append((saying, due: due + (isHeldUp ? minutes(150, "by \(place)") : 0)))
        }
        let end = begin + 90 * 60 + minutes(60, "end")
        let isHasty = chance.draw(5, "\(about) hasty") == 0
        let afterAll = (sayings.map(\.due).max() ?? end) + 60
        sayings.append((.closing(code: code), due: isHasty ? end : max(end, afterAll)))
    }

    func bytes(_ saying: Saying, id: Int64, at now: Date) -> [UInt8] {
        switch saying {
        case .assigned(let time): news(.engineerAssigned(engineer: .sam), id, time)
        case .enRoute(let time): news(.enRoute(location: .here, engineer: nil), id, time)
        case .onSite(let time): news(.onSite(location: .here, engineer: .sam), id, time)
        case .scan(let device, let time): news(.ontScanned(device: device), id, time)
        case .closing(let code): closing(code, id, now)
        }
    }

    private func news(_ news: NotifyJob.News, _ id: Int64, _ time: Date) -> [UInt8] {
        let header = JobHeader(reference: reference, providerJobId: number, eventTime: time)
        return NotifyJob(header: header, news: news).bytes(id: id)
    }

    /// `CON05` is CON with that secondary code.
    private func closing(_ code: String, _ id: Int64, _ now: Date) -> [UInt8] {
        let primary = String(code.prefix { !$0.isNumber })
        let answer = QuestionAnswer(question: "Q", code: "1", answer: "A", received: now, source: .closeJob)
        let report = ClosingReport(
            code: ClosureCode(primary),
            secondary: primary == code ? nil : code,
            secondaryDescription: primary == code ? nil : "as the list has it",
            closedAt: now,
            answers: [answer]
        )
        let header = JobHeader(reference: reference, providerJobId: number, eventTime: now)
        return CloseJob(header: header, closing: report).bytes(id: id)
    }

    /// Good, badly printed, another maker's, or one that is on another wall as well.
    private static func label(_ drawn: Int, good: ScannedDevice) -> ScannedDevice {
        switch drawn {
        case 0: device(fsan: "not-an-fsan")
        case 1: device(fsan: good.fsan, vendor: .calix)
        case 2: device(fsan: "ALCL0000AAAA")
        case _: good
        }
    }

    private static func device(fsan: String, vendor: DeviceVendor = .nokia) -> ScannedDevice {
        ScannedDevice(fsan: fsan, serialNumber: "SN-\(fsan.suffix(8))", vendor: vendor, scannedAt: JobDeskBench.start)
    }

    private static func slot(_ content: [String: Any]) -> Date? {
        guard let appointment = content["appointment"] as? [String: Any],
            let day = appointment["appointmentDate"] as? String,
            let time = appointment["appointmentStartTime"] as? String
        else { return nil }
        return ISO8601DateFormatter().date(from: "\(day)T\(time.prefix(5)):00Z")
    }
}
