/// What an XML document may cost. How many bytes it may have is for whoever receives them to say.
package struct XMLLimits: Sendable {
    /// The deepest message of any contract has about ten levels, and an envelope two more.
    package var depthMax: Int
    /// Elements and attributes together; a message has a few hundred. This bounds memory to a few megabytes.
    package var nodesMax: Int
    /// Of one element, namespace declarations included: libxml2 compares each with each, so a flood costs seconds.
    package var attributesMax: Int

    package init(depthMax: Int = 64, nodesMax: Int = 50_000, attributesMax: Int = 64) {
        self.depthMax = depthMax
        self.nodesMax = nodesMax
        self.attributesMax = attributesMax
    }
}
