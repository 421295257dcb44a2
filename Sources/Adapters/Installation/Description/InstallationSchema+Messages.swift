/// The messages of both directions, envelope and all (I-007, I-008).
extension InstallationSchema {
    static let messages: [Definition] =
        [
            request("notifyJob", "How the engineer's day goes (G-125).", params: "notifyJobParams"),
            request("closeJob", "How the visit ended (G-126).", params: "closeJobParams"),
            (
                "notifyJobParams",
                #"""
                {
                  "type": "object",
                  "oneOf": [{ "$ref": "#/$defs/engineerAssigned" }, { "$ref": "#/$defs/travelling" },
                    { "$ref": "#/$defs/ontScanned" }, { "$ref": "#/$defs/progress" }]
                }
                """#
            ),
            variant(
                "engineerAssigned",
                types: #""ENGINEER_ASSIGNED""#,
                required: #", "engineerDetails""#,
                fields: ##""engineerDetails": { "$ref": "#/$defs/engineerDetails" }"##
            ),
            variant(
                "travelling",
                types: #""EN_ROUTE", "ON_SITE""#,
                required: #", "location""#,
                fields: ##"""
                    "location": { "$ref": "#/$defs/location" },
                    "engineerDetails": { "anyOf": [{ "$ref": "#/$defs/absent" }, { "$ref": "#/$defs/engineerDetails" }] }
                    """##
            ),
            variant(
                "ontScanned",
                types: #""ONT_SCANNED""#,
                required: #", "ont""#,
                fields: ##""ont": { "$ref": "#/$defs/ont" }"##
            ),
            (
                "progress",
                #"""
                {
                  "type": "object",
                  "required": ["jobHeader", "questions_answers"],
                  "properties": {
                    "jobHeader": { "allOf": [{ "$ref": "#/$defs/jobHeader" }, { "type": "object",
                      "required": ["notificationType"], "properties": { "notificationType": { "enum": ["PROGRESS"] } } }] },
                    "questions_answers": { "$ref": "#/$defs/answers" }
                  }
                }
                """#
            ),
            closeJobParams,
            message("createJob", "The job pack (G-128).", content: "jobPack", response: "expectedAck"),
            message("cancelJob", "The job is taken back (G-129).", content: "cancellation", response: "expectedAck"),
            message("notifyJob", "What became of a scanned ONT (G-130).", content: "scannedOnt", response: "result"),
        ]

    private static let closeJobParams: Definition = (
        "closeJobParams",
        #"""
        {
          "type": "object",
          "required": ["jobHeader", "closureCode", "closedAt", "questions_answers"],
          "properties": {
            "jobHeader": { "$ref": "#/$defs/jobHeader" },
            "closureCode": { "description": "An unknown one counts as another reason (X-37).",
              "type": "string", "minLength": 1, "maxLength": 20 },
            "closureDescription": { "type": ["string", "null"], "maxLength": 500 },
            "secondaryClosureCode": { "description": "Must be known, and belong to closureCode (X-34).",
              "type": ["string", "null"], "maxLength": 20 },
            "secondaryClosureDescription": { "type": ["string", "null"], "maxLength": 500 },
            "closedAt": { "$ref": "#/$defs/moment" },
            "engineerDetails": { "anyOf": [{ "$ref": "#/$defs/absent" }, { "$ref": "#/$defs/engineerDetails" }] },
            "ont": { "anyOf": [{ "$ref": "#/$defs/absent" }, { "$ref": "#/$defs/ont" }] },
            "lightLevelDbm": { "anyOf": [{ "$ref": "#/$defs/absent" },
              { "type": "number", "minimum": -100, "maximum": 100 }] },
            "questions_answers": { "$ref": "#/$defs/answers" },
            "notes": { "type": ["string", "null"], "maxLength": 4000 }
          },
          "allOf": [
            {
              "$comment": "CON and POP say why (I-023).",
              "if": { "required": ["closureCode"], "properties": { "closureCode": { "enum": ["CON", "POP"] } } },
              "then": {
                "required": ["secondaryClosureCode", "secondaryClosureDescription"],
                "properties": { "secondaryClosureCode": { "type": "string", "minLength": 1 },
                  "secondaryClosureDescription": { "type": "string", "minLength": 1 } }
              }
            },
            {
              "$comment": "Only where nobody came was nothing asked (G-126).",
              "if": { "required": ["closureCode"], "properties": { "closureCode": { "enum": ["NTR", "MBORC", "FTA"] } } },
              "else": { "properties": { "questions_answers": { "minItems": 1 } } }
            }
          ]
        }
        """#
    )

    private static func request(_ method: String, _ text: String, params: String) -> Definition {
        (
            method + "Request",
            """
            {
              "description": "Partner to operator. \(text)",
              "type": "object",
              "required": ["id", "jsonrpc", "method", "params"],
              "properties": {
                "id": { "type": "integer", "minimum": -9999999999999999, "maximum": 9999999999999999 },
                "jsonrpc": { "const": "2.0" },
                "method": { "const": "\(method)" },
                "params": { "$ref": "#/$defs/\(params)" }
              }
            }
            """
        )
    }

    /// One of the variants of notifyJob, told apart by the header's type.
    private static func variant(_ name: String, types: String, required: String, fields: String) -> Definition {
        (
            name,
            """
            {
              "type": "object",
              "required": ["jobHeader"\(required)],
              "properties": {
                "jobHeader": { "allOf": [{ "$ref": "#/$defs/jobHeader" }, { "type": "object",
                  "required": ["notificationType"], "properties": { "notificationType": { "enum": [\(types)] } } }] },
                \(fields),
                "questions_answers": { "anyOf": [{ "$ref": "#/$defs/absent" }, { "$ref": "#/$defs/answers" }] }
              }
            }
            """
        )
    }

    private static func message(_ method: String, _ text: String, content: String, response: String) -> Definition {
        (
            method + "Message",
            """
            {
              "description": "Operator to partner; not JSON-RPC 2.0, and so without jsonrpc (X-28). \(text)",
              "type": "object",
              "required": ["id", "sent", "method", "ref", "content", "response"],
              "properties": {
                "id": { "type": "integer", "minimum": 0, "maximum": 9999999999999999 },
                "sent": { "$ref": "#/$defs/moment" },
                "method": { "const": "\(method)" },
                "ref": { "type": "string", "minLength": 1, "maxLength": 36, "examples": ["J701"] },
                "content": { "$ref": "#/$defs/\(content)" },
                "response": { "$ref": "#/$defs/\(response)" }
              }
            }
            """
        )
    }
}
