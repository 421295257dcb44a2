import HTTPTypes

extension HTTPFields {
    /// A field's value, as the subscript gives it; without a join where it is there once, as nearly all are.
    func value(of name: HTTPField.Name) -> String? {
        var found: String?
        for field in self where field.name == name {
            guard found == nil else { return self[name] }
            found = field.value
        }
        return found
    }
}
