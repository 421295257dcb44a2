import Adapters
import Domain
import Engine
import Foundation

/// The visit that is dispatched again and again: only its numbers change.
enum JobSample {
    static let partner = PartnerID("bench-installers")

    static func pack(_ number: Int64, to partner: PartnerID = partner, at now: Date) throws -> JobPack {
        let begin = Date(timeIntervalSince1970: (now.timeIntervalSince1970 / 86_400).rounded(.up) * 86_400 + 8 * 3_600)
        guard let slot = TimeSlot(start: begin, end: begin + 5 * 3_600) else {
            throw LoadGenerator.Failure(text: "no slot")
        }
        return JobPack(
            supplyOrder: ID(number),
            appointment: nil,
            partner: partner,
            conversation: ConversationID("bench-\(number)"),
            serviceID: ServiceID("S\(2_000_000 + number)"),
            orderReference: "SO\(number)",
            productName: "ftthl2r",
            visit: JobPack.Visit(key: "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", slot: slot),
            customer: Contact(name: "Robin Sample", phoneNumber: "+441632960001", email: "robin@bench.invalid"),
            address: PremisesAddress(identifier: .init(id: String(10_090_000_000 + number), type: "UPRN")),
            addressLines: ["1 Quay Walk", "Patchbay"],
            postcode: "QQ1 1AA",
            propertyFlags: [.sharedDrive],
            site: SiteNotes(hazards: "The dog is friendly")
        )
    }

    static func terms(_ access: MutualTLSTerms, _ url: String) -> PartnerTerms {
        PartnerTerms(access: access, endpoint: Endpoint(url: url))
    }

    /// As the program spells it.
    static func speller() throws -> Speller {
        let data = try InstallationData()
        return { message, recipient, sender, context in
            Installation.spell(message, to: recipient, from: sender, with: data, context) ?? .json([])
        }
    }

    static func engineer(_ number: Int64) -> Engineer {
        Engineer(engineerId: "E\(number % 100)", name: "Sam Sample", phoneNumber: "+441632960002")
    }

    static let location = Location(
        latitude: 51.5,
        longitude: -0.125,
        captured: Date(timeIntervalSince1970: 1_800_000_000)
    )
}
