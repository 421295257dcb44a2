/// What the operator's messages are made of.
extension InstallationSchema {
    static let pack: [Definition] = [
        (
            "jobPack",
            #"""
            {
              "type": "object",
              "required": ["jobType", "serviceId", "orderReference", "productName", "appointment", "customer", "address",
                "propertyFlags", "network", "ont", "engineerTasks", "attachments", "s3"],
              "properties": {
                "jobType": { "enum": ["INSTALL", "REVISIT", "EXTERNAL", "CIVILS"] },
                "serviceId": { "type": "string", "minLength": 1, "maxLength": 50 },
                "orderReference": { "type": "string", "minLength": 1, "maxLength": 50 },
                "productName": { "type": "string", "minLength": 1, "maxLength": 254 },
                "appointment": { "$ref": "#/$defs/appointment" },
                "customer": { "$ref": "#/$defs/customer" },
                "address": { "$ref": "#/$defs/address" },
                "propertyFlags": { "description": "I-040.", "type": "array", "maxItems": 50,
                  "items": { "enum": ["CHP", "DAN", "DTL", "SUR", "MDU", "WSD"] } },
                "network": {
                  "type": "object",
                  "properties": {
                    "pop": { "type": "string", "maxLength": 64 },
                    "node": { "type": "string", "maxLength": 64 },
                    "port": { "type": "string", "maxLength": 64 },
                    "expectedLightDbm": { "type": "number", "minimum": -100, "maximum": 100 }
                  }
                },
                "ont": {
                  "type": "object",
                  "required": ["vendor", "supplied"],
                  "properties": {
                    "vendor": { "enum": ["NOKIA", "CALIX"] },
                    "model": { "type": "string", "maxLength": 64 },
                    "supplied": { "description": "The partner brings it.", "type": "boolean" }
                  }
                },
                "engineerTasks": { "type": "array", "maxItems": 50, "items": { "type": "string", "maxLength": 50 } },
                "hazards": { "type": "string", "maxLength": 10000 },
                "onSiteRestrictions": { "type": "string", "maxLength": 10000 },
                "notes": { "type": "string", "maxLength": 10000 },
                "attachments": { "type": "array", "maxItems": 100, "items": {
                  "type": "object",
                  "required": ["name", "type", "url"],
                  "properties": {
                    "name": { "type": "string", "minLength": 1, "maxLength": 255 },
                    "type": { "type": "string", "minLength": 1, "maxLength": 127 },
                    "url": { "$ref": "#/$defs/webAddress" }
                  }
                } },
                "s3": {
                  "description": "Where operator and partner share files (I-031).",
                  "type": "object",
                  "required": ["bucket", "prefix"],
                  "properties": {
                    "bucket": { "type": "string", "minLength": 1, "maxLength": 255 },
                    "prefix": { "type": "string", "minLength": 1, "maxLength": 1000 }
                  }
                }
              }
            }
            """#
        ),
        (
            "appointment",
            #"""
            {
              "type": "object",
              "required": ["appointmentReservationKey", "appointmentDate", "appointmentStartTime", "appointmentEndTime"],
              "properties": {
                "appointmentReservationKey": { "type": "string", "minLength": 1, "maxLength": 64 },
                "appointmentDate": { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
                "appointmentStartTime": { "description": "Of the day in London.",
                  "type": "string", "pattern": "^[0-9]{2}:[0-9]{2}$" },
                "appointmentEndTime": { "type": "string", "pattern": "^[0-9]{2}:[0-9]{2}$" }
              }
            }
            """#
        ),
        (
            "customer",
            #"""
            {
              "type": "object",
              "required": ["name"],
              "properties": {
                "name": { "type": "string", "minLength": 1, "maxLength": 500 },
                "phoneNumber": { "$ref": "#/$defs/phoneNumber" },
                "alternatePhoneNumber": { "$ref": "#/$defs/phoneNumber" },
                "email": { "type": "string", "maxLength": 254 }
              }
            }
            """#
        ),
        (
            "address",
            #"""
            {
              "type": "object",
              "required": ["lines"],
              "properties": {
                "uprn": { "type": "string", "pattern": "^[0-9]{1,12}$" },
                "lines": { "type": "array", "minItems": 1, "maxItems": 5,
                  "items": { "type": "string", "minLength": 1, "maxLength": 254 } },
                "postcode": { "type": "string", "maxLength": 10 },
                "latitude": { "type": "number", "minimum": -90, "maximum": 90 },
                "longitude": { "type": "number", "minimum": -180, "maximum": 180 }
              }
            }
            """#
        ),
        (
            "expectedAck",
            #"{ "description": "Readers ignore it (G-131).", "type": "object", "properties": { "expected": { "const": "ack" } } }"#
        ),
        (
            "cancellation",
            #"""
            {
              "type": "object",
              "required": ["reasonCode", "cancelledAt"],
              "properties": {
                "providerJobId": { "type": "string", "minLength": 1, "maxLength": 50 },
                "reasonCode": { "enum": ["CUSTOMER_CANCELLED", "ORDER_AMENDED", "REAPPOINTED", "OPERATOR_WITHDRAWN", "OTHER"] },
                "reasonText": { "type": "string", "maxLength": 500 },
                "cancelledAt": { "$ref": "#/$defs/moment" },
                "force": { "description": "Ours: cancelled whatever the answer is.", "type": "boolean" }
              }
            }
            """#
        ),
        (
            "scannedOnt",
            #"""
            {
              "type": "object",
              "required": ["eventTime"],
              "properties": {
                "providerJobId": { "type": "string", "minLength": 1, "maxLength": 50 },
                "fsan": { "type": "string", "minLength": 1, "maxLength": 64 },
                "serialNumber": { "type": "string", "minLength": 1, "maxLength": 64 },
                "ontVendor": { "enum": ["NOKIA", "CALIX"] },
                "eventTime": { "$ref": "#/$defs/moment" }
              }
            }
            """#
        ),
        (
            "result",
            #"""
            {
              "description": "I-041: 1 provisioned, 2 light, 3 failed, 4 tried again, 5 device type, 6 format, 7 duplicate.",
              "type": "object",
              "required": ["id", "success", "details"],
              "properties": {
                "id": { "type": "integer", "minimum": 1, "maximum": 7 },
                "success": { "type": "boolean" },
                "details": { "type": "string", "maxLength": 500 },
                "retryAt": { "$ref": "#/$defs/moment" }
              },
              "allOf": [
                { "if": { "required": ["id"], "properties": { "id": { "const": 4 } } }, "then": { "required": ["retryAt"] } },
                { "if": { "required": ["id"], "properties": { "id": { "enum": [1, 2] } } },
                  "then": { "properties": { "success": { "const": true } } },
                  "else": { "properties": { "success": { "const": false } } } }
              ]
            }
            """#
        ),
    ]
}
