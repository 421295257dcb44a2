import Foundation

/// A JSON value as somebody sees it who has only the text.
struct JSONShape {
    let value: Any

    init?(_ data: Data) {
        guard let value = try? JSONSerialization.jsonObject(with: data, options: [.fragmentsAllowed]) else {
            return nil
        }
        self.value = value
    }

    init(_ value: Any) { self.value = value }

    subscript(name: String) -> JSONShape? { (value as? [String: Any])?[name].map { JSONShape($0) } }
    var text: String? { value as? String }
    var integer: Int? { value as? Int }
    var flag: Bool? { value as? Bool }
    var elements: [JSONShape]? { (value as? [Any])?.map { JSONShape($0) } }
    var names: [String] { (value as? [String: Any])?.keys.sorted() ?? [] }

    func without(_ names: String...) -> JSONShape {
        guard let object = value as? [String: Any] else { return self }
        return JSONShape(object.filter { !names.contains($0.key) })
    }

    func with(_ name: String, _ other: JSONShape) -> JSONShape {
        guard var object = value as? [String: Any] else { return self }
        object[name] = other.value
        return JSONShape(object)
    }

    /// The same text for the same value.
    var canonical: String {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .fragmentsAllowed]
        return (try? JSONSerialization.data(withJSONObject: value, options: options))
            .map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Which members two objects differ in, and how.
    func differences(from other: JSONShape) -> [String] {
        Set(names).union(other.names).sorted().compactMap { name in
            let (mine, theirs) = (self[name]?.canonical ?? "-", other[name]?.canonical ?? "-")
            return mine == theirs ? nil : "\(name): \(mine), not \(theirs)"
        }
    }
}
