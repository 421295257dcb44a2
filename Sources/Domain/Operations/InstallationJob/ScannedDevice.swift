import FoundationEssentials

/// An ONT as its label says: what the engineer scanned (I-006, G-124).
///
/// The numbers are kept as they came. A wrong *format* is no broken message: it is answered with result 6 (decision 36).
package struct ScannedDevice: Codable, Equatable, Sendable {
    package let fsan: String
    package let serialNumber: String
    package let vendor: DeviceVendor
    package let model: String?
    package let scannedAt: Date

    package init(fsan: String, serialNumber: String, vendor: DeviceVendor, model: String? = nil, scannedAt: Date) {
        self.fsan = fsan
        self.serialNumber = serialNumber
        self.vendor = vendor
        self.model = model
        self.scannedAt = scannedAt
    }

    /// FSAN as this partner's are, by default `^[A-Z]{4}[0-9A-F]{8}$`; serial number `^[A-Za-z0-9\-]{6,32}$` (G-124).
    package func isWellFormed(_ pattern: FSANPattern = .published) -> Bool {
        let serial = Array(serialNumber.utf8)
        return pattern.matches(fsan) && (6...32).contains(serial.count)
            && serial.allSatisfy { Self.isUpper($0) || (0x61...0x7A).contains($0) || Self.isDigit($0) || $0 == 0x2D }
    }

    /// Under what a device is looked up among the open installations: either number found there is a duplicate.
    package var keys: [String] { ["fsan/\(fsan)", "serial/\(serialNumber)"] }

    /// Whether it is the same thing, whenever it was scanned.
    package func isSame(as other: ScannedDevice) -> Bool {
        fsan.isExactly(other.fsan) && serialNumber.isExactly(other.serialNumber) && vendor == other.vendor
    }

    private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
