/// What either side answers (G-132, X-29, X-30).
extension InstallationSchema {
    static let answers: [Definition] = [
        (
            "operatorAnswer",
            #"""
            {
              "description": "Operator to partner: taken, or an error of JSON-RPC.",
              "oneOf": [{ "$ref": "#/$defs/empty" }, { "$ref": "#/$defs/taken" }, { "$ref": "#/$defs/refusal" }]
            }
            """#
        ),
        (
            "partnerAnswer",
            #"""
            {
              "description": "Partner to operator. With {} the first jobHeader brings providerJobId (X-29).",
              "oneOf": [
                { "$ref": "#/$defs/empty" },
                { "type": "object", "required": ["providerJobId"], "additionalProperties": false,
                  "properties": { "providerJobId": { "type": "string", "minLength": 1, "maxLength": 50 } } },
                { "$ref": "#/$defs/taken" },
                { "$ref": "#/$defs/refusal" },
                { "$ref": "#/$defs/notifyJobMessage" }
              ]
            }
            """#
        ),
        ("empty", #"{ "description": "As published (I-009).", "type": "object", "maxProperties": 0 }"#),
        (
            "taken",
            #"""
            {
              "description": "By profile.",
              "type": "object",
              "required": ["jsonrpc", "id", "result"],
              "properties": {
                "jsonrpc": { "const": "2.0" },
                "id": { "type": "integer" },
                "result": { "type": "object",
                  "properties": { "providerJobId": { "type": "string", "minLength": 1, "maxLength": 50 } } }
              }
            }
            """#
        ),
        (
            "refusal",
            #"""
            {
              "type": "object",
              "required": ["jsonrpc", "id", "error"],
              "properties": {
                "jsonrpc": { "const": "2.0" },
                "id": { "type": ["integer", "string", "null"] },
                "error": {
                  "type": "object",
                  "required": ["code", "message"],
                  "properties": {
                    "code": { "type": "integer", "examples": [-32602] },
                    "message": { "type": "string" },
                    "data": {
                      "type": "object",
                      "properties": {
                        "problems": { "type": "array", "items": { "$ref": "#/$defs/problem" } },
                        "detail": { "type": "string" },
                        "reference": { "description": "Finds our fault in our log.", "type": "string" }
                      }
                    }
                  }
                }
              }
            }
            """#
        ),
        (
            "problem",
            #"""
            {
              "type": "object",
              "required": ["pointer", "code", "message"],
              "properties": {
                "pointer": { "description": "RFC 6901, from the message's root.", "type": "string" },
                "code": { "enum": ["missing", "wrongType", "empty", "tooShort", "tooLong", "pattern", "notAllowed",
                  "outOfRange", "duplicate", "unknownField", "rule"] },
                "message": { "type": "string" }
              }
            }
            """#
        ),
    ]
}
