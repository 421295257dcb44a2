/// What a partner's messages are made of.
extension InstallationSchema {
    static let parts: [Definition] = [
        (
            "absent",
            #"{ "description": "In an optional field null and \"\" count as left out.", "enum": [null, ""] }"#
        ),
        (
            "moment",
            #"""
            {
              "description": "RFC 3339 with its offset; an offset without its colon is read all the same (X-31).",
              "type": "string",
              "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?([Zz]|[+-][0-9]{2}:?[0-9]{2})$"
            }
            """#
        ),
        ("phoneNumber", ##"{ "type": "string", "pattern": "^\\+?[0-9 \\t#-]{8,50}$" }"##),
        ("webAddress", #"{ "type": "string", "maxLength": 2000, "pattern": "^https?://[!-~]+$" }"#),
        (
            "jobHeader",
            #"""
            {
              "description": "In every message of a partner (G-121).",
              "type": "object",
              "required": ["ref", "providerJobId", "eventTime"],
              "properties": {
                "ref": { "description": "The operator's reference.", "type": "string", "minLength": 1, "maxLength": 36 },
                "providerJobId": { "type": "string", "minLength": 1, "maxLength": 50 },
                "notificationType": { "description": "Of notifyJob; ignored in closeJob." },
                "eventTime": { "$ref": "#/$defs/moment" },
                "sequence": { "anyOf": [{ "$ref": "#/$defs/absent" },
                  { "type": "integer", "minimum": 1, "maximum": 9999999999999999 }] }
              }
            }
            """#
        ),
        (
            "engineerDetails",
            #"""
            {
              "description": "G-122.",
              "type": "object",
              "required": ["engineerId", "name", "phoneNumber"],
              "properties": {
                "engineerId": { "type": "string", "minLength": 1, "maxLength": 36 },
                "name": { "type": "string", "minLength": 1, "maxLength": 100 },
                "phoneNumber": { "$ref": "#/$defs/phoneNumber" },
                "company": { "type": ["string", "null"], "maxLength": 100 },
                "vehicleRegistration": { "type": ["string", "null"], "maxLength": 20 },
                "photoUrl": { "anyOf": [{ "$ref": "#/$defs/absent" }, { "$ref": "#/$defs/webAddress" }] }
              }
            }
            """#
        ),
        (
            "location",
            #"""
            {
              "description": "G-123.",
              "type": "object",
              "required": ["latitude", "longitude", "capturedAt"],
              "properties": {
                "latitude": { "type": "number", "minimum": -90, "maximum": 90 },
                "longitude": { "type": "number", "minimum": -180, "maximum": 180 },
                "accuracyMetres": { "anyOf": [{ "$ref": "#/$defs/absent" },
                  { "type": "number", "minimum": 0, "maximum": 1000000 }] },
                "capturedAt": { "$ref": "#/$defs/moment" }
              }
            }
            """#
        ),
        (
            "ont",
            #"""
            {
              "description": "G-124. A wrong format of fsan or serialNumber is taken, and answered with result 6.",
              "type": "object",
              "required": ["fsan", "serialNumber", "vendor", "scannedAt"],
              "properties": {
                "fsan": { "type": "string", "minLength": 1, "maxLength": 64, "examples": ["ALCL0123ABCD"] },
                "serialNumber": { "type": "string", "minLength": 1, "maxLength": 64 },
                "vendor": { "enum": ["NOKIA", "CALIX"] },
                "model": { "type": ["string", "null"], "maxLength": 64 },
                "scannedAt": { "$ref": "#/$defs/moment" }
              }
            }
            """#
        ),
        (
            "answers",
            ##"{ "type": "array", "maxItems": 200, "items": { "$ref": "#/$defs/answer" } }"##
        ),
        (
            "answer",
            #"""
            {
              "description": "One answer of the question-based closure (I-030, G-127).",
              "type": "object",
              "required": ["question", "question_code", "answer", "response_received", "source"],
              "properties": {
                "question": { "description": "The matrix's text.", "type": "string", "minLength": 1, "maxLength": 500 },
                "question_code": { "type": "string", "pattern": "^[0-9]{1,10}$" },
                "answer": { "type": "string", "maxLength": 2000 },
                "response_received": { "$ref": "#/$defs/moment" },
                "source": {
                  "description": "Closure, in any case, is read as closeJob (X-32).",
                  "anyOf": [{ "enum": ["notifyJob", "closeJob"] },
                    { "type": "string", "pattern": "^[Cc][Ll][Oo][Ss][Uu][Rr][Ee]$" }]
                },
                "files": { "anyOf": [{ "$ref": "#/$defs/absent" },
                  { "type": "array", "maxItems": 50, "items": { "$ref": "#/$defs/file" } }] }
              }
            }
            """#
        ),
        (
            "file",
            #"""
            {
              "description": "A photograph or a document in the shared bucket (I-031, X-33).",
              "type": "object",
              "required": ["name", "object_path"],
              "properties": {
                "name": { "type": "string", "minLength": 1, "maxLength": 255 },
                "type": { "description": "Guessed from the name if absent.", "type": ["string", "null"], "maxLength": 127 },
                "object_path": { "type": "string", "minLength": 1, "maxLength": 2000,
                  "examples": ["s3://job-files/J701/light.jpg"] },
                "url": { "anyOf": [{ "$ref": "#/$defs/absent" }, { "$ref": "#/$defs/webAddress" }] }
              }
            }
            """#
        ),
    ]
}
