import Foundation

/// The bodies of a tenant's requests; whatever it writes freely names it, so that nothing of it can be mistaken for another's.
struct TenancyWords {
    let tenant: String
    let supplier: String
    let today: Date

    private var address: String { #"{"id":"10090000001","type":"UPRN"}"# }
    private var contact: String { #"{"name":"Robin Sample of \#(tenant)","phoneNumber":"+44 20 7946 0001"}"# }
    private var line: String { "LINE-\(tenant)" }
    private func day(_ days: Double) -> String { PlayedSupplier.day(today + days * 86_400) }

    func order(visit: Int?, _ sort: Int) -> String {
        switch sort {
        case 0:
            return """
                {"orderType":"CEASE","supplier":"\(supplier)","serviceId":"\(line)","requestedCompletionDate":"\(day(9))"}
                """
        case 1:
            return """
                {"orderType":"MODIFY","supplier":"\(supplier)","serviceId":"\(line)","primaryContact":\(contact),\
                "serviceCharacteristics":[{"name":"LINE_PROFILE","value":"550/75"}]}
                """
        case _:
            let reservation = visit.map { #","appointmentReservationId":\#($0)"# } ?? ""
            return """
                {"orderType":"NEW","supplier":"\(supplier)","address":\(address),"primaryContact":\(contact),\
                "serviceOrderItem":{"serviceSpecification":{"id":"ftthl2r"},"serviceCharacteristics":\
                [{"name":"LINE_PROFILE","value":"1G1G"}]},"notes":"of \(tenant)"\(reservation)}
                """
        }
    }

    var circuit: String {
        let sites = ["A-END", "B-END"].map { role in
            """
            {"name":"Mill House","address":{"id":"10090000001","type":"UPRN"},"postcode":"QQ1 2AB","role":"\(role)",\
            "siteCharacteristics":[],"primaryContact":\(contact)}
            """
        }
        return """
            {"supplier":"\(supplier)","supplierQuoteId":"QUO-1","siteInformation":[\(sites.joined(separator: ","))],\
            "ethernetOrderItems":[{"service":{"serviceSpecification":{"id":"eth1g"},"serviceCharacteristic":\
            [{"name":"BANDWIDTH","value":"1G"}]},"contractDetails":{"contractLength":{"value":36,"unit":"MONTH"},\
            "billingFrequency":"MONTHLY"},"requestedCompletionDate":"\(day(20))"}]}
            """
    }

    func amendment(of order: Int, visit: Int?, _ count: Int) -> String {
        let reservation = visit.map { #","appointmentReservationId":\#($0)"# } ?? ""
        return #"{"orderId":\#(order),"notes":"\#(tenant) wishes \#(count)"\#(reservation)}"#
    }

    func cancellation(of order: Int) -> String {
        #"{"orderId":\#(order),"reasonCode":"OTHER","text":"\#(tenant) changed its mind"}"#
    }

    var test: String {
        """
        {"serviceId":"\(line)","problemType":"OUTAGE","serviceSpecification":{"id":"ftthl2r"},"supplier":"\(supplier)",\
        "characteristics":[{"name":"SERVICE_HAS_WORKED","value":"false"}]}
        """
    }

    func problem(visit: Int?, _ sort: Int) -> String {
        let isOutage = sort == 0 && visit != nil
        let reservation = isOutage ? visit.map { #","appointmentReservationId":\#($0)"# } ?? "" : ""
        return """
            {"problemType":"\(isOutage ? "OUTAGE" : "PERFORMANCE")","problemText":"Slow, says \(tenant)",\
            "serviceId":"\(line)","serviceSpecification":{"id":"ftthl2r"},"supplier":"\(supplier)",\
            "characteristics":[{"name":"SERVICE_HAS_WORKED","value":"false"}],"primaryContact":\(contact)\(reservation)}
            """
    }

    func problemAmendment(of problem: Int, _ count: Int) -> String {
        #"{"serviceProblemId":\#(problem),"notes":"\#(tenant) adds \#(count)"}"#
    }

    func problemCancellation(of problem: Int) -> String {
        #"{"serviceProblemId":\#(problem),"reasonCode":"OTHER","text":"\#(tenant) needs it no more"}"#
    }

    func appointment(_ purpose: String) -> String {
        """
        {"supplier":"\(supplier)","address":\(address),"serviceSpecification":{"id":"ftthl2r"},"purpose":"\(purpose)",\
        "serviceId":"\(line)","timeslot":{"timeslotStartDateTime":"\(day(5))T08:00:00Z",\
        "timeslotEndDateTime":"\(day(5))T13:00:00Z"}}
        """
    }

    func quote(_ count: Int) -> String {
        let items = ["ALPHA", "BETA"].enumerated().map { index, supplier in
            """
            {"id":\(index + 1),"supplier":"\(supplier)","sites":[\
            {"name":"Office","address":"1 Loom Street","postcode":"QQ1 1AA","role":"A-END"},\
            {"name":"Mill of \(tenant)","address":"2 Kiln Lane","postcode":"QQ2 2BB","role":"B-END"}],\
            "contractDetails":{"contractLength":{"value":36,"unit":"MONTH"},"billingFrequency":"MONTHLY"},\
            "service":[{"serviceSpecification":{"id":"ethernet"},"serviceCharacteristic":[]}]}
            """
        }
        return #"{"externalIdentifier":"TENDER-\#(count)","quoteItems":[\#(items.joined(separator: ","))]}"#
    }
}
