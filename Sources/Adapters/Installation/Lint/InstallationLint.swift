import Domain
import Formats

/// Says of any message of the Installation contract what its receiver would refuse or forgive, and by which clause.
///
/// It reads with the receivers' own readers, so it cannot say otherwise than they do; the traps are what they forgive in
/// silence, or what a reader's words don't give away.
package struct InstallationLint: Sendable {
    private let data: InstallationData

    package init(data: InstallationData) { self.data = data }

    /// Whether bytes are meant as JSON, so that this lint is the one to ask.
    package static func claims(_ bytes: [UInt8]) -> Bool {
        let first = bytes.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }

    package func check(_ bytes: [UInt8]) -> InstallationLintReport {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: bytes)
        } catch {
            return Self.report(malformed: error)
        }
        let pass = InstallationLintPass(document, bytes)
        guard document.root.kind == .object else {
            pass.report("G-132", .error, at: "", "one message is expected, not a batch", expected: "an object")
            return InstallationLintReport(findings: pass.findings)
        }
        guard let message = InstallationMessage(document.root) else {
            pass.reportUnknown()
            return InstallationLintReport(findings: pass.findings)
        }
        switch message {
        case .notifyJob: check(call: document.root, NotifyJob.operation, pass)
        case .closeJob: check(call: document.root, CloseJob.operation, pass)
        case .createJob, .cancelJob, .provisioningResult: check(dispatch: bytes, message, pass)
        case .acknowledgement, .acknowledgementWithNumber, .acknowledgementInJSONRPC:
            pass.checkAcknowledgement(message)
        case .error: pass.checkError()
        }
        return InstallationLintReport(message: message, findings: pass.findings)
    }

    /// The envelope and the parameters, each by its reader, so that a fault in the one hides none in the other.
    private func check(call root: JSONValue, _ operation: PartnerOperation, _ pass: InstallationLintPass) {
        do {
            _ = try RPCRequest(root) { PartnerCall.check($0, pathMethod: nil) }
        } catch {
            pass.report(error)
        }
        pass.checkMissingParams()
        // Without any they are read as empty, as the receiver does, so that what is missing is named.
        guard let params = root["params"] ?? (try? JSONDocument(parsing: "{}").root),
            params.kind == .object || params.kind == .array
        else { return }
        let problems = Problems()
        let reading = Reading(ObjectReader(params, at: "/params", problems: problems), by: .published, with: data)
        let understood = operation(reading)
        pass.report(problems.all)
        pass.report(reading.leniencies.all)
        if case .failure(let rejection)? = understood, problems.isEmpty {
            pass.report(rejection.problems.map { Problem(pointer: $0.pointer, code: .rule, message: $0.message) })
        }
        pass.checkCall(params, data)
    }

    private func check(dispatch bytes: [UInt8], _ message: InstallationMessage, _ pass: InstallationLintPass) {
        let leniencies = Leniencies()
        do {
            let dispatch = try DispatchMessage(parsing: bytes, pathMethod: nil, leniencies)
            switch message {
            case .createJob: _ = try CreateJob(dispatch, leniencies)
            case .cancelJob: _ = try CancelJob(dispatch, leniencies)
            case _: _ = try ProvisioningNotice(dispatch, leniencies)
            }
        } catch {
            pass.report(error, in: message)
        }
        pass.report(leniencies.all)
    }

    private static func report(malformed: MalformedJSON) -> InstallationLintReport {
        let finding = LintFinding(
            clause: "G-132",
            severity: .error,
            line: malformed.line,
            column: malformed.column,
            path: malformed.pointer ?? "",
            text: malformed.reason,
            expected: "JSON without duplicate keys and control characters, in UTF-8",
            found: "nothing that could be read (−32700)"
        )
        return InstallationLintReport(findings: [finding], isJSON: malformed.pointer != nil)
    }
}
