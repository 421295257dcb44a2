import Domain
import FoundationEssentials
import Storage
import Testing

/// Each type of order as its row has it: what is read tells by its `type` which it is.
@Suite struct OrderRequestRowTests {
    static let rows = [
        """
        {"type":"TRANSFER","supplier":"DUMMY_SUPPLIER","address":{"identifier":{"id":"10090000001","type":"UPRN"},\
        "additionalIdentifiers":[]},"specification":{"id":"ftthl2r"},"characteristics":[{"name":"LINE_ID","value":"7"}],\
        "primaryContact":{"name":"Robin Sample","phoneNumber":"01632 960123"},"engineerTasks":[],"site":{}}
        """,
        """
        {"type":"MODIFY","supplier":"DUMMY_SUPPLIER","serviceID":"S1000001","characteristics":[{"name":"LINE_PROFILE",\
        "value":"550/75"}],"engineerTasks":[],"site":{}}
        """,
        """
        {"type":"CEASE","supplier":"DUMMY_SUPPLIER","serviceID":"S1000001","requestedCompletionDate":"2026-12-01",\
        "reason":"END_USER_MOVING"}
        """,
        """
        {"type":"UNSOLICITED_CEASE","supplier":"DUMMY_SUPPLIER","serviceID":"S1000001",\
        "requestedCeaseDate":"2026-12-01","reason":"CHANGE_OF_CP"}
        """,
        """
        {"type":"ETHERNET","supplier":"DUMMY_SUPPLIER","supplierQuoteID":"QUO-1","sites":[{"name":"Mill House",\
        "postcode":"QQ1 2AB","role":"A-END","characteristics":[],"primaryContact":{"name":"Robin Sample",\
        "phoneNumber":"01632 960123"},"notes":{}}],"items":[{"specification":{"id":"eth1g"},"characteristics":[],\
        "contract":{"length":36,"unit":"MONTH","billingFrequency":"MONTHLY"}}]}
        """,
    ]

    @Test(arguments: rows)
    func `an old row is read, and written again as it was`(row: String) throws {
        let request = try StoredJSON.decode(OrderRequest.self, from: Array(row.utf8), name: "row")

        #expect(row.contains("\"type\":\"\(request.type.rawValue)\""))
        #expect(String(decoding: try StoredJSON.encode(request), as: UTF8.self) == row)
    }
}
