/// What a supplier knows of an address beside what it sells there (G-023). Words that it may use and we do not know are kept as
/// they came.
package struct SiteInformation: Equatable, Sendable {
    /// Whether a line can be brought to it.
    package var newLine: Bool
    /// `STANDARD`, `EXTENDED_STANDARD`, `NON_STANDARD`; its presence means that an engineer's visit is needed.
    package var installationType: String?
    /// In working days.
    package var leadTimeDays: Int?
    /// From when on a service can be had.
    package var serviceReadyDate: CivilDate?
    /// Where the supplier hands over, and what it calls the place.
    package var enniID: String?
    package var siteName: String?
    package var siteLocation: String?
    /// `SURVEY_REQUIRED`, `WAYLEAVE_OWNER` …
    package var constraints: [String]
    /// `MAX_DOWNSTREAM_MBPS`, `NTE_FLOOR` …
    package var lineCharacteristics: [Characteristic]
    package var existingLines: [ExistingLine]

    package init(
        newLine: Bool,
        installationType: String? = nil,
        leadTimeDays: Int? = nil,
        serviceReadyDate: CivilDate? = nil,
        enniID: String? = nil,
        siteName: String? = nil,
        siteLocation: String? = nil,
        constraints: [String] = [],
        lineCharacteristics: [Characteristic] = [],
        existingLines: [ExistingLine] = []
    ) {
        self.newLine = newLine
        self.installationType = installationType
        self.leadTimeDays = leadTimeDays
        self.serviceReadyDate = serviceReadyDate
        self.enniID = enniID
        self.siteName = siteName
        self.siteLocation = siteLocation
        self.constraints = constraints
        self.lineCharacteristics = lineCharacteristics
        self.existingLines = existingLines
    }
}

/// A line that is in the wall already, and what it ends in.
package struct ExistingLine: Equatable, Sendable {
    package struct ONT: Equatable, Sendable {
        package let reference: String?
        package let serialNumber: String?
        package let manufacturer: String?
        package let ports: [Port]

        package init(reference: String?, serialNumber: String?, manufacturer: String?, ports: [Port]) {
            self.reference = reference
            self.serialNumber = serialNumber
            self.manufacturer = manufacturer
            self.ports = ports
        }
    }

    package struct Port: Equatable, Sendable {
        package let number: Int
        /// `ACTIVE` or `STOPPED`.
        package let status: String

        package init(number: Int, status: String) {
            self.number = number
            self.status = status
        }
    }

    package let installationType: String?
    /// The supplier's name for it, such as a TAKEOVER says (G-052).
    package let lineID: String?
    package let ont: ONT?

    package init(installationType: String? = nil, lineID: String?, ont: ONT?) {
        self.installationType = installationType
        self.lineID = lineID
        self.ont = ont
    }
}
