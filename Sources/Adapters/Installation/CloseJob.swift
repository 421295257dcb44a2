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
        let header = params.requiredObject("jobHeader").flatMap { JobHeader($0) }
        let code = params.requiredString("closureCode", length: 1...20).map { ClosureCode($0) }
        let codeDescription = params.optionalString("closureDescription", length: 1...500)
        let secondary = params.optionalString("secondaryClosureCode", length: 1...20)
        let secondaryDescription = params.optionalString("secondaryClosureDescription", length: 1...500)
        let closedAt = params.requiredMoment("closedAt")
        let engineer = params.optionalObject("engineerDetails").flatMap { Engineer($0) }
        let device = params.optionalObject("ont").flatMap { ScannedDevice($0) }
        let lightLevelDbm = params.optionalDecimal("lightLevelDbm", range: -100...100)
        let answers = reading.requiredAnswers()
        let notes = params.optionalString("notes", length: 1...4_000)
        if let code { Self.check(code, secondary, secondaryDescription, answers, params) }
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

    /// What a code demands of the rest: a reason for CON and POP (I-023), answers unless nobody came.
    private static func check(
        _ code: ClosureCode,
        _ secondary: String?,
        _ secondaryDescription: String?,
        _ answers: [QuestionAnswer]?,
        _ params: ObjectReader
    ) {
        if ClosureCatalogue.mustExplain.contains(code.meaning) {
            let why = "is required with closure code \(code.canonical)"
            if secondary == nil, !params.has("secondaryClosureCode") {
                params.report(.missing, "secondaryClosureCode", why)
            }
            if secondaryDescription == nil, !params.has("secondaryClosureDescription") {
                params.report(.missing, "secondaryClosureDescription", why)
            }
        }
        if let answers, answers.isEmpty, params.value("questions_answers")?.count == 0,
            !withoutAnswers.contains(code.meaning)
        {
            params.report(.empty, "questions_answers", "may be empty only with closure code NTR, MBORC or FTA")
        }
    }

    static let operation: PartnerOperation = { reading, catalogue in
        guard let message = CloseJob(reading) else { return nil }
        let closing = message.closing
        if reading.params.problems.isEmpty, let secondary = closing.secondary {
            do throws(Rejection) {
                try catalogue.check(secondary, of: closing.code)
            } catch {
                return .failure(error)
            }
        }
        return .success(
            Understood(
                reference: message.header.reference,
                name: "\(method) \(closing.code)",
                warnings: reading.warnings,
                decide: message.decide
            )
        )
    }

    @Sendable private func decide(
        in change: inout Change,
        _ id: ID<InstallationJob>,
        of partner: Owner
    ) throws -> InstallationJob {
        try change.decide(id, of: partner) { job, now in
            try job.close(closing, by: header.report(answers: closing.answers), at: now)
        }
    }

    /// As a partner sends it.
    package func bytes(id: Int64) -> [UInt8] {
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
