/// Addresses that we call, refused where they are set. They are given back as they are written: what staff wrote is what they read.
extension ObjectReader {
    /// Longer ones would only be a mistake, and they are stored and logged.
    package static let urlLength = 1...2_000

    package func requiredURL(_ key: String, schemes: [HTTPURL.Scheme] = [.https, .http]) -> String? {
        requiredString(key, length: Self.urlLength).flatMap { url($0, at: pointer(to: key), schemes) }
    }

    package func optionalURL(_ key: String, schemes: [HTTPURL.Scheme] = [.https, .http]) -> String? {
        optionalString(key, length: Self.urlLength).flatMap { url($0, at: pointer(to: key), schemes) }
    }

    /// Each element that is none is reported at its own place, and left out.
    package func requiredURLs(
        _ key: String,
        count: ClosedRange<Int>,
        schemes: [HTTPURL.Scheme] = [.https, .http]
    ) -> [String]? {
        requiredArray(key, count: count)?.compactMap { value, pointer in
            string(value, at: pointer, length: Self.urlLength, pattern: nil).flatMap { url($0, at: pointer, schemes) }
        }
    }

    private func url(_ text: String, at pointer: String, _ schemes: [HTTPURL.Scheme]) -> String? {
        do {
            _ = try HTTPURL(text, schemes: schemes)
            return text
        } catch {
            problems.report(.pattern, at: pointer, error.reason)
            return nil
        }
    }
}
