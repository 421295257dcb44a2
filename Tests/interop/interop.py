"""A stock SOAP client, built from the served WSDL, over mutual TLS against a sandbox.

All six operations, a fault, and refusals; every request and every response is validated by the served schemas.
Usage: interop.py SANDBOX_JSON FOLDER
"""

import datetime
import json
import subprocess

import zeep
import zeep.exceptions
import zeep.transports
from lxml import etree

from world import ENVELOPE, TICKETS, Difference, Schemas, World, body_of, check, expect

# The element is empty, but zeep leaves out what Python takes for false; space collapses to nothing.
REPAIR = {"fault": " "}
OPERATIONS = [
    "addFaultReport",
    "amendFaultReport",
    "queryAppointmentAvailability",
    "requestFaultReportUpdate",
    "reserveAppointment",
    "resolveResponse",
]


class Recording(zeep.transports.Transport):
    """zeep's own transport, which also validates what goes over it, both ways."""

    def __init__(self, world, schemas):
        super().__init__(session=world.session, timeout=30, operation_timeout=30)
        self.schemas = schemas
        self.status = None
        self.element = None
        self.addresses = set()
        self.validates_requests = True
        self.validated = 0

    def post(self, address, message, headers):
        if self.validates_requests:
            self.check(message, f"the request {headers.get('SOAPAction')}")
        answer = super().post(address, message, headers)
        self.addresses.add(address)
        self.status = answer.status_code
        expect(answer.headers["Content-Type"] == "text/xml; charset=utf-8", "XML", answer.headers["Content-Type"])
        self.element = self.check(answer.content, "the response")
        return answer

    def check(self, message, what):
        """Messages about tickets are in the WSDL's namespace here, and answered in it."""
        root = etree.fromstring(message)
        expect(root.tag == f"{{{ENVELOPE}}}Envelope", f"{what} is in an envelope", root.tag)
        element = body_of(root)
        self.schemas.check(element, what)
        self.validated += 1
        return element


class Buyer:
    def __init__(self, world, schemas):
        self.world = world
        self.transport = Recording(world, schemas)
        self.client = zeep.Client(world.wsdl, transport=self.transport, settings=zeep.Settings(strict=True))
        self.call = self.client.service
        self.now = datetime.datetime.fromisoformat(world.control("/clock")["now"].replace("Z", "+00:00"))
        self.count = 0

    def header(self):
        self.count += 1
        return {
            "apiVersion": "1.0",
            "buyerIdentifier": self.world.ticketing["buyerIdentifier"],
            "sentAt": self.now,
            "messageId": f"interop-{self.count}",
        }

    def appointment_header(self):
        self.count += 1
        message = {"messageId": f"interop-{self.count}", "correlationId": f"transit-{self.count}", "sentAt": self.now}
        return {
            "message": message,
            "buyer": {"buyerIdentifier": self.world.ticketing["buyerIdentifier"]},
            "seller": {"sellerIdentifier": "OPERATOR"},
        }

    def query(self, address, product):
        return self.call.queryAppointmentAvailability(
            **self.appointment_header(),
            addressKey=address,
            appointmentsFrom=(self.now + datetime.timedelta(days=3)).date(),
            appointmentType=REPAIR,
            productName=product,
        )

    def add(self, service, reference, kind, key=None):
        return self.call.addFaultReport(
            **self.header(),
            reportDateTime=self.now,
            reporterContactDetails={"name": "Night desk", "phone": "+441632960001"},
            serviceAffected=service,
            buyerFaultReference=reference,
            faultDetails={
                "description": "No light & no sync <since six>",
                "type": kind,
                "faultStartTime": self.now,
                "faultLocation": "1 Quay Walk",
                "siteAccessDetails": "Ring twice",
                "siteAccessContactDetails": {"name": "Keyholder"},
                "triageComplete": True,
                "triageFindings": "Router replaced, no change",
            },
            appointment=key and {"appointmentReservationKey": key},
        )

    def answer(self, reference, accepted):
        return self.call.resolveResponse(
            **self.header(), buyerFaultReference=reference, resolveAccepted=accepted
        )

    def refused(self, code, call, *arguments):
        """The receipt that a call is refused with: an answer like any other, whose code and words say why."""
        receipt = call(*arguments)
        expect(self.transport.status == 200, "a receipt's status is 200", self.transport.status)
        expect(receipt.responseCode == code, f"its code is {code}", receipt)
        expect(receipt.errorMessage, "it says why", receipt)
        return receipt


def walk_operations(world, buyer, service, address):
    """All six operations: a visit is found and held, a fault reported, amended, asked for, resolved and closed."""
    found = buyer.query(address, world.samples["product"])
    correlation = f"transit-{buyer.count}"
    expect(found.message.correlationId == correlation, "the correlation is echoed", found.message)
    slots = found.queryAppointmentAvailabilityAccepted.appointmentSlots.appointmentSlot
    expect(len(slots) > 0, "there are free slots", found)

    held = buyer.call.reserveAppointment(
        **buyer.appointment_header(),
        appointmentSlot=slots[0],
        appointmentType=REPAIR,
        productName=world.samples["product"],
        addressKey=address,
        reappointment="false",
    ).reserveAppointmentAccepted.appointment
    expect(held.appointmentDate == slots[0].appointmentDate, "the slot that was asked for is held", held)

    added = buyer.add(service, "INTEROP-1", "Service Outage", held.appointmentReservationKey)
    expect((added.status, added.responseCode) == ("pending", 201), "a new ticket is pending", added)
    expect(added.buyerFaultReference == "INTEROP-1", "the buyer's reference is echoed", added)
    world.settle()
    reference = world.notifications()[-1].findtext("maintainerFaultReference")
    expect(reference and reference.startswith("CS"), "the ticket is accepted under a reference", reference)

    amended = buyer.call.amendFaultReport(
        **buyer.header(),
        buyerFaultReference="INTEROP-1",
        maintainerFaultReference=reference,
        comment={"value": "The code is 1234", "commentedBy": "buyer", "commentedTime": buyer.now},
    )
    expect((amended.status, amended.responseCode) == ("accepted", 200), "the amendment is taken", amended)

    early = buyer.refused(400, buyer.answer, "INTEROP-1", True)
    said = json.loads(early.errorMessage)
    expect(said == {"status": "not resolved"}, "it says that nothing is resolved", said)

    world.settle()
    before = len(world.notifications())
    asked = buyer.call.requestFaultReportUpdate(
        **buyer.header(), buyerFaultReference="INTEROP-1", maintainerFaultReference=reference
    )
    expect(asked.responseCode == 200, "an update is promised", asked)
    world.settle()
    told = world.notifications()[before:]
    expect(len(told) == 1 and told[0].findtext("maintainerFaultReference") == reference, "and comes", told)

    for event in ("triage", "start", "appointment-completed", "resolve"):
        world.control(f"/fault-reports/{reference}/{event}", {})
        world.settle()
    expect(buyer.answer("INTEROP-1", True).responseCode == 200, "the resolution is taken")
    world.settle()
    status = world.notifications()[-1].findtext("faultDetails/status")
    expect(status == "closed", "and the ticket is closed", status)


def provoke(world, buyer, service, address):
    """What is wrong with a request arrives as a fault with its detail, or in the operation's element."""
    buyer.transport.validates_requests = False
    try:
        buyer.query(address, "")
    except zeep.exceptions.Fault as fault:
        expect(fault.code.endswith(":Client"), "the fault is the client's", fault.code)
        errors = fault.detail.findall(f"{{{TICKETS}}}validationError")
        expect(len(errors) > 0, "a fault tells its validation errors", etree.tostring(fault.detail))
        expect(int(errors[0].findtext("line")) > 0, "and where", etree.tostring(errors[0]))
        expect("productName" in errors[0].findtext("message"), "and what", etree.tostring(errors[0]))
        expect(buyer.transport.status == 500, "its status is 500", buyer.transport.status)
    else:
        raise Difference("a query without a product is answered with a fault")
    buyer.transport.validates_requests = True

    refused = buyer.refused(400, buyer.add, service + "9999", "INTEROP-2", "Impaired Service")
    expect(refused.status == "rejected", "its status is rejected", refused)
    expect("serviceAffected" in json.loads(refused.errorMessage), "it names the field", refused)

    ruled = buyer.refused(403, buyer.add, service, "INTEROP-3", "Service Outage")
    expect("appointment" in ruled.errorMessage, "an outage needs an appointment", ruled)


def with_plain_tools(world, schemas, service):
    """The same contract for curl and xmllint: a bare message at its own path, and every served document is sound."""
    folder = schemas.folder
    now = world.control("/clock")["now"]
    (folder / "request.xml").write_text(
        "<addFaultReport><apiVersion>1.0</apiVersion>"
        f"<buyerIdentifier>{world.ticketing['buyerIdentifier']}</buyerIdentifier><sentAt>{now}</sentAt>"
        "<messageId>interop-curl</messageId>"
        "<reporterContactDetails><name>Night desk</name><phone>+441632960001</phone></reporterContactDetails>"
        f"<serviceAffected>{service}</serviceAffected><buyerFaultReference>INTEROP-CURL</buyerFaultReference>"
        "<faultDetails><type>Impaired Service</type>"
        f"<faultStartTime>{now}</faultStartTime><faultLocation>1 Quay Walk</faultLocation>"
        "<siteAccessDetails>Ring twice</siteAccessDetails><siteAccessContactDetails/>"
        "<triageComplete>true</triageComplete><triageFindings>None</triageFindings></faultDetails></addFaultReport>",
        encoding="utf-8",
    )
    ticketing = world.ticketing
    status = run(
        "curl", "--silent", "--show-error", "--max-time", "30", "--noproxy", "*",
        "--cacert", ticketing["ca"], "--cert", ticketing["certificate"], "--key", ticketing["key"],
        "--header", "Content-Type: text/xml", "--data-binary", f"@{folder / 'request.xml'}",
        "--output", str(folder / "response.xml"), "--write-out", "%{http_code}",
        ticketing["baseURL"] + "/addFaultReport",
    )
    expect(status == "201", "curl's bare report is answered 201", status, (folder / "response.xml").read_text())
    schema = str(folder / "api2" / "ticketing.xsd")
    run("xmllint", "--nonet", "--noout", "--schema", schema, str(folder / "request.xml"), str(folder / "response.xml"))
    run("xmllint", "--nonet", "--noout", str(folder / "ticketing.wsdl"), str(folder / "callback.wsdl"))


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    expect(done.returncode == 0, f"{command[0]} succeeds", done.stdout, done.stderr)
    return done.stdout


def main(sandbox, folder):
    world = World(sandbox)
    schemas = Schemas(world, folder)
    world.control("/behaviour", {"networkDesk": "manual", "installer": "manual"}, method="PUT")
    buyer = Buyer(world, schemas)
    offered = sorted(name for name, _ in buyer.call)
    expect(offered == OPERATIONS, "the WSDL offers the six operations", offered)

    service, address = world.service(41)
    walk_operations(world, buyer, service, address)
    provoke(world, buyer, service, address)
    with_plain_tools(world, schemas, world.service(42)[0])
    by_reference = zeep.Client(world.wsdl + "=files", transport=zeep.transports.Transport(session=world.session))
    offered = sorted(name for name, _ in by_reference.service)
    expect(offered == OPERATIONS, "so does the WSDL that names its schemas by reference", offered)

    expect(buyer.transport.addresses == {world.ticketing["baseURL"]}, "one address", buyer.transport.addresses)
    print(f"interop: six operations, a fault and three refusals; {buyer.transport.validated} messages valid both ways.")


if __name__ == "__main__":
    check(main)
