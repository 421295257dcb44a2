"""A running sandbox, as its sandbox.json describes it: the controls, the buyer's end, and the schemas that it serves."""

import json
import pathlib
import sys
import urllib.error
import urllib.request

import requests
from lxml import etree

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
TICKETS = "urn:patchbay:ticketing:1.0"
SCHEMAS = (
    "faultReport.txt",
    "faultReport.compat.xsd",
    "ticketing.xsd",
    "ticketing-wsdl.xsd",
    "appointments.xsd",
    "appointments-extension.xsd",
)
# A whole answer on loopback takes milliseconds; a busy machine gets a thousand times that, and then it is a failure.
TIMEOUT_SECONDS = 30


class Difference(Exception):
    """Something is not as the contract says."""


def expect(condition, text, *seen):
    if not condition:
        raise Difference(text + "".join(f"\n    saw: {item}" for item in seen))


def check(main):
    """Runs a check with the command line's arguments, and says what is not as it must be."""
    try:
        main(*sys.argv[1:])
    except Difference as difference:
        sys.exit(f"interop: this must be so, and is not: {difference}")


class World:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.told = json.load(file)
        self.ticketing = self.told["ticketing"]
        self.samples = self.told["samples"]
        self.session = requests.Session()
        self.session.cert = (self.ticketing["certificate"], self.ticketing["key"])
        self.session.verify = self.ticketing["ca"]
        self.session.trust_env = False

    @property
    def wsdl(self):
        return self.ticketing["baseURL"] + "?wsdl"

    def service(self, index):
        """The index-th service of the town, and the address where it is."""
        services = self.samples["services"]
        return f"{services['prefix']}{services['first'] + index}", str(services["addressFirst"] + index)

    def get(self, url):
        answer = self.session.get(url, timeout=TIMEOUT_SECONDS)
        expect(answer.status_code == 200, f"GET {url} is 200", answer.status_code, answer.text)
        return answer.content

    def control(self, path, body=None, method=None):
        control = self.told["control"]
        request = urllib.request.Request(
            control["baseURL"] + path,
            data=None if body is None else json.dumps(body).encode(),
            method=method or ("GET" if body is None else "POST"),
            headers={"Authorization": "Bearer " + control["token"], "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            raise Difference(f"the control {path} is taken\n    saw: {refusal.code} {refusal.read()}") from refusal

    def settle(self):
        expect(self.control("/settle", {"timeout": "PT20S"})["settled"], "the sandbox settles within 20 s")

    def notifications(self):
        """What the buyer was notified of, in order: the messages' own elements."""
        messages = self.control("/inbox?party=buyer&after=0")["messages"]
        return [body_of(etree.fromstring(message["body"].encode())) for message in messages]


class Schemas:
    """The schema documents as they are served, kept under their relative names, so that they find each other."""

    def __init__(self, world, folder):
        self.folder = pathlib.Path(folder)
        below = self.folder / "api2"
        below.mkdir(parents=True, exist_ok=True)
        for name in SCHEMAS:
            (below / name).write_bytes(world.get(world.ticketing["baseURL"] + "/" + name))
        (self.folder / "ticketing.wsdl").write_bytes(world.get(world.wsdl))
        (self.folder / "callback.wsdl").write_bytes(world.get(world.wsdl + "=callback"))
        self.tickets = etree.XMLSchema(file=str(below / "ticketing.xsd"))
        self.wsdl_tickets = etree.XMLSchema(file=str(below / "ticketing-wsdl.xsd"))
        self.appointments = etree.XMLSchema(file=str(below / "appointments.xsd"))

    def check(self, element, what):
        """That an element of either kind, or each detail of a fault, is valid."""
        if element.tag == f"{{{ENVELOPE}}}Fault":
            details = list(element.find("detail"))
            expect(details, f"{what} has a detail")
            for detail in details:
                self.check(detail, what)
            return
        namespace = etree.QName(element).namespace
        schema = {None: self.tickets, TICKETS: self.wsdl_tickets}.get(namespace, self.appointments)
        alone = etree.fromstring(etree.tostring(element))
        expect(schema.validate(alone), f"{what} is valid by the served schema", schema.error_log, etree.tostring(alone))


def body_of(root):
    """The one child of the Body, or the element itself if it came bare."""
    if root.tag != f"{{{ENVELOPE}}}Envelope":
        return root
    children = list(root.find(f"{{{ENVELOPE}}}Body"))
    expect(len(children) == 1, "a Body has one child", len(children))
    return children[0]
