/// Requests of an invented tenant.
enum TenantSample {
    static let address = #"{"id":"10090000001","type":"UPRN"}"#
    static let contact = #"{"name":"Ada Example","phoneNumber":"+44 20 7946 0001","email":"ada@example.com"}"#
    static let slot =
        #"{"timeslotStartDateTime":"2026-03-09T08:00:00Z","timeslotEndDateTime":"2026-03-09T13:00:00Z"}"#

    static func order(_ extra: String = "") -> String {
        """
        {"orderType":"NEW","supplier":"DUMMY_SUPPLIER","address":\(address),
         "serviceOrderItem":{"serviceSpecification":{"id":"ftthl2r"},
           "serviceCharacteristics":[{"name":"LINE_PROFILE","value":"1G1G"}]},
         "primaryContact":\(contact)\(extra)}
        """
    }

    static func order(_ type: String, naming characteristics: String) -> String {
        """
        {"orderType":"\(type)","supplier":"DUMMY_SUPPLIER","address":\(address),
         "serviceOrderItem":{"serviceSpecification":{"id":"ftthl2r"},"serviceCharacteristics":[\(characteristics)]},
         "primaryContact":\(contact)}
        """
    }

    static func cease(_ date: String = "2026-03-09", _ extra: String = "") -> String {
        """
        {"orderType":"CEASE","supplier":"DUMMY_SUPPLIER","serviceId":"S1000001",
         "requestedCompletionDate":"\(date)"\(extra)}
        """
    }

    static func modify(_ extra: String = "") -> String {
        """
        {"orderType":"MODIFY","supplier":"DUMMY_SUPPLIER","serviceId":"S1000001",
         "serviceCharacteristics":[{"name":"LINE_PROFILE","value":"550/75"}]\(extra)}
        """
    }

    static func appointment(_ purpose: String = "PROVIDE", service: String? = nil) -> String {
        """
        {"supplier":"DUMMY_SUPPLIER","address":\(address),"serviceSpecification":{"id":"ftthl2r"},
         "purpose":"\(purpose)",\(service.map { "\"serviceId\":\"\($0)\"," } ?? "")"timeslot":\(slot)}
        """
    }

    static let test = """
        {"serviceId":"S1000001","problemType":"OUTAGE","serviceSpecification":{"id":"ftthl2r"},
         "supplier":"DUMMY_SUPPLIER","characteristics":[{"name":"SERVICE_HAS_WORKED","value":"false"}]}
        """

    static func problem(_ type: String, _ extra: String = "") -> String {
        """
        {"problemType":"\(type)","problemText":"No light since this morning","serviceId":"S1000001",
         "serviceSpecification":{"id":"ftthl2r"},"supplier":"DUMMY_SUPPLIER",
         "characteristics":[{"name":"SERVICE_HAS_WORKED","value":"false"}],"primaryContact":\(contact)\(extra)}
        """
    }
}
