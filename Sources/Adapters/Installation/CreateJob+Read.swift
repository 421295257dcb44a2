import Domain
import Formats

/// `createJob` as a partner reads it: every field of the pack is looked at, though only what plans the day is kept.
extension CreateJob {
    /// The longest free text of a pack.
    private static let textMax = 10_000

    init(_ message: DispatchMessage, _ leniencies: Leniencies) throws(RPCRefusal) {
        self = try message.read(leniencies) { content, _ in
            let jobType = content.requiredEnum("jobType", as: JobPack.JobType.self)
            let serviceID = content.requiredString("serviceId", length: 1...50)
            let orderReference = content.requiredString("orderReference", length: 1...50)
            _ = content.requiredString("productName", length: 1...254)
            let slot = content.requiredObject("appointment").flatMap { Self.slot($0, leniencies) }
            if let customer = content.requiredObject("customer") { Self.check(customer: customer, leniencies) }
            if let address = content.requiredObject("address") { Self.check(address: address, leniencies) }
            let vendor = content.requiredObject("ont").flatMap { Self.vendor($0, leniencies) }
            Self.checkLists(of: content, leniencies)
            for key in ["hazards", "onSiteRestrictions", "notes"] {
                _ = content.optionalString(key, length: 1...Self.textMax)
            }
            guard let jobType, let serviceID, let orderReference, let slot, let vendor else { return nil }
            return CreateJob(
                reference: message.reference,
                jobType: jobType.rawValue,
                serviceID: serviceID,
                orderReference: orderReference,
                slot: slot,
                vendor: vendor.rawValue
            )
        }
    }

    private static func slot(_ appointment: ObjectReader, _ leniencies: Leniencies) -> TimeSlot? {
        _ = appointment.requiredString("appointmentReservationKey", length: 1...64)
        let day = appointment.requiredString("appointmentDate", length: 10...10)
        let from = appointment.requiredString("appointmentStartTime", length: 5...5)
        let to = appointment.requiredString("appointmentEndTime", length: 5...5)
        leniencies.forgiveUnknownFields(of: appointment, "G-128")
        guard let day, let from, let to else { return nil }
        if let slot = CivilDate(day).flatMap({ TimeSlot(day: $0, from: from, to: to) }) { return slot }
        appointment.report(.rule, "appointmentDate", "is no slot of a day together with its times")
        return nil
    }

    private static func check(customer: ObjectReader, _ leniencies: Leniencies) {
        _ = customer.requiredString("name", length: 1...500)
        // A tenant may know no number; then there is none to be passed on.
        _ = customer.optionalString("phoneNumber", length: 1...51, pattern: .phoneNumber)
        _ = customer.optionalString("alternatePhoneNumber", length: 1...51, pattern: .phoneNumber)
        _ = customer.optionalString("email", length: 1...254)
        leniencies.forgiveUnknownFields(of: customer, "G-128")
    }

    private static func check(address: ObjectReader, _ leniencies: Leniencies) {
        _ = address.optionalString("uprn", length: 1...12, pattern: .digits)
        _ = address.requiredStrings("lines", count: 1...5, length: 1...254)
        _ = address.optionalString("postcode", length: 1...10)
        _ = address.optionalDecimal("latitude", range: -90...90)
        _ = address.optionalDecimal("longitude", range: -180...180)
        leniencies.forgiveUnknownFields(of: address, "G-128")
    }

    private static func vendor(_ ont: ObjectReader, _ leniencies: Leniencies) -> DeviceVendor? {
        let vendor = ont.requiredEnum("vendor", as: DeviceVendor.self)
        _ = ont.optionalString("model", length: 1...64)
        _ = ont.requiredBool("supplied")
        leniencies.forgiveUnknownFields(of: ont, "G-128")
        return vendor
    }

    /// A list that is not there is an empty one; a flag or a task that we don't know is a person's to read.
    private static func checkLists(of content: ObjectReader, _ leniencies: Leniencies) {
        for key in ["propertyFlags", "engineerTasks", "attachments", "network", "s3"] where !content.has(key) {
            leniencies.forgive("G-128", content, .missing, key, "is missing, and counts as empty")
        }
        let flags = content.optionalStrings("propertyFlags", count: 0...50, length: 1...20) ?? []
        for flag in flags where PropertyFlag(rawValue: flag) == nil {
            leniencies.forgive("I-040", content, .notAllowed, "propertyFlags", "has \(flag), which is no known flag")
        }
        _ = content.optionalStrings("engineerTasks", count: 0...50, length: 1...50)
        if let network = content.optionalObject("network") {
            for key in ["pop", "node", "port"] { _ = network.optionalString(key, length: 1...64) }
            _ = network.optionalDecimal("expectedLightDbm", range: -100...100)
            leniencies.forgiveUnknownFields(of: network, "G-128")
        }
        for attachment in content.optionalObjects("attachments", count: 0...100) ?? [] {
            _ = attachment.requiredString("name", length: 1...255)
            _ = attachment.requiredString("type", length: 1...127)
            _ = attachment.requiredString("url", length: 1...2_000, pattern: .webAddress)
            leniencies.forgiveUnknownFields(of: attachment, "G-128")
        }
        if let files = content.optionalObject("s3") {
            _ = files.requiredString("bucket", length: 1...255)
            _ = files.requiredString("prefix", length: 1...1_000)
            leniencies.forgiveUnknownFields(of: files, "G-128")
        }
    }
}
