import Foundation

/// A JSON document in which one to three values are others: what staff may write by mistake, and what somebody may write on purpose.
package enum HostileJSON {
    /// Fragments of JSON, also such as no library would write.
    private static let values = [
        // addresses
        #""http://127.0.0.2:66000/""#, #""http://127.0.0.1:1/""#, #""http://127.0.0.1:0""#, #""http://[::1]:70000/a""#,
        #""http://localhost:99999999999999999999/""#, #""HTTP://LOCALHOST:1/A?b=c""#, #""https://u:p@localhost:1/""#,
        #""http://localhost:1/#x""#, #""http://localhost:1?""#, #""http://localhost:1/%zz""#,
        #""http://localhost:1/a b""#,
        #""http://localhost:1/{}|\\^`é""#, #""http://[::ffff:127.0.0.1]:1""#, #""http://[:::]:1""#,
        #""http://127.1:1""#, #""http://.:1""#,
        #""http://bücher.invalid/""#, #""http://a..b""#, #""http://""#, #""https://localhost.:1/""#,
        #""http+unix://%2Ftmp%2Fs/""#,
        #""unix:///tmp/s""#, #""http://localhost\u0000:1/""#, #""http://localhost\r\nX: y""#, #""ftp://x""#,
        // numbers
        "0", "-1", "1", "65535", "65536", "36500", "36501", "9007199254740993", "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808", "18446744073709551616", "1e400", "1.5", "1e3", "-0", "999999999999",
        "99999999999999999999999999",
        // ranges, patterns, names
        #""0.0.0.0/0""#, #""192.0.2.0/99999999999999999999""#, #""192.0.2.0/-1""#, #""::/129""#, #""::ffff:0:0/95""#,
        #""::1/""#, #""/8""#,
        #""^[A-Z]{99999999999999999999}$""#, #""^[A-Z]{0}$""#, #""^[Z-A]{1}$""#, #""[""#, #""^(a+)+$""#, #""a..b""#,
        #""...""#, #""-""#,
        #""whsec_""#, #""s3://a/b""#, #""../../etc/passwd""#, #""/dev/zero""#, #""/""#,
        #""-----BEGIN CERTIFICATE-----""#,
        #""-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n""#, #""a:b""#, #""\u0000""#, #""\u202e""#,
        #""é""#, #""é""#, #"" ""#,
        #""""#, #""*""#, #""all""#, #""oauth2""#, #""QQ1 2""#, #""round-robin""#,
        // shapes
        "null", "true", "[]", "{}", "[[]]", #"["a","a"]"#, "[null]", #"{"a":{"b":{"c":[1,2,3]}}}"#, #"[1,"a",true]"#,
    ]

    /// - Parameter document: an object or an array.
    package static func mutated(_ document: String, _ chance: inout SeededBytes) throws -> String {
        var tree = try JSONSerialization.jsonObject(with: Data(document.utf8))
        let count = Int.random(in: 1...3, using: &chance)
        for number in 0..<count { tree = replacing(in: tree, with: "@@\(number)@@", &chance) }
        var text = String(decoding: try JSONSerialization.data(withJSONObject: tree), as: UTF8.self)
        for number in 0..<count {
            text = text.replacingOccurrences(of: "\"@@\(number)@@\"", with: fragment(&chance))
        }
        return text
    }

    private static func fragment(_ chance: inout SeededBytes) -> String {
        switch Int.random(in: 0..<12, using: &chance) {
        case 0: "\"" + String(repeating: "a", count: Int.random(in: 1...3_000, using: &chance)) + "\""
        case 1:
            "[" + [String](repeating: values.randomElement(using: &chance) ?? "1", count: 9).joined(separator: ",")
                + "]"
        case _: values.randomElement(using: &chance) ?? "null"
        }
    }

    /// One value anywhere in the tree; its outermost stays, for all else would be refused at once.
    private static func replacing(
        in tree: Any,
        with mark: String,
        isOutermost: Bool = true,
        _ chance: inout SeededBytes
    ) -> Any {
        let goesOn = isOutermost || Int.random(in: 0..<4, using: &chance) > 0
        if goesOn, var object = tree as? [String: Any], let key = object.keys.sorted().randomElement(using: &chance) {
            object[key] = replacing(in: object[key] ?? "", with: mark, isOutermost: false, &chance)
            return object
        }
        if goesOn, var array = tree as? [Any], let index = array.indices.randomElement(using: &chance) {
            array[index] = replacing(in: array[index], with: mark, isOutermost: false, &chance)
            return array
        }
        return mark
    }
}
