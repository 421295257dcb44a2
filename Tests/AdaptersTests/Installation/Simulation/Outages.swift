import Foundation

/// When which endpoints are down: hours of 503, a day of silence of a whole partner, two endpoints that fail by turns; and
/// in some seeds days in which a partner hears everything and cannot answer, longer than anything is tried.
enum Outages {
    static func hosts(of partner: String) -> [String] {
        let name = partner.lowercased()
        return partner == "PARTNER3" ? ["one.\(name).invalid"] : ["one.\(name).invalid", "two.\(name).invalid"]
    }

    static func planted(by chance: Chance) -> [FaultyWire.Outage] {
        var outages: [FaultyWire.Outage] = []
        func add(_ host: String, _ from: Date, hours: Int, _ kind: FaultyWire.Outage.Kind) {
            let until = from + Double(hours) * 3_600
            outages.append(FaultyWire.Outage(host: host, from: from, until: until, kind: kind))
        }
        func moment(_ what: String) -> Date { JobDeskBench.start + Double(chance.draw(48, what)) * 3_600 }

        let silent = chance.pick(["PARTNER1", "PARTNER2", "PARTNER3"], "who is silent for a day")
        let silence = moment("silence")
        for host in hosts(of: silent) { add(host, silence, hours: 24, .silent) }
        add("one.partner3.invalid", moment("503"), hours: 2 + chance.draw(8, "hours of 503"), .unavailable)
        // For two days one of them is always down, and never the same for long.
        let turns = JobDeskBench.start + Double(chance.draw(12, "turns")) * 3_600
        for hour in 0..<48 {
            let host = hosts(of: "PARTNER1")[hour % 2]
            add(host, turns + Double(hour) * 3_600, hours: 1, hour % 4 < 2 ? .silent : .unavailable)
        }
        guard chance.draw(3, "whose answers are lost for days") == 0 else { return outages }
        for host in hosts(of: "PARTNER2") { add(host, moment("unanswering"), hours: 100, .unanswering) }
        return outages
    }
}
