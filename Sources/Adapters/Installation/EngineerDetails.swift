import Domain
import Formats

extension Pattern {
    /// `^\+?[0-9\s\-#]{8,50}$`, in ASCII (F-022, decision 18).
    static let phoneNumber = Pattern("a phone number: digits, spaces, - and #, after an optional +") { utf8 in
        let rest = utf8.first == UInt8(ascii: "+") ? utf8.dropFirst() : utf8[...]
        return (8...50).contains(rest.count)
            && rest.allSatisfy { $0.isASCIIDigit || [0x20, 0x09, UInt8(ascii: "-"), UInt8(ascii: "#")].contains($0) }
    }

    /// What a browser may be sent to: anything else in such a field could run in somebody's page.
    static let webAddress = Pattern("an http or https address") { utf8 in
        let text = String(decoding: utf8, as: UTF8.self)
        let rest = ["https://", "http://"].lazy.filter(text.hasPrefix).map { text.dropFirst($0.count) }.first
        return rest?.isEmpty == false && utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}

/// `engineerDetails` (G-122).
extension Engineer {
    init?(_ reader: ObjectReader, _ leniencies: Leniencies) {
        let engineerId = reader.requiredString("engineerId", length: 1...36)
        let name = reader.requiredString("name", length: 1...100)
        let phoneNumber = reader.requiredString("phoneNumber", length: 1...51, pattern: .phoneNumber)
        let company = reader.optionalString("company", length: 1...100)
        let vehicleRegistration = reader.optionalString("vehicleRegistration", length: 1...20)
        let photoURL = reader.optionalString("photoUrl", length: 1...2_000, pattern: .webAddress)
        leniencies.forgiveUnknownFields(of: reader)
        guard let engineerId, let name, let phoneNumber else { return nil }
        self.init(
            engineerId: engineerId,
            name: name,
            phoneNumber: phoneNumber,
            company: company,
            vehicleRegistration: vehicleRegistration,
            photoURL: photoURL
        )
    }

    func write(to writer: inout JSONWriter) {
        writer.object("engineerDetails") { object in
            object.field("engineerId", engineerId)
            object.field("name", name)
            object.field("phoneNumber", phoneNumber)
            object.field("company", company)
            object.field("vehicleRegistration", vehicleRegistration)
            object.field("photoUrl", photoURL)
        }
    }
}
