import FoundationEssentials

/// What every message of a partner says of itself (`jobHeader`, G-121), with the answers that came along (G-127).
package struct PartnerReport: Equatable, Sendable {
    package let providerJobId: String
    /// When it happened, by the partner's clock; messages may come late and out of order.
    package let eventTime: Date
    package let sequence: Int64?
    package let answers: [QuestionAnswer]

    package init(providerJobId: String, eventTime: Date, sequence: Int64? = nil, answers: [QuestionAnswer] = []) {
        self.providerJobId = providerJobId
        self.eventTime = eventTime
        self.sequence = sequence
        self.answers = answers
    }
}

/// One answer of the question-based closure (I-030). It may speak of the subscriber, so it never prints itself.
package struct QuestionAnswer: Codable, Equatable, Sendable, CustomStringConvertible {
    /// Where it was answered.
    package enum Source: String, Codable, CaseIterable, Sendable { case notifyJob, closeJob }

    /// A photograph or a document, in the bucket that operator and partner share (I-031).
    package struct File: Codable, Equatable, Sendable {
        package let name: String
        package let type: String
        package let objectPath: String
        package let url: String?

        package init(name: String, type: String, objectPath: String, url: String? = nil) {
            self.name = name
            self.type = type
            self.objectPath = objectPath
            self.url = url
        }
    }

    package let question: String
    package let code: String
    package let answer: String
    package let received: Date
    package let source: Source
    package let files: [File]

    package init(
        question: String,
        code: String,
        answer: String,
        received: Date,
        source: Source,
        files: [File] = []
    ) {
        self.question = question
        self.code = code
        self.answer = answer
        self.received = received
        self.source = source
        self.files = files
    }

    package var description: String { "QuestionAnswer(\(code), redacted)" }
}

/// Who comes (G-122). A person, so it never prints itself.
package struct Engineer: Codable, Equatable, Sendable, CustomStringConvertible {
    package let engineerId: String
    package let name: String
    package let phoneNumber: String
    package let company: String?
    package let vehicleRegistration: String?
    package let photoURL: String?

    package init(
        engineerId: String,
        name: String,
        phoneNumber: String,
        company: String? = nil,
        vehicleRegistration: String? = nil,
        photoURL: String? = nil
    ) {
        self.engineerId = engineerId
        self.name = name
        self.phoneNumber = phoneNumber
        self.company = company
        self.vehicleRegistration = vehicleRegistration
        self.photoURL = photoURL
    }

    package var description: String { "Engineer(redacted)" }
}

/// Where the engineer was (G-123).
package struct Location: Codable, Equatable, Sendable {
    package let latitude: Double
    package let longitude: Double
    package let accuracyMetres: Double?
    package let captured: Date?

    package init(latitude: Double, longitude: Double, accuracyMetres: Double? = nil, captured: Date? = nil) {
        self.latitude = latitude
        self.longitude = longitude
        self.accuracyMetres = accuracyMetres
        self.captured = captured
    }
}

/// What `closeJob` says (G-126), whole: a second one must say the same (§3.7).
package struct ClosingReport: Codable, Equatable, Sendable {
    package let code: ClosureCode
    package let codeDescription: String?
    package let secondary: String?
    package let secondaryDescription: String?
    package let closedAt: Date
    package let engineer: Engineer?
    package let device: ScannedDevice?
    package let lightLevelDbm: Double?
    package let answers: [QuestionAnswer]
    package let notes: String?

    package init(
        code: ClosureCode,
        codeDescription: String? = nil,
        secondary: String? = nil,
        secondaryDescription: String? = nil,
        closedAt: Date,
        engineer: Engineer? = nil,
        device: ScannedDevice? = nil,
        lightLevelDbm: Double? = nil,
        answers: [QuestionAnswer] = [],
        notes: String? = nil
    ) {
        self.code = code
        self.codeDescription = codeDescription
        self.secondary = secondary
        self.secondaryDescription = secondaryDescription
        self.closedAt = closedAt
        self.engineer = engineer
        self.device = device
        self.lightLevelDbm = lightLevelDbm
        self.answers = answers
        self.notes = notes
    }
}
