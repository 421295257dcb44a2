import ArgumentParser

/// `patchbay supplier`: for who is, or wants to be, a supplier.
struct SupplierCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "supplier",
        abstract: "Suppliers of the Supplier API.",
        subcommands: [CheckSupplierCommand.self]
    )
}
