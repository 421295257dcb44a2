import Formats
import Testing

@Suite struct RPCTests {
    private func request(_ text: String) throws(RPCRefusal) -> RPCRequest {
        try RPCRequest(parsing: Array(text.utf8))
    }

    @Test func `a request is read`() throws {
        let request = try request(#"{"jsonrpc":"2.0","id":7,"method":"notifyJob","params":{"a":1}}"#)

        #expect(request.id == .integer(7))
        #expect(!request.isNotification)
        #expect(request.method == "notifyJob")
        #expect(request.jsonrpc == "2.0")
        #expect(request.params["a"]?.integer == 1)
    }

    @Test(arguments: [(#""x""#, RPCID.string("x")), ("-3", .integer(-3)), ("null", .null)])
    func `an id is an integer, a string or null`(json: String, id: RPCID) throws {
        #expect(try request(#"{"id":\#(json),"method":"m"}"#).id == id)
    }

    @Test(arguments: [
        (#"{"id":7}"#, RPCID.integer(7)), (#"{"method":3,"id":"a"}"#, .string("a")), ("{}", .null), ("[]", .null),
        ("", .null), (#"{"id":1.5}"#, .null), (#"{"id":{}}"#, .null), (#"[{"id":7}]"#, .null), (#"{"id":7"#, .null),
    ])
    func `an id is read of whatever has one`(json: String, id: RPCID) {
        #expect(RPCRequest.id(in: Array(json.utf8)) == id)
    }

    @Test func `a request without an id wants no answer, and one without params has none`() throws {
        let request = try request(#"{"method":"m"}"#)

        #expect(request.isNotification)
        #expect(request.params.kind == .object)
        #expect(request.params.count == 0)
        #expect(request.jsonrpc == nil)
    }

    @Test(
        arguments: [
            ("", -32700, RPCID.null), ("{", -32700, .null), (#"{"id":1,"id":2,"method":"m"}"#, -32700, .null),
            ("[]", -32600, .null), (#"[{"id":1,"method":"m"}]"#, -32600, .null), ("1", -32600, .null),
            ("null", -32600, .null),
            (#"{"id":1}"#, -32600, .integer(1)), (#"{"id":"x","method":7}"#, -32600, .string("x")),
            (#"{"id":1,"method":""}"#, -32600, .integer(1)),
            (#"{"id":1.5,"method":"m"}"#, -32600, .null), (#"{"id":true,"method":"m"}"#, -32600, .null),
            (#"{"id":{},"method":"m"}"#, -32600, .null),
            (#"{"id":9223372036854775808,"method":"m"}"#, -32600, .null),
            (#"{"id":1,"method":"m","params":"x"}"#, -32600, .integer(1)),
            (#"{"id":1,"method":"m","params":null}"#, -32600, .integer(1)),
            (#"{"id":1,"method":"m","jsonrpc":2.0}"#, -32600, .integer(1)),
        ] as [(String, Int, RPCID)]
    )
    func `what is no request is refused with the specification's code, and its id if it has one`(
        text: String,
        code: Int,
        id: RPCID
    ) {
        let refusal = #expect(throws: RPCRefusal.self) { try request(text) }

        #expect(refusal?.error.code == code)
        #expect(refusal?.id == id)
    }

    @Test func `replies are written in these bytes`() {
        let problem = Problem(pointer: "/params/x", code: .missing, message: "is missing")
        let written = [
            RPCReply.empty, RPCReply.success(.integer(1)),
            RPCReply.success(.string("a")) { writer in writer.object { $0.field("ok", true) } },
            RPCReply.failure(.null, RPCError(code: -32001, message: "Unknown \"ref\"")),
            RPCReply.failure(.integer(2), .invalidParams([problem])),
            RPCReply.failure(RPCRefusal(id: .null, error: RPCError(code: RPCError.parseError, message: "Parse error"))),
        ]

        #expect(
            written.map { String(decoding: $0, as: UTF8.self) } == [
                "{}", #"{"jsonrpc":"2.0","id":1,"result":{}}"#, #"{"jsonrpc":"2.0","id":"a","result":{"ok":true}}"#,
                #"{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Unknown \"ref\""}}"#,
                #"{"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"Invalid params","data":{"problems":[{"pointer":"/params/x","code":"missing","message":"is missing"}]}}}"#,
                #"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Parse error"}}"#,
            ]
        )
    }

    @Test func `an error is read back from its reply`() throws {
        let error = RPCError(code: -32002, message: "no", data: Array(#"{"a":[1]}"#.utf8))

        let reply = try JSONDocument(parsing: RPCReply.failure(.integer(1), error)).root

        #expect(reply["error"].flatMap(RPCError.init) == error)
    }
}
