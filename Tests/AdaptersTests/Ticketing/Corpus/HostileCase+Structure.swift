import Formats

@testable import Adapters

/// What is well-formed and in the wrong place: envelopes, roots, namespaces. All are answered 400 (decision 33), but for what
/// SOAP 1.1 has a fault of its own for, which is 500 (SOAP 1.1 §6.2).
extension HostileCase {
    private static let add = CorpusMessage.whole(.addFaultReport)
    private static let query = CorpusMessage.whole(.queryAppointmentAvailability)
    private static let soap = "http://schemas.xmlsoap.org/soap/envelope/"

    static let envelopes = ([.addFaultReport, .queryAppointmentAvailability] as [TicketingOperation]).flatMap {
        operation in
        let whole = CorpusMessage.whole(operation)
        let enveloped = Samples.enveloped(whole)
        return [
            ("two children in its Body", Samples.enveloped(whole + whole), "Body"),
            ("an empty Body", Samples.enveloped(""), "Body"),
            ("only text in its Body", Samples.enveloped("addFaultReport"), "Body"),
            ("no Body", "<s:Envelope xmlns:s='\(soap)'><s:Header/></s:Envelope>", "Body"),
            ("nothing in it", "<s:Envelope xmlns:s='\(soap)'/>", "Body"),
            ("two Bodies", "<s:Envelope xmlns:s='\(soap)'><s:Body>\(whole)</s:Body><s:Body/></s:Envelope>", "Body"),
            ("a Body of no namespace", "<s:Envelope xmlns:s='\(soap)'><Body>\(whole)</Body></s:Envelope>", "Body"),
            ("an envelope in its Body", Samples.enveloped("<s:Envelope xmlns:s='\(soap)'/>"), "Envelope"),
            ("a Fault in its Body", Samples.enveloped("<soap:Fault><faultcode>a</faultcode></soap:Fault>"), "Fault"),
            (
                "an XInclude in its Body",
                Samples.enveloped("<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/>"),
                "include"
            ),
        ].map { name, text, says in
            HostileCase("\(operation): an envelope with \(name)", to: operation, text, 400, says: says)
        } + versions(operation, whole, enveloped)
            + ["", " soap:actor='http://schemas.xmlsoap.org/soap/actor/next'"].map { actor in
                let header = "<soap:Header><a soap:mustUnderstand='1'\(actor)/></soap:Header>"
                return HostileCase(
                    "\(operation): a header that must be understood\(actor)",
                    to: operation,
                    enveloped.replacing("<soap:Header/>", with: header),
                    500,
                    says: "must be understood"
                ).faulted(.mustUnderstand)
            }
    }

    private static func versions(_ operation: TicketingOperation, _ whole: String, _ enveloped: String) -> [HostileCase]
    {
        [
            ("SOAP 1.2", enveloped.replacing(soap, with: "http://www.w3.org/2003/05/soap-envelope"), "SOAP 1.2"),
            ("another namespace", enveloped.replacing(soap, with: "urn:soap"), "namespace"),
            ("no namespace", "<Envelope><Body>\(whole)</Body></Envelope>", "namespace"),
        ].map { name, text, says in
            HostileCase("\(operation): an envelope of \(name)", to: operation, text, 500, says: says)
                .faulted(.versionMismatch)
        }
    }

    static let roots =
        wrongPaths + namespaces + [
            HostileCase("one address: an unknown root", to: nil, "<deleteEverything/>", 400, says: "deleteEverything"),
            HostileCase(
                "one address: a notification",
                to: nil,
                "<notifyFaultReportUpdate/>",
                400,
                says: "notifyFaultReportUpdate"
            ),
            HostileCase("one address: an answer", to: nil, "<receivedFaultReport/>", 400, says: "receivedFaultReport"),
            HostileCase(
                "one address: the schema itself",
                to: nil,
                TicketingSchemas.faultReportText,
                400,
                says: "schema"
            ),
            HostileCase("one address: another case", to: nil, "<ADDFAULTREPORT/>", 400, says: "ADDFAULTREPORT"),
        ]

    /// Each message at each of the others' paths.
    private static let wrongPaths = TicketingOperation.allCases.flatMap { path in
        TicketingOperation.allCases.filter { $0 != path }.map { sent in
            HostileCase("\(sent) at \(path)", to: path, CorpusMessage.whole(sent), 400, says: path.root)
        }
    }

    private static let namespaces =
        TicketingOperation.allCases.filter { !$0.isAppointment }.flatMap { operation in
            ["urn:wrong", TicketingSchemas.niccNamespace, soap].map { namespace in
                HostileCase(
                    "\(operation) in \(namespace)",
                    to: operation,
                    CorpusMessage.whole(operation).replacing(
                        "<\(operation.root)>",
                        with: "<\(operation.root) xmlns='\(namespace)'>"
                    ),
                    400,
                    says: "namespace"
                )
            }
        }
        + TicketingOperation.allCases.filter(\.isAppointment).flatMap { operation in
            let whole = CorpusMessage.whole(operation)
            return [
                HostileCase(
                    "\(operation) in no namespace",
                    to: operation,
                    whole.replacing("xmlns=\"\(TicketingSchemas.niccNamespace)\"", with: ""),
                    400,
                    says: "namespace"
                ),
                HostileCase(
                    "\(operation) in a namespace of another version",
                    to: operation,
                    whole.replacing("ala_1.0", with: "ala_2.0"),
                    400,
                    says: "namespace"
                ),
                HostileCase(
                    "\(operation) with the operator's fields in another namespace",
                    to: operation,
                    whole.replacing(TicketingSchemas.cfhNamespace, with: "urn:cfh"),
                    400,
                    says: "productName"
                ),
            ]
        }
}
