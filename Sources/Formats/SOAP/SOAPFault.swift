/// A SOAP 1.1 fault: the request was wrong (client) or its answering went wrong (server).
package struct SOAPFault: Error, Equatable, Sendable {
    package enum Code: String, Sendable, CaseIterable {
        case client = "Client"
        case server = "Server"
        case mustUnderstand = "MustUnderstand"
        case versionMismatch = "VersionMismatch"
    }

    /// Where and why a request is not valid.
    package struct ValidationError: Equatable, Sendable {
        package var line: Int
        package var column: Int
        package var message: String

        package init(line: Int, column: Int, message: String) {
            self.line = line
            self.column = column
            self.message = message
        }

        /// The entry `validationError` of a detail.
        ///
        /// - Parameter namespace: of the entry alone; its children are in none. `nil`: the entry is in none either.
        package func write(to writer: inout XMLWriter, namespace: String? = nil) {
            writer.element("validationError", rootNamespace: namespace) { element in
                element.text("line", line)
                element.text("column", column)
                element.text("message", message)
            }
        }
    }

    package var code: Code
    package var text: String
    package var validationErrors: [ValidationError]

    package init(_ code: Code, _ text: String, validationErrors: [ValidationError] = []) {
        self.code = code
        self.text = text
        self.validationErrors = validationErrors
    }

    /// The whole reply, in its envelope.
    package var document: [UInt8] {
        SOAPEnvelope.wrap { write(to: &$0) }
    }

    /// The element `soap:Fault`; its children are unqualified, as SOAP 1.1 §4.4 has them.
    ///
    /// - Parameter detail: writes the detail's entries. By default they are the validation errors, and without any
    ///   there is no detail.
    package func write(to writer: inout XMLWriter, detail: ((inout XMLWriter) -> Void)? = nil) {
        writer.element("soap:Fault") { fault in
            fault.text("faultcode", "soap:" + code.rawValue)
            fault.text("faultstring", text)
            if let detail {
                fault.element("detail", detail)
            } else if !validationErrors.isEmpty {
                fault.element("detail") { detail in
                    for error in validationErrors { error.write(to: &detail) }
                }
            }
        }
    }

    /// Reads a body child; nil if it is no fault. Lenient: an unknown code is taken for the server's failure, and a
    /// sub-code (`Client.Authentication`) for its class.
    package init?(_ element: XMLElement) {
        guard element.isNamed("Fault", namespace: SOAPEnvelope.namespace) else { return nil }
        let qualified = element.text(of: "faultcode") ?? ""
        let local = qualified.split(separator: ":", omittingEmptySubsequences: false).last ?? ""
        code = local.split(separator: ".").first.flatMap { Code(rawValue: String($0)) } ?? .server
        text = element.text(of: "faultstring") ?? ""
        validationErrors = (element.first("detail")?.all("validationError") ?? []).map { error in
            ValidationError(
                line: Int(error.text(of: "line") ?? "") ?? 0,
                column: Int(error.text(of: "column") ?? "") ?? 0,
                message: error.text(of: "message") ?? ""
            )
        }
    }
}
