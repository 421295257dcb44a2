import FoundationEssentials

/// Everything an engineer's visit needs: what `createJob` carries (G-128), and what the job must know for itself.
///
/// Made by the supply order that wants the visit; it founds the job.
package struct JobPack: Codable, Equatable, Sendable {
    /// What kind of visit; the families of closure codes follow it (I-020).
    package enum JobType: String, Codable, CaseIterable, Sendable {
        case install = "INSTALL"
        case revisit = "REVISIT"
        case external = "EXTERNAL"
        case civils = "CIVILS"
    }

    /// When the engineer is expected, and the reservation key that holds the slot.
    package struct Visit: Codable, Equatable, Sendable {
        package let key: String
        package let slot: TimeSlot

        package init(key: String, slot: TimeSlot) {
            self.key = key
            self.slot = slot
        }
    }

    package let supplyOrder: ID<SupplyOrder>
    /// The operator's appointment of the visit: it hears of attendance and closure.
    package let appointment: ID<Appointment>?
    package let partner: PartnerID
    package let conversation: ConversationID

    package let jobType: JobType
    package let serviceID: ServiceID
    package let orderReference: String
    package let productName: String
    package let visit: Visit
    package let customer: Contact
    package let address: PremisesAddress
    /// The lines and the postcode, where the operator knows them; the identifier is what rules.
    package let addressLines: [String]
    package let postcode: String?
    package let propertyFlags: [PropertyFlag]
    package let engineerTasks: [EngineerTask]
    package let site: SiteNotes
    package let expectedDevice: ExpectedDevice
    /// What the head-end answers to each try; beyond the list it works. Data, so that a scenario can let it fail.
    package let headEnd: [HeadEndAnswer]
    package let pace: Pace

    package init(
        supplyOrder: ID<SupplyOrder>,
        appointment: ID<Appointment>?,
        partner: PartnerID,
        conversation: ConversationID,
        jobType: JobType = .install,
        serviceID: ServiceID,
        orderReference: String,
        productName: String,
        visit: Visit,
        customer: Contact,
        address: PremisesAddress,
        addressLines: [String] = [],
        postcode: String? = nil,
        propertyFlags: [PropertyFlag] = [],
        engineerTasks: [EngineerTask] = [],
        site: SiteNotes = SiteNotes(),
        expectedDevice: ExpectedDevice = ExpectedDevice(vendor: .nokia),
        headEnd: [HeadEndAnswer] = [],
        pace: Pace = .timetable
    ) {
        self.supplyOrder = supplyOrder
        self.appointment = appointment
        self.partner = partner
        self.conversation = conversation
        self.jobType = jobType
        self.serviceID = serviceID
        self.orderReference = orderReference
        self.productName = productName
        self.visit = visit
        self.customer = customer
        self.address = address
        self.addressLines = addressLines
        self.postcode = postcode
        self.propertyFlags = propertyFlags
        self.engineerTasks = engineerTasks
        self.site = site
        self.expectedDevice = expectedDevice
        self.headEnd = headEnd
        self.pace = pace
    }
}

/// What an engineer must know of a property before going there (I-040). The texts are data of the adapter.
package enum PropertyFlag: String, Codable, CaseIterable, Sendable {
    case cherryPicker = "CHP"
    case dangerousLocation = "DAN"
    case longDriveway = "DTL"
    case surveyFirst = "SUR"
    case multiDwelling = "MDU"
    case sharedDrive = "WSD"
}

/// Who makes an ONT; what the line's head-end takes (I-041, G-124).
package enum DeviceVendor: String, Codable, CaseIterable, Sendable {
    case nokia = "NOKIA"
    case calix = "CALIX"
}

/// The ONT that the line is planned for; another vendor's is refused with result 5.
package struct ExpectedDevice: Codable, Equatable, Sendable {
    package let vendor: DeviceVendor
    package let model: String?
    /// Whether the partner brings it, or it is already on site.
    package let isSupplied: Bool

    package init(vendor: DeviceVendor, model: String? = nil, isSupplied: Bool = true) {
        self.vendor = vendor
        self.model = model
        self.isSupplied = isSupplied
    }
}

/// What the line's head-end makes of a device that is pushed to it (§3.8).
package enum HeadEndAnswer: String, Codable, CaseIterable, Sendable {
    case works
    /// Try again in a while: result 4, three tries at most.
    case failsForNow
    /// Contact the order desk: result 3.
    case fails
}
