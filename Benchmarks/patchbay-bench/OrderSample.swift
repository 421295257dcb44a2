import Formats

/// The order that is placed again and again: only its address and its request's id change.
enum OrderSample {
    static func body(_ number: Int, reservation: Int64? = nil) -> [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                json.field("orderType", "NEW")
                json.field("supplier", "DUMMY_SUPPLIER")
                json.object("address") { json in
                    json.field("id", String(address(number)))
                    json.field("type", "UPRN")
                }
                json.object("serviceOrderItem") { json in
                    json.object("serviceSpecification") { $0.field("id", "ftthl2r") }
                    json.array("serviceCharacteristics") { json in
                        json.object { json in
                            json.field("name", "LINE_PROFILE")
                            json.field("value", "1G_1G")
                        }
                    }
                }
                json.object("primaryContact") { json in
                    json.field("name", "Robin Sample")
                    json.field("phoneNumber", "01632 960123")
                }
                if let reservation { json.field("appointmentReservationId", reservation) }
            }
        }
    }

    /// A request as it goes over the wire, for ``bytes(_:of:)``.
    static func pattern(token: String, port: Int) -> RequestPattern {
        let sample = String(decoding: body(0), as: UTF8.self)
        let head = """
            POST /v1/service-orders HTTP/1.1\r
            host: 127.0.0.1:\(port)\r
            authorization: Bearer \(token)\r
            x-request-id: \(requestIDPattern)\r
            x-conversation-id: bench-#\r
            content-type: application/json\r
            accept: application/json\r
            content-length: \(sample.utf8.count)\r
            \r

            """
        return RequestPattern(head + sample.replacing(String(address(0)), with: "#"))
    }

    static func bytes(_ number: Int, of pattern: RequestPattern) -> [UInt8] {
        pattern.bytes((number, 12), (number, 1), (address(number), 11))
    }

    /// An UPRN; always of eleven digits.
    private static func address(_ number: Int) -> Int { 10_090_000_001 + number % 1_000_000 }

    private static let requestIDStart = "0198c0de-0000-7000-8000-"

    static let requestIDPattern = requestIDStart + "#"

    static func requestID(_ number: Int) -> String {
        let digits = String(number)
        return requestIDStart + String(repeating: "0", count: 12 - digits.count) + digits
    }
}
