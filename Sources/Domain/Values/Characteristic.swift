/// A named property of a service, opaque to the gateway (F-021, G-059, X-48).
package struct Characteristic: Hashable, Codable, Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// What is ordered: a product of the supplier's catalogue, such as `ftthl2r`.
package struct ServiceSpecification: Hashable, Codable, Sendable {
    package let id: String

    package init(id: String) { self.id = id }
}

/// What an engineer is asked to do besides the installation (F-023).
package enum EngineerTask: String, Codable, CaseIterable, Sendable {
    case installRouter = "INSTALL_ROUTER"
    case testSingleDevice = "TEST_SINGLE_DEVICE"
    case additionalCabling = "ADDITIONAL_CABLING"
    case testMultipleDevices = "TEST_MULTIPLE_DEVICES"
    case installBBU = "INSTALL_BBU"
    case voiceReinjection = "VOICE_REINJECTION"
    case proveIPVoice = "PROVE_IP_VOICE"
    case ensureTelecare = "ENSURE_TELECARE"
}

/// What a visitor must know of the premises (N-22: it is the subscriber's own text, so it is never logged).
package struct SiteNotes: Hashable, Codable, Sendable, CustomStringConvertible {
    package var hazards: String?
    package var onSiteRestrictions: String?
    package var notes: String?

    package init(hazards: String? = nil, onSiteRestrictions: String? = nil, notes: String? = nil) {
        self.hazards = hazards
        self.onSiteRestrictions = onSiteRestrictions
        self.notes = notes
    }

    package var description: String { "SiteNotes(redacted)" }
}
