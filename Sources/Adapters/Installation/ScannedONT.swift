import Domain
import Formats

/// `ont` (G-124). A wrong format is accepted, and answered with result 6 (decision 36).
extension ScannedDevice {
    init?(_ reader: ObjectReader, _ leniencies: Leniencies) {
        let fsan = reader.requiredString("fsan", length: 1...64)
        let serialNumber = reader.requiredString("serialNumber", length: 1...64)
        let vendor = reader.requiredEnum("vendor", as: DeviceVendor.self)
        let model = reader.optionalString("model", length: 1...64)
        let scannedAt = reader.requiredMoment("scannedAt", leniencies)
        leniencies.forgiveUnknownFields(of: reader)
        guard let fsan, let serialNumber, let vendor, let scannedAt else { return nil }
        self.init(fsan: fsan, serialNumber: serialNumber, vendor: vendor, model: model, scannedAt: scannedAt)
    }

    func write(to writer: inout JSONWriter) {
        writer.object("ont") { object in
            object.field("fsan", fsan)
            object.field("serialNumber", serialNumber)
            object.field("vendor", vendor.rawValue)
            object.field("model", model)
            object.moment("scannedAt", scannedAt)
        }
    }
}
