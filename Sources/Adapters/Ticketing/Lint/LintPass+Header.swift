import Formats

extension LintPass {
    /// What every ticket message begins with (T-050 to T-059).
    func checkHeader() {
        checkSending()
        checkBuyerIdentifier()
        for name in [
            "apiVersion", "buyerIdentifier", "messageId", "buyerFaultReference", "maintainerFaultReference",
            "parentFaultReference",
        ] { checkLength(of: name) }
        checkMaintainerReference()
    }

    /// In the WSDL's form only the root has a namespace. A default namespace on it reaches the children too, and then the
    /// schema says that it expects the very element that it refuses.
    func checkUnqualifiedChildren() {
        guard let child = element.children.first(where: { $0.namespace != nil }) else { return }
        report(
            "T-085",
            .error,
            at: child,
            "\(child.name) is in a namespace: of a ticket message only the root may be, by a prefix of its own",
            expected: "no namespace",
            found: child.namespace ?? "no namespace"
        )
    }

    /// when it was sent.
    func checkSending() {
        guard let sentAt = element.first("sentAt") else {
            // Of the others that need it the schema itself says so.
            guard message == .addFaultReport || message == .notifyFaultReportUpdate else { return }
            report(
                "X-09",
                .warning,
                missing: "sentAt",
                in: element,
                "sentAt is missing: the documents require it, the schema does not"
            )
            return
        }
        let count = sentAt.value.unicodeScalars.count
        guard count > TicketHeader.sentAtCharactersMax else { return }
        report(
            "X-10",
            .warning,
            at: sentAt,
            "sentAt is longer than the documents allow; write UTC with Z and at most 3 digits of a second",
            expected: "at most \(TicketHeader.sentAtCharactersMax) characters",
            found: "\(count) characters: \(SchemaWords.shown(sentAt))"
        )
    }

    /// the schema allows it to be empty.
    private func checkBuyerIdentifier() {
        guard let buyer = element.first("buyerIdentifier"), buyer.value.isEmpty else { return }
        report(
            "X-24",
            .warning,
            at: buyer,
            "buyerIdentifier is empty: the schema allows it, the receiver does not",
            expected: "the buyer's identifier"
        )
    }

    private func checkLength(of name: String) {
        guard let field = element.first(name) else { return }
        let count = field.value.unicodeScalars.count
        guard count > TicketHeader.charactersMax else { return }
        report(
            LintClauses.clause(of: name, in: message),
            .warning,
            at: field,
            "\(name) is too long",
            expected: "at most \(TicketHeader.charactersMax) characters",
            found: "\(count) characters"
        )
    }

    /// a placeholder of the published samples, or nothing where the reference is known by then.
    private func checkMaintainerReference() {
        guard let field = element.first("maintainerFaultReference") else { return }
        let text = field.value
        if text.first == "(" {
            report(
                "X-07",
                .warning,
                at: field,
                "maintainerFaultReference is a placeholder of the published samples, and counts as none",
                expected: "the operator's reference, or no such element"
            )
        } else if text.isEmpty, message == .notifyFaultReportUpdate {
            let status = element.first("faultDetails")?.text(of: "status") ?? ""
            guard !["rejected", "pending"].contains(status) else { return }
            report(
                "X-07",
                .warning,
                at: field,
                "maintainerFaultReference is empty, though the ticket was accepted",
                expected: "the operator's reference"
            )
        }
    }
}
