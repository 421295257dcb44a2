"""The Installation API for other people's tools: the served documents, and real messages of both directions by them.

Usage: installation.py SANDBOX_JSON
"""

import json
import uuid

import jsonschema
import openapi_spec_validator
import requests

from world import TIMEOUT_SECONDS, World, check, expect

REQUESTS = {"notifyJob": "notifyJobRequest", "closeJob": "closeJobRequest"}
DISPATCHES = {"createJob": "createJobMessage", "cancelJob": "cancelJobMessage", "notifyJob": "notifyJobMessage"}


class Documents:
    """The OpenAPI document and the schema, as they are served without credentials."""

    def __init__(self, world):
        base = world.told["tenant"]["baseURL"].removesuffix("/v1")
        self.openapi = json.loads(world.get(base + "/docs/installation-api.json"))
        self.schema = json.loads(world.get(base + "/docs/installation-api.schema.json"))

    def check_themselves(self):
        openapi_spec_validator.validate(self.openapi)
        jsonschema.Draft202012Validator.check_schema(self.schema)
        expect(sorted(self.openapi["paths"]) == ["/", "/closeJob", "/notifyJob"], "the paths", self.openapi["paths"])
        expect(sorted(self.openapi["webhooks"]) == sorted(DISPATCHES), "the webhooks", self.openapi["webhooks"])

    def problems(self, message, definition):
        """What either document has against a message; both must say the same."""
        found = []
        for document, base in ((self.schema, "#/$defs/"), (self.openapi, "#/components/schemas/")):
            validator = jsonschema.Draft202012Validator({**document, "anyOf": [{"$ref": base + definition}]})
            found.append(sorted(error.json_path for error in validator.iter_errors(message)))
        expect(found[0] == found[1], "schema and OpenAPI document agree", found)
        return found[0]

    def check(self, message, definition, what):
        problems = self.problems(message, definition)
        expect(problems == [], f"{what} is valid as {definition}", problems, json.dumps(message))


class Partner:
    """An installation partner with a certificate and no code of ours."""

    def __init__(self, world, documents):
        self.base = world.told["installer"]["baseURL"]
        self.documents = documents
        self.session = requests.Session()
        self.session.cert = (world.told["installer"]["certificate"], world.told["installer"]["key"])
        self.session.verify = world.told["installer"]["ca"]
        self.session.trust_env = False
        self.sent = 0

    def send(self, method, params, reference, now, kind=None, **envelope):
        self.sent += 1
        header = {"ref": reference, "providerJobId": "INTEROP-1", "eventTime": now}
        if kind:
            header["notificationType"] = kind
        message = {"id": 900_000 + self.sent, "jsonrpc": "2.0", "method": method,
                   "params": {"jobHeader": header, **params}, **envelope}
        answer = self.session.post(f"{self.base}/{method}", json=message, timeout=TIMEOUT_SECONDS)
        expect(answer.status_code == 200, f"{method} is answered 200", answer.status_code, answer.text)
        self.documents.check(answer.json(), "operatorAnswer", f"the answer to {method}")
        problems = self.documents.problems(message, REQUESTS[method])
        return answer.json(), problems


def dispatched(world):
    messages = world.control("/inbox?party=installer&after=0")["messages"]
    return [json.loads(message["body"]) for message in messages]


class Tenant:
    """Whoever orders the line that the engineer comes for."""

    def __init__(self, world):
        self.told = world.told["tenant"]
        self.samples = world.samples
        answer = requests.post(
            self.told["tokenURL"],
            data={
                "grant_type": "client_credentials",
                "client_id": self.told["clientId"],
                "client_secret": self.told["clientSecret"],
            },
            timeout=TIMEOUT_SECONDS,
        )
        expect(answer.status_code == 200, "the tenant gets a token", answer.status_code, answer.text)
        self.token = answer.json()["access_token"]

    def call(self, method, path, **arguments):
        headers = {
            "Authorization": f"Bearer {self.token}",
            "X-Request-ID": str(uuid.uuid4()),
            "X-Conversation-ID": "interop-installation",
        }
        url = self.told["baseURL"] + path
        answer = requests.request(method, url, headers=headers, timeout=TIMEOUT_SECONDS, **arguments)
        expect(answer.status_code < 300, f"{method} {path} is taken", answer.status_code, answer.text)
        return answer.json()

    def order(self, uprn):
        address = {"id": str(uprn), "type": "UPRN"}
        product = {"id": self.samples["product"]}
        query = {
            "supplier": self.samples["supplier"],
            "address": json.dumps(address),
            "serviceSpecification": json.dumps(product),
            "appointmentPurpose": "PROVIDE",
        }
        slot = self.call("GET", "/available-appointments", params=query)["timeslots"][0]
        visit = {
            "supplier": self.samples["supplier"],
            "address": address,
            "serviceSpecification": product,
            "serviceCharacteristics": [],
            "purpose": "PROVIDE",
            "timeslot": {key: slot[key] for key in ("timeslotStartDateTime", "timeslotEndDateTime")},
        }
        item = {
            "serviceSpecification": product,
            "serviceCharacteristics": [{"name": "LINE_PROFILE", "value": "1G_1G"}],
        }
        order = {
            "orderType": "NEW",
            "supplier": self.samples["supplier"],
            "address": address,
            "serviceOrderItem": item,
            "primaryContact": {"name": "Robin Sample", "phoneNumber": "01632 960123"},
            "appointmentReservationId": self.call("POST", "/appointments", json=visit)["id"],
        }
        return self.call("POST", "/service-orders", json=order)


def walk_a_day(world, documents):
    """A job pack comes, an engineer's day is told, the results come, the job is closed: every message is validated."""
    Tenant(world).order(world.samples["addresses"]["first"] + 4_711)
    world.control("/clock", {"advance": "PT1H"})
    packs = [message for message in dispatched(world) if message["method"] == "createJob"]
    expect(len(packs) == 1, "a job pack comes", packs)
    reference = packs[0]["ref"]

    partner = Partner(world, documents)
    now = world.control("/clock")["now"]
    where = {"latitude": 51.5, "longitude": -0.125, "capturedAt": now}
    device = {"fsan": "ALCL0000BEEF", "serialNumber": "SN-INTEROP-1", "vendor": "NOKIA", "scannedAt": now}
    sam = {"engineerId": "E1", "name": "Sam Sample", "phoneNumber": "07700 900456"}
    said = [
        {"question": question, "question_code": code, "answer": answer, "response_received": now, "source": "closeJob"}
        for code, question, answer in (
            ("1000", "Was the end customer present?", "Yes"),
            ("1100", "Is the light on the ONT green?", "Yes"),
            ("1200", "What is the light level at the ONT, in dBm?", "-18.5"),
        )
    ]
    for kind, params in (
        ("ENGINEER_ASSIGNED", {"engineerDetails": sam}),
        ("EN_ROUTE", {"location": where}),
        ("ON_SITE", {"location": where, "engineerDetails": sam}),
        ("ONT_SCANNED", {"ont": device}),
        ("PROGRESS", {"questions_answers": said[:1]}),
    ):
        answer, problems = partner.send("notifyJob", params, reference, now, kind)
        expect((answer, problems) == ({}, []), f"{kind} is valid, and taken", answer, problems)
    world.control("/clock", {"advance": "PT30M"})
    closing = {"closureCode": "SP", "closedAt": now, "lightLevelDbm": -18.5, "questions_answers": said}
    answer, problems = partner.send("closeJob", closing, reference, now)
    expect((answer, problems) == ({}, []), "closeJob is valid, and taken", answer, problems)

    messages = dispatched(world)
    results = [message["response"]["id"] for message in messages if message["method"] == "notifyJob"]
    expect(results == [1, 2], "both results come", results)
    for message in messages:
        documents.check(message, DISPATCHES[message["method"]], f"the dispatched {message['method']}")
    return partner.sent + len(messages)


def refuse(world, documents):
    """What the schema refuses the operator refuses, and the other way round where it is a message's form."""
    partner = Partner(world, documents)
    partner.sent = 100
    now = world.control("/clock")["now"]
    answer, problems = partner.send("closeJob", {}, "J999999999", now)
    expect(answer["error"]["code"] == -32602 and problems, "what is not valid is refused", answer, problems)
    answer, problems = partner.send("notifyJob", {"questions_answers": []}, "J999999999", now, "PROGRESS")
    expect(answer["error"]["code"] == -32001 and not problems, "a job that never was is unknown", answer, problems)


def main(sandbox):
    world = World(sandbox)
    documents = Documents(world)
    documents.check_themselves()
    world.control("/behaviour", {"networkDesk": "manual", "installer": "manual"}, method="PUT")
    refuse(world, documents)
    count = walk_a_day(world, documents)
    print(f"interop: OpenAPI document and schema are sound; an engineer's day, {count} messages valid by both.")


if __name__ == "__main__":
    check(main)
