import Formats
import Testing

@Suite struct RPCAnswerTests {
    /// Each is a refusal, whatever its spelling.
    @Test(
        arguments: [
            (#"{"error":{"code":"-32602"}}"#, -32602, nil), (#"{"error":"no capacity"}"#, nil, "no capacity"),
            (#"{"error":{}}"#, nil, nil), (#"{"error":{"code":-32000.0}}"#, -32000, nil),
            (#"{"error":{"code":-3.2e4,"message":"x"}}"#, -32000, "x"),
            (#"{"error":{"code":99999999999999999999,"message":"x"}}"#, nil, "code 99999999999999999999: x"),
            (#"{"error":{"code":-32000.5,"message":"x"}}"#, nil, "x"), (#"{"error":[]}"#, nil, nil),
            (#"{"error":-32001}"#, -32001, nil), (#"{"error":true}"#, nil, nil), (#"{"error":""}"#, nil, nil),
            (#"{"jsonrpc":"2.0","id":5,"result":null,"error":{"code":1,"message":"a\nb"}}"#, 1, "a b"),
            (#"{"result":{"error":{"code":7,"message":"late"}}}"#, 7, "late"),
            (#"{"success":false,"message":"no"}"#, nil, "no"), (#"{"result":{"success":false}}"#, nil, nil),
            ("\u{FEFF}" + #"{"error":"x"}"#, nil, "x"),
        ] as [(String, Int?, String?)]
    )
    func `an error is a refusal`(body: String, code: Int?, words: String?) throws {
        let content = try AnswerContent.read(Array(body.utf8))

        guard case .refusal(let refusal) = RPCAnswer(content).content else {
            Issue.record("no refusal: \(body)")
            return
        }

        #expect(refusal.code == code)
        #expect(refusal.words == words)
    }

    @Test(arguments: [
        "", " \n", "{}", "{ }", #"{"providerJobId":"P"}"#, #"{"result":{}}"#,
        #"{"jsonrpc":"2.0","id":1,"result":null}"#,
        #"{"error":null,"result":{}}"#, #"{"error":false,"id":1}"#, #"{"method":"notifyJob","ref":"J1","content":{}}"#,
    ])
    func `what says nothing else is a success`(body: String) {
        guard case .success = RPCAnswer(Array(body.utf8)).content else {
            Issue.record("no success: \(body)")
            return
        }
    }

    @Test(arguments: [
        "OK", "<h1>login</h1>", "[]", "null", #"{"result":{}"#, #"{"status":"REJECTED"}"#, #"{"errors":["no"]}"#,
        "\u{0}",
        #"{"result":1}{"result":2}"#,
    ])
    func `what is nothing of JSON-RPC is unreadable`(body: String) {
        guard case .unreadable = RPCAnswer(Array(body.utf8)).content else {
            Issue.record("readable: \(body)")
            return
        }
    }

    @Test func `an answer says what it answers, and a message of its own names its job`() {
        #expect(RPCAnswer(Array(#"{"id":"5","result":{}}"#.utf8)).id == "5")
        #expect(RPCAnswer(Array(#"{"id":null,"error":{}}"#.utf8)).id == nil)
        let message = RPCAnswer(Array(#"{"id":3,"method":"notifyJob","ref":"J7","content":{}}"#.utf8))
        #expect(message.id == nil)
        #expect(message.reference == "J7")
    }
}
