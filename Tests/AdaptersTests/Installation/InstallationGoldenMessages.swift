import Domain
import Engine
import Foundation
import Formats
import HTTPTypes
import Testing

@testable import Adapters

/// Every golden message as it is spelt today.
enum InstallationGoldenMessages {
    /// What a partner sends, by the codec of its side.
    static var requests: [String: [UInt8]] {
        [
            "notifyJob-engineer-assigned": notify(.engineerAssigned(engineer: .whole)).bytes(id: 1),
            "notifyJob-en-route": notify(.enRoute(location: .here, engineer: nil)).bytes(id: 2),
            "notifyJob-on-site": notify(.onSite(location: .here, engineer: .sam)).bytes(id: 3),
            "notifyJob-ont-scanned": notify(.ontScanned(device: .good)).bytes(id: 4),
            "notifyJob-progress": NotifyJob(header: header(sequence: 5), news: .progress, answers: [present])
                .bytes(id: 5),
            "closeJob": close(
                ClosingReport(
                    code: ClosureCode("SP"),
                    codeDescription: "Service Provided",
                    closedAt: noon,
                    lightLevelDbm: -18.5,
                    answers: [light],
                    notes: "Left at one"
                ),
                6
            ),
            "closeJob-secondary": close(
                ClosingReport(
                    code: ClosureCode("CON"),
                    codeDescription: "Fault at Node (or between Toby and Node)",
                    secondary: "CON03",
                    secondaryDescription: "Openreach D Pole",
                    closedAt: noon,
                    engineer: .sam,
                    device: .good,
                    answers: [light]
                ),
                7
            ),
            "closeJob-nobody-came": close(ClosingReport(code: ClosureCode("NTR"), closedAt: noon), 8),
        ]
    }

    /// What the operator dispatches, under the numbers 1 and up.
    static func dispatches() async throws -> [String: [UInt8]] {
        var seen: [String: [UInt8]] = [:]
        let spelt = try await InstallationBench.with { bench in
            let id = try await bench.givenJob()
            let other = try await bench.givenJob(702)
            for input in [
                InstallationJob.Input.partnerAnswered(providerJobId: "P-1"), .withdrawn(reason: .reappointed),
            ] {
                try await bench.exchange.tell(.installationJob(id: id, input: input), Cause("test", by: "test"))
            }
            try await bench.exchange.tell(
                .installationJob(id: other, input: .withdrawn(reason: .customerCancelled)),
                Cause("test", by: "test")
            )
            let first = try await bench.dispatched(id)
            let second = try await bench.dispatched(other)
            return [first[0], first[1], second[1]].map { Array($0.utf8) }
        }
        seen["createJob"] = spelt[0]
        seen["cancelJob"] = spelt[1]
        seen["cancelJob-unanswered"] = spelt[2]
        seen["createJob-full"] = DispatchMessage.numbered(9, CreateJob.spell(try fullJob(), sent: noon))
        let texts = try InstallationData().provisioning
        for outcome in ProvisioningResult.Outcome.allCases {
            let retryAt = outcome == .retrying ? noon + 300 : nil
            let result = ProvisioningResult(outcome: outcome, at: noon, retryAt: retryAt)
            let bytes = ProvisioningNotice.spell(try fullJob(), result, saying: texts, sent: noon)
            seen["notifyJob-result-\(outcome.rawValue)"] = DispatchMessage.numbered(10, bytes)
        }
        return seen
    }

    /// What either side answers.
    static func answers() async throws -> [String: [UInt8]] {
        var seen: [String: [UInt8]] = [
            "partner-taken": InstallerCodec.acknowledgement(),
            "partner-providerJobId": InstallerCodec.acknowledgement(providerJobId: "P-1"),
            "partner-refused": InstallerCodec.failure(
                RPCRefusal(id: .integer(1), error: RPCError(code: -32002, message: "No engineer is free that day"))
            ),
        ]
        for (name, status) in [("answer-forbidden", 403), ("answer-unauthorised", 401)] {
            seen[name] = Installation.refusal(.init(code: status), "This certificate is not registered.").bytes
        }
        for (name, profile, requests) in exchanges {
            seen["answer-" + name] = try await InstallationBench.with(profile: profile) { bench in
                try await bench.givenJob()
                var answer = ""
                for (method, body) in requests { answer = try await bench.post(method, body).body }
                return Array(answer.utf8)
            }
        }
        return seen
    }

    private static var exchanges: [(String, InstallationProfile?, [(String, [UInt8])])] {
        let progress = notify(.progress)
        let unknown = NotifyJob(header: header(reference: "J999"), news: .progress)
        let empty = #"{"id":9,"jsonrpc":"2.0","method":"closeJob","params":{"jobHeader":{}}}"#
        func close(_ code: String, _ secondary: String? = nil) -> [UInt8] {
            Self.close(
                ClosingReport(code: ClosureCode(code), secondary: secondary, closedAt: noon, answers: [light]),
                9
            )
        }
        return [
            ("taken", nil, [("notifyJob", progress.bytes(id: 9))]),
            ("taken-jsonrpc", InstallationProfile(acknowledgement: .jsonrpc), [("notifyJob", progress.bytes(id: 9))]),
            ("parse-error", nil, [("notifyJob", Array(#"{"id":9,"#.utf8))]),
            ("duplicate-key", nil, [("notifyJob", Array(#"{"id":9,"params":{"a":1,"a":2}}"#.utf8))]),
            ("invalid-request", nil, [("notifyJob", Array(#"{"method":"closeJob"}"#.utf8))]),
            (
                "unknown-method", nil,
                [("moveJob", Array(#"{"id":9,"jsonrpc":"2.0","method":"moveJob","params":{}}"#.utf8))]
            ),
            ("invalid-params", nil, [("closeJob", Array(empty.utf8))]),
            ("unknown-ref", nil, [("notifyJob", unknown.bytes(id: 9))]),
            ("illegal-transition", nil, [("closeJob", close("SP"))]),
            ("closure-code", nil, [("closeJob", close("HAZ", "POP01"))]),
            (
                "id-used", nil,
                [("notifyJob", progress.bytes(id: 9)), ("notifyJob", notify(.progress, at: noon + 1).bytes(id: 9))]
            ),
            ("too-large", nil, [("notifyJob", Array(repeating: 0x20, count: 1_048_577))]),
        ]
    }

    // MARK: -

    private static let noon = InstallationBench.noon

    private static func header(reference: String = "J701", at time: Date = noon, sequence: Int64? = nil) -> JobHeader {
        JobHeader(reference: reference, providerJobId: "P-1", eventTime: time, sequence: sequence)
    }

    private static func notify(_ news: NotifyJob.News, at time: Date = noon) -> NotifyJob {
        NotifyJob(header: header(at: time), news: news)
    }

    private static func close(_ closing: ClosingReport, _ id: Int64) -> [UInt8] {
        CloseJob(header: header(), closing: closing).bytes(id: id)
    }

    private static let present = QuestionAnswer(
        question: "Was the end customer present?",
        code: "1000",
        answer: "Yes",
        received: noon,
        source: .notifyJob
    )

    private static let light = QuestionAnswer(
        question: "Is the light on the ONT green?",
        code: "1100",
        answer: "Yes",
        received: noon,
        source: .closeJob,
        files: [
            .init(
                name: "light.jpg",
                type: "image/jpeg",
                objectPath: "s3://job-files/J701/light.jpg",
                url: "https://files.example/light.jpg"
            )
        ]
    )

    /// With everything that a pack can have, and a device scanned.
    private static func fullJob() throws -> InstallationJob {
        let pack = JobPack(
            supplyOrder: ID(7),
            appointment: nil,
            partner: "PARTNER1",
            conversation: "conversation-1",
            jobType: .revisit,
            serviceID: "S2000001",
            orderReference: "SO7",
            productName: "ftthl2r",
            visit: JobPack.Visit(
                key: "ABCDEFGHJKLMNPQRSTUVWXYZ23456789",
                slot: try #require(TimeSlot(start: noon, end: noon + 4 * 3_600))
            ),
            customer: Contact(
                name: "Robin \"Red\" Example",
                phoneNumber: "+44 7700 900123",
                email: "robin@example.com"
            ),
            address: PremisesAddress(identifier: .init(id: "10090000001", type: "UPRN")),
            addressLines: ["1 Quay Walk", "Testing-on-Sea"],
            postcode: "ZZ99 9ZZ",
            propertyFlags: PropertyFlag.allCases,
            engineerTasks: EngineerTask.allCases,
            site: SiteNotes(hazards: "A goose", onSiteRestrictions: "No ladders", notes: "Ring twice"),
            expectedDevice: ExpectedDevice(vendor: .calix, model: "GP1000", isSupplied: false)
        )
        var job = InstallationJob(id: ID(701), pack: pack, at: noon)
        let report = PartnerReport(providerJobId: "P-1", eventTime: noon)
        _ = try job.assign(.sam, by: report, at: noon)
        _ = try job.scan(.good, isDuplicate: false, by: report, at: noon)
        return job
    }
}

extension Engineer {
    fileprivate static let whole = Engineer(
        engineerId: "E1",
        name: "Sam Sample",
        phoneNumber: "07700 900456",
        company: "Example Installers",
        vehicleRegistration: "ZZ99 ZZZ",
        photoURL: "https://files.example/sam.jpg"
    )
}
