import Domain
import Engine
import FoundationEssentials
import Formats

/// `closeJob`, partner to operator: how the visit ended, in codes and in answers (I-006, G-126).
package struct CloseJob: Equatable, Sendable {
    package static let method = "closeJob"

    package let header: JobHeader
    package let closing: ClosingReport

    package init(header: JobHeader, closing: ClosingReport) {
        self.header = header
        self.closing = closing
    }
}

extension CloseJob {
    /// Codes under which nobody came, so that nothing was asked (G-126).
    private static let withoutAnswers: Set<ClosureCode.Meaning> = [
        .noTruckRoll, .unableToAttendWithNotice, .failedToAttend,
    ]

    init?(_ reading: Reading) {
        let params = reading.params
        let leniencies = reading.leniencies
        let headerReader = params.requiredObject("jobHeader")
        let header = headerReader.flatMap { JobHeader($0, leniencies) }
        if let headerReader {
            // Optional here, and ignored (decision 36).
            _ = headerReader.value("notificationType")
            leniencies.forgiveUnknownFields(of: headerReader)
        }
        let code = params.requiredString("closureCode", length: 1...20).map { ClosureCode($0) }
        let codeDescription = params.optionalString("closureDescription", length: 1...500)
        let secondary = params.optionalString("secondaryClosureCode", length: 1...20)
        let secondaryDescription = params.optionalString("secondaryClosureDescription", length: 1...500)
        let closedAt = params.requiredMoment("closedAt", leniencies)
        let engineer = params.optionalObject("engineerDetails").flatMap { Engineer($0, leniencies) }
        let device = params.optionalObject("ont").flatMap { ScannedDevice($0, leniencies) }
        let lightLevelDbm = params.optionalDecimal("lightLevelDbm", range: -100...100)
        let answers = reading.requiredAnswers()
        let notes = params.optionalString("notes", length: 1...4_000)
        leniencies.forgiveUnknownFields(of: params)
        if let code { Self.check(code, reading) }
        guard let header, let code, let closedAt, let answers else { return nil }
        self.init(
            header: header,
            closing: ClosingReport(
                code: code,
                codeDescription: codeDescription,
                secondary: secondary,
                secondaryDescription: secondaryDescription,
                closedAt: closedAt,
                engineer: engineer,
                device: device,
                lightLevelDbm: lightLevelDbm,
                answers: answers,
                notes: notes
            )
        )
    }

    /// What a code demands of the rest: a reason (I-023, X-34), answers unless nobody came.
    private static func check(_ code: ClosureCode, _ reading: Reading) {
        let params = reading.params
        let mustExplain = ClosureCatalogue.mustExplain.contains(code.meaning)
        let hasChildren = reading.data.closureCodes.secondaries[code.canonical]?.isEmpty == false
        let why = "is required with closure code \(code.canonical)"
        if mustExplain || (reading.profile.requiresSecondary && hasChildren), !params.has("secondaryClosureCode") {
            params.report(.missing, "secondaryClosureCode", why)
        }
        if mustExplain, !params.has("secondaryClosureDescription") {
            params.report(.missing, "secondaryClosureDescription", why)
        }
        if let answers = params.value("questions_answers"), answers.kind == .array, answers.count == 0,
            !withoutAnswers.contains(code.meaning)
        {
            params.report(.empty, "questions_answers", "may be empty only with closure code NTR, MBORC or FTA")
        }
    }

    static let operation: PartnerOperation = { reading in
        guard let message = CloseJob(reading) else { return nil }
        let closing = message.closing
        if reading.params.problems.isEmpty, let secondary = closing.secondary {
            do throws(Rejection) {
                try reading.data.closureCodes.check(secondary, of: closing.code)
            } catch {
                return .failure(error)
            }
        }
        let matrix = reading.data.questions
        let isStrict = reading.profile.isStrict
        return .success(
            Understood(reference: message.header.reference, name: "\(method) \(closing.code)") { change, id, partner in
                let job = try message.decide(in: &change, id, of: partner)
                return Decided(job: job, warnings: try message.unanswered(in: job, matrix, isStrict: isStrict))
            }
        )
    }

    private func decide(
        in change: inout Change,
        _ id: ID<InstallationJob>,
        of partner: Owner
    ) throws -> InstallationJob {
        try change.decide(id, of: partner) { job, now in
            try job.close(closing, by: header.report(answers: closing.answers), at: now)
        }
    }

    /// What the matrix asks and nobody answered: not here, and not earlier in the day (G-134).
    private func unanswered(
        in job: InstallationJob,
        _ matrix: QuestionMatrix,
        isStrict: Bool
    ) throws(Rejection) -> [String] {
        let open = matrix.open(after: job.answers, code: closing.code, secondary: closing.secondary)
        guard isStrict, !open.isEmpty else { return open.map { "question \($0.code) was not answered (G-134)" } }
        throw Rejection(
            .invalid,
            "Closure code \(closing.code.canonical) asks more than was answered.",
            problems: open.map { .init("/params/questions_answers", "question \($0.code) is required: \($0.text)") }
        )
    }

    /// As a partner sends it.
    package func bytes(id: Int64?) -> [UInt8] {
        PartnerRequest.bytes(id: id, method: Self.method) { params in
            header.write(to: &params, type: nil)
            params.field("closureCode", closing.code.canonical)
            params.field("closureDescription", closing.codeDescription)
            params.field("secondaryClosureCode", closing.secondary)
            params.field("secondaryClosureDescription", closing.secondaryDescription)
            params.moment("closedAt", closing.closedAt)
            closing.engineer?.write(to: &params)
            closing.device?.write(to: &params)
            params.field("lightLevelDbm", closing.lightLevelDbm)
            params.answers(closing.answers)
            params.field("notes", closing.notes)
        }
    }
}
