import Domain
import Engine
import Foundation
import Testing

@testable import Adapters

/// The bytes of every message, both ways.
@Suite struct InstallationGoldenTests {
    @Test func `createJob carries the whole pack`() async throws {
        try await InstallationBench.with { bench in
            let id = try await bench.givenJob()

            #expect(
                try await bench.dispatched(id) == [
                    #"{"id":1,"sent":"2026-01-09T12:00:00+00:00","method":"createJob","ref":"J701","content":{"#
                        + #""jobType":"INSTALL","serviceId":"S2000001","orderReference":"SO7","productName":"ftthl2r","#
                        + #""appointment":{"appointmentReservationKey":"ABCDEFGHJKLMNPQRSTUVWXYZ23456789","#
                        + #""appointmentDate":"2026-01-09","appointmentStartTime":"12:00","appointmentEndTime":"16:00"},"#
                        + #""customer":{"name":"Robin Example","phoneNumber":"07700 900123","email":"robin@example.com"},"#
                        + #""address":{"uprn":"10090000001","lines":["UPRN 10090000001"]},"propertyFlags":["CHP"],"#
                        + #""network":{},"ont":{"vendor":"NOKIA","supplied":true},"engineerTasks":["INSTALL_ROUTER"],"#
                        + #""hazards":"A goose","attachments":[],"s3":{"bucket":"job-files","prefix":"J701/"}},"#
                        + #""response":{"expected":"ack"}}"#
                ]
            )
        }
    }

    @Test func `cancelJob names the partner's number and the reason`() async throws {
        try await InstallationBench.with { bench in
            let id = try await bench.givenJob()
            for input in [
                InstallationJob.Input.partnerAnswered(providerJobId: "P-1"), .withdrawn(reason: .customerCancelled),
            ] {
                try await bench.exchange.tell(.installationJob(id: id, input: input), Cause("test", by: "test"))
            }

            #expect(
                try await bench.dispatched(id).last?.replacing(/^{"id":[0-9]+,/, with: "{")
                    == #"{"sent":"2026-01-09T12:00:00+00:00","method":"cancelJob","ref":"J701","content":{"#
                    + #""providerJobId":"P-1","reasonCode":"CUSTOMER_CANCELLED","#
                    + #""cancelledAt":"2026-01-09T12:00:00+00:00"},"response":{"expected":"ack"}}"#
            )
        }
    }

    @Test func `the operator's notifyJob has the device in its content and the result in its response`() async throws {
        try await InstallationBench.with { bench in
            let id = try await bench.givenJobOnSite()
            let wrong = ScannedDevice(
                fsan: "ALCL0123ABCD",
                serialNumber: "1",
                vendor: .nokia,
                scannedAt: InstallationBench.noon
            )
            _ = try await bench.post("notifyJob", notify(.ontScanned(device: wrong)).bytes(id: 9))

            #expect(
                try await bench.dispatched(id).last?.replacing(/^{"id":[0-9]+,/, with: "{")
                    == #"{"sent":"2026-01-09T12:00:00+00:00","method":"notifyJob","ref":"J701","content":{"#
                    + #""providerJobId":"P-1","fsan":"ALCL0123ABCD","serialNumber":"1","ontVendor":"NOKIA","#
                    + #""eventTime":"2026-01-09T12:00:00+00:00"},"response":{"id":6,"success":false,"details":"#
                    + #""ONT Provision Failed. Incorrect provisioning details entered. FSAN or Serial Number "#
                    + #"incorrect"}}"#
            )
        }
    }

    @Test func `result 4 says when it is tried again`() throws {
        var job = try InstallationJob(id: ID(701), pack: .sample(), at: InstallationBench.noon)
        job.updated = InstallationBench.noon
        let noon = InstallationBench.noon
        let result = ProvisioningResult(outcome: .retrying, at: noon, retryAt: noon + 300)

        let bytes = ProvisioningNotice.spell(job, result, sent: noon)

        #expect(
            String(decoding: bytes, as: UTF8.self).contains(
                #""response":{"id":4,"success":false,"details":"Delay – Retrying in 5 minutes","#
                    + #""retryAt":"2026-01-09T12:05:00+00:00"}"#
            )
        )
    }

    @Test func `the engineer's day as a partner sends it`() {
        let answer = QuestionAnswer(
            question: "Was the light green?",
            code: "1100",
            answer: "Yes",
            received: InstallationBench.noon,
            source: .closeJob,
            files: [.init(name: "light.jpg", type: "image/jpeg", objectPath: "s3://job-files/J701/light.jpg")]
        )
        let messages = [
            notify(.engineerAssigned(engineer: .sam)).bytes(id: 1),
            notify(.enRoute(location: .here, engineer: nil)).bytes(id: 2),
            notify(.ontScanned(device: .good)).bytes(id: 3),
            notify(.progress).bytes(id: 4),
            CloseJob(
                header: header,
                closing: ClosingReport(
                    code: ClosureCode("SP"),
                    codeDescription: "Service Provided",
                    closedAt: InstallationBench.noon,
                    lightLevelDbm: -18.5,
                    answers: [answer]
                )
            ).bytes(id: 5),
        ].map { String(decoding: $0, as: UTF8.self) }

        let head = #""jobHeader":{"ref":"J701","providerJobId":"P-1","#
        let time = #""2026-01-09T12:00:00+00:00""#
        #expect(
            messages == [
                #"{"id":1,"jsonrpc":"2.0","method":"notifyJob","params":{"# + head
                    + #""notificationType":"ENGINEER_ASSIGNED","eventTime":\#(time)},"#
                    + #""engineerDetails":{"engineerId":"E1","name":"Sam Sample","phoneNumber":"07700 900456"}}}"#,
                #"{"id":2,"jsonrpc":"2.0","method":"notifyJob","params":{"# + head
                    + #""notificationType":"EN_ROUTE","eventTime":\#(time)},"#
                    + #""location":{"latitude":51.5,"longitude":-0.125,"capturedAt":\#(time)}}}"#,
                #"{"id":3,"jsonrpc":"2.0","method":"notifyJob","params":{"# + head
                    + #""notificationType":"ONT_SCANNED","eventTime":\#(time)},"#
                    + #""ont":{"fsan":"ALCL0123ABCD","serialNumber":"SN-000001","vendor":"NOKIA","scannedAt":\#(time)}}}"#,
                #"{"id":4,"jsonrpc":"2.0","method":"notifyJob","params":{"# + head
                    + #""notificationType":"PROGRESS","eventTime":\#(time)},"questions_answers":[]}}"#,
                #"{"id":5,"jsonrpc":"2.0","method":"closeJob","params":{"# + head
                    + #""eventTime":\#(time)},"closureCode":"SP","closureDescription":"Service Provided","#
                    + #""closedAt":\#(time),"lightLevelDbm":-18.5,"questions_answers":[{"#
                    + #""question":"Was the light green?","question_code":"1100","answer":"Yes","#
                    + #""response_received":\#(time),"source":"closeJob","files":[{"name":"light.jpg","#
                    + #""type":"image/jpeg","object_path":"s3://job-files/J701/light.jpg"}]}]}}"#,
            ]
        )
    }

    private let header = JobHeader(reference: "J701", providerJobId: "P-1", eventTime: InstallationBench.noon)

    private func notify(_ news: NotifyJob.News) -> NotifyJob { NotifyJob(header: header, news: news) }
}
