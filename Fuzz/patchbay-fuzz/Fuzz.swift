/// Feeds bytes of chance to everything that reads a stranger's bytes: XML with its schemas and envelopes, JSON, JSON-RPC.
///
/// A crash, a leak, a read outside memory (`-sanitize=address`), a hang, or a broken promise of ``Promises`` is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: data, count: size)
    Promises.ofXML(bytes)
    Promises.ofJSON(bytes)
    return 0
}

/// SwiftPM makes this symbol the program's `main`; libFuzzer's own would do the same.
@_cdecl("patchbay_fuzz_main")
func main(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> CInt {
    var (count, arguments) = (count, arguments)
    return driver(&count, &arguments, fuzz)
}

private typealias Target = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

@_silgen_name("LLVMFuzzerRunDriver")
private func driver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ target: Target
) -> CInt
