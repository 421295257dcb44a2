import FoundationEssentials

/// A job pack as an installation partner received it: every field of `createJob` (G-128), in the operator's own words.
///
/// What a person reads and nothing decides upon stays a string, so that an operator's new word is no lost word.
package struct ReceivedPack: Codable, Equatable, Sendable {
    /// Whom to call on. A person, so it never prints itself.
    package struct Customer: Codable, Equatable, Sendable, CustomStringConvertible {
        package let name: String
        package let phoneNumber: String?
        package let alternatePhoneNumber: String?
        package let email: String?

        package init(name: String, phoneNumber: String?, alternatePhoneNumber: String? = nil, email: String? = nil) {
            self.name = name
            self.phoneNumber = phoneNumber
            self.alternatePhoneNumber = alternatePhoneNumber
            self.email = email
        }

        package var description: String { "Customer(redacted)" }
    }

    /// Where to go. It leads to a person's door, so it never prints itself.
    package struct Address: Codable, Equatable, Sendable, CustomStringConvertible {
        package let uprn: String?
        package let lines: [String]
        package let postcode: String?
        package let latitude: Double?
        package let longitude: Double?

        package init(
            uprn: String?,
            lines: [String],
            postcode: String? = nil,
            latitude: Double? = nil,
            longitude: Double? = nil
        ) {
            self.uprn = uprn
            self.lines = lines
            self.postcode = postcode
            self.latitude = latitude
            self.longitude = longitude
        }

        package var description: String { "Address(redacted)" }
    }

    /// Where the line ends in the network.
    package struct Network: Codable, Equatable, Sendable {
        package let pop: String?
        package let node: String?
        package let port: String?
        package let expectedLightDbm: Double?

        package init(
            pop: String? = nil,
            node: String? = nil,
            port: String? = nil,
            expectedLightDbm: Double? = nil
        ) {
            self.pop = pop
            self.node = node
            self.port = port
            self.expectedLightDbm = expectedLightDbm
        }
    }

    /// Which box the line is planned for.
    package struct Device: Codable, Equatable, Sendable {
        package let vendor: String?
        package let model: String?
        package let isSupplied: Bool?

        package init(vendor: String? = nil, model: String? = nil, isSupplied: Bool? = nil) {
            self.vendor = vendor
            self.model = model
            self.isSupplied = isSupplied
        }
    }

    package struct Attachment: Codable, Equatable, Sendable {
        package let name: String
        package let type: String?
        package let url: String

        package init(name: String, type: String?, url: String) {
            self.name = name
            self.type = type
            self.url = url
        }
    }

    /// Where the answers' files are shared (I-031).
    package struct FileShare: Codable, Equatable, Sendable {
        package let bucket: String
        package let prefix: String?

        package init(bucket: String, prefix: String?) {
            self.bucket = bucket
            self.prefix = prefix
        }
    }

    package let jobType: JobPack.JobType
    package let serviceID: ServiceID
    package let orderReference: String
    package let productName: String?
    package let visit: JobPack.Visit
    package let customer: Customer
    package let address: Address
    /// Codes of I-040, and those that nobody knows yet.
    package let propertyFlags: [String]
    package let network: Network
    package let device: Device
    package let engineerTasks: [String]
    package let hazards: String?
    package let onSiteRestrictions: String?
    package let notes: String?
    package let attachments: [Attachment]
    package let files: FileShare?

    package init(
        jobType: JobPack.JobType,
        serviceID: ServiceID,
        orderReference: String,
        productName: String?,
        visit: JobPack.Visit,
        customer: Customer,
        address: Address,
        propertyFlags: [String] = [],
        network: Network = Network(),
        device: Device = Device(),
        engineerTasks: [String] = [],
        hazards: String? = nil,
        onSiteRestrictions: String? = nil,
        notes: String? = nil,
        attachments: [Attachment] = [],
        files: FileShare? = nil
    ) {
        self.jobType = jobType
        self.serviceID = serviceID
        self.orderReference = orderReference
        self.productName = productName
        self.visit = visit
        self.customer = customer
        self.address = address
        self.propertyFlags = propertyFlags
        self.network = network
        self.device = device
        self.engineerTasks = engineerTasks
        self.hazards = hazards
        self.onSiteRestrictions = onSiteRestrictions
        self.notes = notes
        self.attachments = attachments
        self.files = files
    }
}
