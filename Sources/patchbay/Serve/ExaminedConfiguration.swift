import Adapters
import Formats
import FoundationEssentials

/// A configuration file with everything that is wrong: in the file, and with what it names.
struct ExaminedConfiguration: Sendable {
    let findings: [Finding]

    var isGood: Bool { !findings.contains { $0.severity == .error } }

    /// - Parameter withNames: whether the hosts that it names are looked up; else only this machine is looked at.
    init(
        at path: String,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        withNames: Bool,
        check: (NamedParts) -> ConfigurationCheck = { ConfigurationCheck($0) }
    ) async {
        let file: ConfigurationFile
        do {
            file = try ConfigurationFile(at: path, environment: environment)
        } catch {
            findings = error.findings
            return
        }
        var found: [Finding] = []
        do { _ = try HouseFile(file) } catch { found = error.findings }
        found += await check(file.parts).findings()
        if withNames { found += await NameCheck().findings(file.parts.called) }
        findings = found
    }
}

extension ConfigurationFile.Refused {
    fileprivate var findings: [Finding] {
        reasons.map { reason in
            let place = reason.prefix { $0 != " " }
            guard place.hasPrefix("/") else { return Finding(.error, "", reason, nil) }
            return Finding(.error, String(place), String(reason.dropFirst(place.count + 1)), nil)
        }
    }
}

extension Finding {
    /// For a person, on one line.
    var line: String {
        let words = (severity == .warning ? "warning: " : "") + (place.isEmpty ? seen : "\(place)\(joint)\(seen)")
        return TerminalText.harmless(words + (advice.map { ". \($0)" } ?? ""))
    }

    /// What is wrong with the file's own words goes on from the place: `/plain/port must be …`.
    private var joint: String { advice == nil ? " " : ": " }

    /// One document: `{"configuration", "ok", "findings": [{"severity", "place", "seen", "advice"}]}`.
    static func json(_ findings: [Finding], of path: String) -> String {
        JSONWriter.string { json in
            json.object { json in
                json.field("configuration", path)
                json.field("ok", !findings.contains { $0.severity == .error })
                json.array("findings") { json in
                    for finding in findings {
                        json.object { json in
                            json.field("severity", finding.severity.rawValue)
                            json.field("place", finding.place)
                            json.field("seen", finding.seen)
                            json.field("advice", finding.advice)
                        }
                    }
                }
            }
        }
    }
}
