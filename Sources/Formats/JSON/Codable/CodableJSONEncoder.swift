/// Encodes `Encodable` values as JSON: stored aggregates, effects, configuration.
///
/// Dates are integer milliseconds since 1970, `Data` is Base64, nil properties are left out. The same value always
/// gives the same bytes: dictionaries and sets are written sorted.
///
/// One flat buffer and no tree, so a container can be written to only until its parent is written to again.
/// Swift's synthesised code never does otherwise; code that does gets an error. `codingPath` is always empty.
package struct CodableJSONEncoder: Sendable {
    package init() {}

    package func encode<T: Encodable>(_ value: T) throws -> [UInt8] {
        let sink = JSONSink()
        try sink.write(value)
        return sink.bytes
    }
}
