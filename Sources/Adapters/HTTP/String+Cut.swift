extension String {
    /// No longer than a contract allows, in the scalars that contracts count.
    func cut(to characters: Int) -> String {
        var cut = String()
        cut.unicodeScalars.append(contentsOf: unicodeScalars.prefix(characters))
        return cut
    }
}
