import Domain
import Formats

/// `location` (G-123).
extension Location {
    init?(_ reader: ObjectReader, _ leniencies: Leniencies) {
        let latitude = reader.requiredDecimal("latitude", range: -90...90)
        let longitude = reader.requiredDecimal("longitude", range: -180...180)
        let accuracyMetres = reader.optionalDecimal("accuracyMetres", range: 0...1_000_000)
        let captured = reader.requiredMoment("capturedAt", leniencies)
        leniencies.forgiveUnknownFields(of: reader)
        guard let latitude, let longitude, let captured else { return nil }
        self.init(latitude: latitude, longitude: longitude, accuracyMetres: accuracyMetres, captured: captured)
    }

    func write(to writer: inout JSONWriter) {
        writer.object("location") { object in
            object.field("latitude", latitude)
            object.field("longitude", longitude)
            object.field("accuracyMetres", accuracyMetres)
            object.moment("capturedAt", captured)
        }
    }
}
