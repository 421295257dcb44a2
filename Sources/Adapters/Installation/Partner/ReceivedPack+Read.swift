import Domain
import FoundationEssentials
import Formats

/// `createJob`'s content, every field of it (G-128). What an engineer could not go without is required; the rest is read
/// if it is there, and remarked on if it should be.
extension ReceivedPack {
    init?(_ content: ObjectReader, _ leniencies: Leniencies) {
        let jobType = content.requiredEnum("jobType", as: JobPack.JobType.self)
        let serviceID = content.requiredString("serviceId", length: 1...50)
        let orderReference = content.requiredString("orderReference", length: 1...50)
        let productName = content.optionalString("productName", length: 1...100)
        leniencies.forgiveAbsence(of: ["productName", "ont", "s3"], in: content)
        let visit = content.requiredObject("appointment").flatMap { JobPack.Visit($0, leniencies) }
        let customer = content.requiredObject("customer").flatMap { Customer($0, leniencies) }
        let address = content.requiredObject("address").flatMap { Address($0, leniencies) }
        let flags = content.optionalStrings("propertyFlags", count: 0...50, length: 1...20) ?? []
        for flag in flags where PropertyFlag(rawValue: flag) == nil {
            leniencies.forgive("I-040", content, .notAllowed, "propertyFlags", "has \(flag), which is no known flag")
        }
        let network = content.optionalObject("network").map { Network($0, leniencies) }
        let device = content.optionalObject("ont").map { Device($0, leniencies) }
        let tasks = content.optionalStrings("engineerTasks", count: 0...50, length: 1...200) ?? []
        let hazards = content.optionalString("hazards", length: 1...4_000)
        let onSiteRestrictions = content.optionalString("onSiteRestrictions", length: 1...4_000)
        let notes = content.optionalString("notes", length: 1...4_000)
        let attachments = (content.optionalObjects("attachments", count: 0...50) ?? []).compactMap {
            Attachment($0, leniencies)
        }
        let files = content.optionalObject("s3").flatMap { FileShare($0, leniencies) }
        guard let jobType, let serviceID, let orderReference, let visit, let customer, let address else { return nil }
        self.init(
            jobType: jobType,
            serviceID: ServiceID(serviceID),
            orderReference: orderReference,
            productName: productName,
            visit: visit,
            customer: customer,
            address: address,
            propertyFlags: flags,
            network: network ?? Network(),
            device: device ?? Device(),
            engineerTasks: tasks,
            hazards: hazards,
            onSiteRestrictions: onSiteRestrictions,
            notes: notes,
            attachments: attachments,
            files: files
        )
    }
}

extension JobPack.Visit {
    fileprivate init?(_ reader: ObjectReader, _ leniencies: Leniencies) {
        let key = reader.optionalString("appointmentReservationKey", length: 1...100)
        let day = reader.requiredString("appointmentDate", length: 10...10)
        let from = reader.requiredString("appointmentStartTime", length: 5...5)
        let to = reader.requiredString("appointmentEndTime", length: 5...5)
        leniencies.forgiveUnknownFields(of: reader, "G-128")
        guard let day, let from, let to else { return nil }
        guard let slot = CivilDate(day).flatMap({ TimeSlot(day: $0, from: from, to: to) }) else {
            reader.report(.rule, "appointmentDate", "is no slot of a day together with its times")
            return nil
        }
        self.init(key: key ?? "", slot: slot)
    }
}

extension ReceivedPack.Customer {
    fileprivate init?(_ reader: ObjectReader, _ leniencies: Leniencies) {
        let name = reader.requiredString("name", length: 1...100)
        let phoneNumber = reader.optionalString("phoneNumber", length: 1...60)
        let alternate = reader.optionalString("alternatePhoneNumber", length: 1...60)
        let email = reader.optionalString("email", length: 1...254)
        leniencies.forgiveAbsence(of: ["phoneNumber"], in: reader)
        leniencies.forgiveUnknownFields(of: reader, "G-128")
        guard let name else { return nil }
        self.init(name: name, phoneNumber: phoneNumber, alternatePhoneNumber: alternate, email: email)
    }
}

extension ReceivedPack.Address {
    fileprivate init?(_ reader: ObjectReader, _ leniencies: Leniencies) {
        let uprn = reader.optionalString("uprn", length: 1...12, pattern: .digits)
        let lines = reader.optionalStrings("lines", count: 0...5, length: 1...200) ?? []
        let postcode = reader.optionalString("postcode", length: 1...10)
        let latitude = reader.optionalDecimal("latitude", range: -90...90)
        let longitude = reader.optionalDecimal("longitude", range: -180...180)
        leniencies.forgiveAbsence(of: ["postcode"], in: reader)
        leniencies.forgiveUnknownFields(of: reader, "G-128")
        if uprn == nil, lines.isEmpty, !reader.has("uprn"), !reader.has("lines") {
            reader.report(.missing, "uprn", "is missing, and so are lines: nobody could find the door")
            return nil
        }
        self.init(uprn: uprn, lines: lines, postcode: postcode, latitude: latitude, longitude: longitude)
    }
}

extension ReceivedPack.Network {
    fileprivate init(_ reader: ObjectReader, _ leniencies: Leniencies) {
        self.init(
            pop: reader.optionalString("pop", length: 1...100),
            node: reader.optionalString("node", length: 1...100),
            port: reader.optionalString("port", length: 1...100),
            expectedLightDbm: reader.optionalDecimal("expectedLightDbm", range: -100...100)
        )
        leniencies.forgiveUnknownFields(of: reader, "G-128")
    }
}

extension ReceivedPack.Device {
    fileprivate init(_ reader: ObjectReader, _ leniencies: Leniencies) {
        self.init(
            vendor: reader.optionalString("vendor", length: 1...64),
            model: reader.optionalString("model", length: 1...64),
            isSupplied: reader.optionalBool("supplied")
        )
        leniencies.forgiveUnknownFields(of: reader, "G-128")
    }
}

extension ReceivedPack.Attachment {
    fileprivate init?(_ reader: ObjectReader, _ leniencies: Leniencies) {
        let name = reader.requiredString("name", length: 1...255)
        let type = reader.optionalString("type", length: 1...127)
        let url = reader.requiredString("url", length: 1...2_000)
        leniencies.forgiveUnknownFields(of: reader, "G-128")
        guard let name, let url else { return nil }
        self.init(name: name, type: type, url: url)
    }
}

extension ReceivedPack.FileShare {
    fileprivate init?(_ reader: ObjectReader, _ leniencies: Leniencies) {
        let bucket = reader.requiredString("bucket", length: 1...100)
        let prefix = reader.optionalString("prefix", length: 1...1_000)
        leniencies.forgiveUnknownFields(of: reader, "G-128")
        guard let bucket else { return nil }
        self.init(bucket: bucket, prefix: prefix)
    }
}

extension Leniencies {
    /// What a pack should have, and an engineer can go without.
    fileprivate func forgiveAbsence(of keys: [String], in reader: ObjectReader) {
        for key in keys where !reader.has(key) { forgive("G-128", reader, .missing, key, "is missing") }
    }
}
