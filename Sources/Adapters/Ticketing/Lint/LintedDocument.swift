import Formats

/// A parsed document with the path and the place of every element.
struct LintedDocument {
    struct Spot {
        let path: String
        let place: XMLPlaces.Place
        /// In document order, from 0.
        let number: Int
    }

    let root: XMLElement
    private var spots: [XMLElement: Spot] = [:]

    init(_ document: XMLDocument, bytes: [UInt8]) {
        root = document.root
        let places = XMLPlaces(wellFormed: bytes).startTags
        add(root, path: "/" + root.name, places)
    }

    /// What is not of this document is taken for its root: libxml2 names no element for a root that it does not know.
    subscript(element: XMLElement) -> Spot {
        spots[element] ?? Spot(path: "/" + root.name, place: XMLPlaces.Place(line: element.line, column: 0), number: 0)
    }

    /// Recursion ends with ``XMLLimits/depthMax``.
    private mutating func add(_ element: XMLElement, path: String, _ places: [XMLPlaces.Place]) {
        let number = spots.count
        let place = number < places.count ? places[number] : XMLPlaces.Place(line: element.line, column: 0)
        spots[element] = Spot(path: path, place: place, number: number)
        let children = Array(element.children)
        var totals: [String: Int] = [:]
        for child in children { totals[child.name, default: 0] += 1 }
        var seen: [String: Int] = [:]
        for child in children {
            seen[child.name, default: 0] += 1
            let repeats = totals[child.name, default: 1] > 1
            add(child, path: "\(path)/\(child.name)" + (repeats ? "[\(seen[child.name, default: 1])]" : ""), places)
        }
    }
}
