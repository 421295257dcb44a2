import Domain
import Engine
import FoundationEssentials
import Formats

/// `notifyJob`, partner to operator: how the engineer's day goes (I-005, I-006, G-125).
package struct NotifyJob: Equatable, Sendable {
    /// The variants of the published "One of", told apart by `notificationType`.
    package enum News: Equatable, Sendable {
        case engineerAssigned(engineer: Engineer)
        case enRoute(location: Location, engineer: Engineer?)
        case onSite(location: Location, engineer: Engineer?)
        case ontScanned(device: ScannedDevice)
        /// Answers only.
        case progress
    }

    package static let method = "notifyJob"

    package let header: JobHeader
    package let news: News
    package let answers: [QuestionAnswer]

    package init(header: JobHeader, news: News, answers: [QuestionAnswer] = []) {
        self.header = header
        self.news = news
        self.answers = answers
    }
}

extension NotifyJob {
    /// Reads every field of its variant, so that every problem is named.
    init?(_ reading: Reading) {
        let params = reading.params
        let headerReader = params.requiredObject("jobHeader")
        let header = headerReader.flatMap { JobHeader($0, reading.leniencies) }
        let type = headerReader?.requiredEnum("notificationType", as: JobHeader.NotificationType.self)
        if let headerReader { reading.leniencies.forgiveUnknownFields(of: headerReader) }
        let news = type.flatMap { News($0, params, reading.leniencies) }
        let answers: [QuestionAnswer]? =
            type == .progress ? reading.requiredAnswers() : reading.optionalAnswers()
        // Which fields there are is only known of a known type.
        if type != nil { reading.leniencies.forgiveUnknownFields(of: params) }
        guard let header, let news, let answers else { return nil }
        self.init(header: header, news: news, answers: answers)
    }

    static let operation: PartnerOperation = { reading in
        guard let message = NotifyJob(reading) else { return nil }
        let fsan = reading.profile.fsan ?? .published
        return .success(
            Understood(
                reference: message.header.reference,
                name: "\(method) \(message.news.type.rawValue)"
            ) { change, id, partner in
                Decided(job: try message.decide(in: &change, id, of: partner, fsan: fsan))
            }
        )
    }

    private func decide(
        in change: inout Change,
        _ id: ID<InstallationJob>,
        of partner: Owner,
        fsan: FSANPattern
    ) throws -> InstallationJob {
        let report = header.report(answers: answers)
        let isDuplicate = try isDuplicate(of: id, in: change)
        return try change.decide(id, of: partner) { job, now in
            switch news {
            case .engineerAssigned(let engineer):
                try job.assign(engineer, by: report, at: now)
            case .enRoute(let location, let engineer):
                try job.setOut(from: location, engineer: engineer, by: report, at: now)
            case .onSite(let location, let engineer):
                try job.arrive(at: location, engineer: engineer, by: report, at: now)
            case .ontScanned(let device):
                try job.scan(device, isDuplicate: isDuplicate, fsan: fsan, by: report, at: now)
            case .progress:
                try job.report(report, at: now)
            }
        }
    }

    /// Whether another open installation, of whichever partner, has one of the device's numbers (I-041, result 7).
    private func isDuplicate(of id: ID<InstallationJob>, in change: Change) throws -> Bool {
        guard case .ontScanned(let device) = news else { return false }
        return try device.keys.contains { key in
            try change.find(InstallationJob.self, by: InstallationJob.deviceLookup, key).contains { $0.id != id }
        }
    }

    /// As a partner sends it.
    package func bytes(id: Int64?) -> [UInt8] {
        PartnerRequest.bytes(id: id, method: Self.method) { params in
            header.write(to: &params, type: news.type)
            switch news {
            case .engineerAssigned(let engineer):
                engineer.write(to: &params)
            case .enRoute(let location, let engineer), .onSite(let location, let engineer):
                engineer?.write(to: &params)
                location.write(to: &params)
            case .ontScanned(let device):
                device.write(to: &params)
            case .progress:
                break
            }
            if news == .progress || !answers.isEmpty { params.answers(answers) }
        }
    }
}

extension NotifyJob.News {
    package var type: JobHeader.NotificationType {
        switch self {
        case .engineerAssigned: .engineerAssigned
        case .enRoute: .enRoute
        case .onSite: .onSite
        case .ontScanned: .ontScanned
        case .progress: .progress
        }
    }

    fileprivate init?(_ type: JobHeader.NotificationType, _ params: ObjectReader, _ leniencies: Leniencies) {
        switch type {
        case .engineerAssigned:
            let engineer = params.requiredObject("engineerDetails").flatMap { Engineer($0, leniencies) }
            guard let engineer else { return nil }
            self = .engineerAssigned(engineer: engineer)
        case .enRoute, .onSite:
            let engineer = params.optionalObject("engineerDetails").flatMap { Engineer($0, leniencies) }
            let location = params.requiredObject("location").flatMap { Location($0, leniencies) }
            guard let location else { return nil }
            self =
                type == .enRoute
                ? .enRoute(location: location, engineer: engineer) : .onSite(location: location, engineer: engineer)
        case .ontScanned:
            let device = params.requiredObject("ont").flatMap { ScannedDevice($0, leniencies) }
            guard let device else { return nil }
            self = .ontScanned(device: device)
        case .progress:
            self = .progress
        }
    }
}
