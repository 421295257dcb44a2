import Glibc

/// Feeds bytes of chance to everything that reads another party's bytes, one ``Target`` a run, or all of them.
///
/// A crash, a leak, a read outside memory (`-sanitize=address`), a hang, or a broken promise of ``Promises`` is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: data, count: size)
    for target in Target.chosen { target.read(bytes) }
    return 0
}

/// What is read. `scripts/fuzz` runs each for its share of the time, with a corpus of its own.
enum Target: String, CaseIterable {
    case xml, json
    case rpcRequest = "rpc-request"
    case rpcReply = "rpc-reply"
    case receipt
    case httpDate = "http-date"
    case httpHead = "http-head"
    case url, token, jwks, content

    /// Those that `PATCHBAY_FUZZ_TARGET` names; all, where it names none.
    static let chosen: [Target] = {
        guard let name = getenv("PATCHBAY_FUZZ_TARGET").map({ String(cString: $0) }), !name.isEmpty else {
            return allCases
        }
        guard let target = Target(rawValue: name) else {
            fatalError("no target \(name): \(allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return [target]
    }()

    func read(_ bytes: UnsafeRawBufferPointer) {
        switch self {
        case .xml: Promises.ofXML(bytes)
        case .json: Promises.ofJSON(Array(bytes))
        case .rpcRequest: Promises.ofRPCRequest(Array(bytes))
        case .rpcReply: Promises.ofRPCReply(Array(bytes))
        case .receipt: Promises.ofReceipt(Array(bytes))
        case .httpDate: Promises.ofHTTPDate(String(decoding: bytes, as: UTF8.self))
        case .httpHead: Promises.ofHTTPHead(String(decoding: bytes, as: UTF8.self))
        case .url: Promises.ofURL(String(decoding: bytes, as: UTF8.self))
        case .token: Promises.ofToken(Array(bytes))
        case .jwks: Promises.ofKeys(Array(bytes))
        case .content: Promises.ofContent(Array(bytes))
        }
    }
}

/// SwiftPM makes this symbol the program's `main`; libFuzzer's own would do the same.
@_cdecl("patchbay_fuzz_main")
func main(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> CInt {
    var (count, arguments) = (count, arguments)
    return driver(&count, &arguments, fuzz)
}

private typealias Input = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

@_silgen_name("LLVMFuzzerRunDriver")
private func driver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ target: Input
) -> CInt
