import Formats

extension LintPass {
    /// `resolveResponse`: yes or no, and with a no the reason.
    func checkAnswer() {
        guard let accepted = element.first("resolveAccepted") else {
            let text = "resolveAccepted is missing: the schema allows it, but without it nothing is answered"
            return report("X-52", .warning, missing: "resolveAccepted", in: element, text)
        }
        let reason = element.first("rejectedReason")
        if ["false", "0"].contains(accepted.value), reason?.value.isEmpty != false {
            let text = "a resolution is rejected without a reason"
            if let reason {
                report("X-52", .warning, at: reason, text, expected: "the reason")
            } else {
                report("X-52", .warning, missing: "rejectedReason", in: element, text)
            }
        }
        let count = reason?.value.unicodeScalars.count ?? 0
        if let reason, count > ResolveResponse.reasonCharactersMax {
            report(
                "X-52",
                .warning,
                at: reason,
                "rejectedReason is too long; cut it, and send the whole as a comment",
                expected: "at most \(ResolveResponse.reasonCharactersMax) characters",
                found: "\(count) characters"
            )
        }
    }

    /// A receipt: a code that says whether it was taken, and if not, why (T-075, T-076, X-03).
    func checkReceipt() {
        if message == .receivedNotifyFaultReportUpdate {
            report(
                "X-03",
                .warning,
                at: element,
                "the published schema does not declare this root, though every notification is acknowledged by it",
                expected: "a schema that declares it",
                found: element.name
            )
        }
        checkStatusWords()
        guard let code = element.first("responseCode"), let number = Int(code.value) else { return }
        if !(200..<300).contains(number), !(400..<600).contains(number) {
            let expected = "2xx for taken, 4xx for refused"
            report("T-075", .warning, at: code, "the response code says neither yes nor no", expected: expected)
        }
        if (400..<600).contains(number), element.said("errorMessage") == nil {
            report("T-076", .warning, missing: "errorMessage", in: element, "it is refused without a reason")
        }
    }

    /// A SOAP Fault, as appointments are refused with: its detail says where and why (T-043). At the WSDL's one address
    /// the detail may be the receipt instead.
    func checkFault() {
        let known = ["Client", "Server", "VersionMismatch", "MustUnderstand"]
        let code = element.text(of: "faultcode") ?? ""
        let local = code.split(separator: ":").last?.split(separator: ".").first.map(String.init) ?? ""
        if !known.contains(local) {
            let expected = known.joined(separator: ", ")
            if let field = element.first("faultcode") {
                report("T-002", .error, at: field, "SOAP 1.1 has no such fault code", expected: expected)
            } else {
                report("T-002", .error, missing: "faultcode", in: element, "a fault needs a code: \(expected)")
            }
        }
        if element.first("faultstring") == nil {
            report("T-002", .error, missing: "faultstring", in: element, "a fault needs a text")
        }
        let entries = element.first("detail").map { Array($0.children) } ?? []
        let says = entries.contains { $0.isNamed("validationError") || $0.name.hasPrefix("received") }
        if local == "Client", !says {
            let text = "the fault does not say what is wrong with the request"
            report("T-043", .warning, missing: "detail/validationError", in: element, text)
        }
    }
}
