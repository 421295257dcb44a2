"""The six operations by suds: a client that reads the WSDL when it starts. For the conversation see soap.py.

Usage: suds_client.py WSDL CA CERTIFICATE KEY BUYER
"""

import ssl
import sys
import urllib.request

from suds import WebFault
from suds.cache import NoCache
from suds.client import Client
from suds.transport.http import HttpTransport


class MutualTLS(HttpTransport):
    """suds's own transport, with a client certificate."""

    def __init__(self, ca, certificate, key):
        super().__init__()
        self.context = ssl.create_default_context(cafile=ca)
        self.context.load_cert_chain(certificate, key)

    def u2handlers(self):
        return [urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=self.context)]


class Buyer:
    def __init__(self, wsdl, ca, certificate, key, identifier):
        self.client = Client(wsdl, transport=MutualTLS(ca, certificate, key), cache=NoCache())
        self.call = self.client.service
        self.identifier = identifier
        self.count = 0

    def header(self, now):
        self.count += 1
        return {
            "apiVersion": "1.0",
            "buyerIdentifier": self.identifier,
            "sentAt": now,
            "messageId": f"suds-{self.count}",
        }

    def appointment_header(self, now):
        self.count += 1
        return {
            "message": {"messageId": f"suds-{self.count}", "correlationId": f"transit-{self.count}", "sentAt": now},
            "buyer": {"buyerIdentifier": self.identifier},
            "seller": {"sellerIdentifier": "OPERATOR"},
        }

    @staticmethod
    def receipt(answer):
        return ["receipt", answer.responseCode, getattr(answer, "status", ""), getattr(answer, "errorMessage", "")]

    def query(self, now, address, product, day):
        answer = self.call.queryAppointmentAvailability(
            **self.appointment_header(now),
            addressKey=address,
            appointmentsFrom=day,
            appointmentType={"fault": ""},
            productName=product,
        )
        slots = answer.queryAppointmentAvailabilityAccepted.appointmentSlots.appointmentSlot
        first = slots[0]
        return ["slots", len(slots), first.appointmentDate, first.appointmentStartTime, first.appointmentEndTime]

    def reserve(self, now, address, product, day, start, end):
        answer = self.call.reserveAppointment(
            **self.appointment_header(now),
            appointmentSlot={"appointmentDate": day, "appointmentStartTime": start, "appointmentEndTime": end},
            appointmentType={"fault": ""},
            productName=product,
            addressKey=address,
        )
        held = answer.reserveAppointmentAccepted.appointment
        return ["held", held.appointmentReservationKey, held.appointmentDate]

    def add(self, now, service, reference, kind, key):
        answer = self.call.addFaultReport(
            **self.header(now),
            reportDateTime=now,
            reporterContactDetails={"name": "Night desk", "phone": "+441632960001"},
            serviceAffected=service,
            buyerFaultReference=reference,
            faultDetails={
                "description": "No light & no sync <since six>",
                "type": kind,
                "faultStartTime": now,
                "faultLocation": "1 Quay Walk",
                "siteAccessDetails": "Ring twice",
                "siteAccessContactDetails": {"name": "Keyholder"},
                "triageComplete": True,
                "triageFindings": "Router replaced, no change",
            },
            appointment={"appointmentReservationKey": key} if key else None,
        )
        return self.receipt(answer)

    def amend(self, now, reference, maintainer):
        return self.receipt(
            self.call.amendFaultReport(
                **self.header(now),
                buyerFaultReference=reference,
                maintainerFaultReference=maintainer,
                comment={"value": "The code is 1234", "commentedBy": "buyer", "commentedTime": now},
            )
        )

    def update(self, now, reference, maintainer):
        return self.receipt(
            self.call.requestFaultReportUpdate(
                **self.header(now), buyerFaultReference=reference, maintainerFaultReference=maintainer
            )
        )

    def resolve(self, now, reference, accepted):
        return self.receipt(
            self.call.resolveResponse(
                **self.header(now), buyerFaultReference=reference, resolveAccepted=accepted == "true"
            )
        )

    def answer(self, line):
        operation, *arguments = line.rstrip("\n").split("\t")
        try:
            return getattr(self, operation)(*arguments)
        except WebFault as refusal:
            entry = refusal.fault.detail.validationError
            first = entry[0] if isinstance(entry, list) else entry
            return ["fault", refusal.fault.faultcode, refusal.fault.faultstring, first.message]


if __name__ == "__main__":
    buyer = Buyer(*sys.argv[1:])
    for line in sys.stdin:
        print("\t".join(str(part) for part in buyer.answer(line)), flush=True)
