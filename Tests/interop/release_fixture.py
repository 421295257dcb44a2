"""What a released build writes, as databases for the tests of later builds: the kinds of row that the other checks do not make.

Usage: release_fixture.py PROGRAM WORLD TARGET
"""

import base64
import http.server
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import uuid

import requests

from installation import Documents, Partner, dispatched
from objects import Desk
from world import TIMEOUT_SECONDS, World, check, expect

SCRIPTS = ("DELAYED", "INFORMATION_REQUIRED", "REAPPOINT", "REJECTED", "UNANSWERED", "OUT_OF_ORDER", "MISSING_UPDATE", "TERMINATED")
ORDER_SCENARIOS = ("happy", "declined", "no-access", "duplicate-ont", "node-fault-with-secondary-code", "provisioning-failed")
FAULT_SCENARIOS = (
    "hold-for-information",
    "missed-by-end-user",
    "missed-by-operator",
    "appointment-failed",
    "re-opened-twice",
    "never-answered",
)
KINDS = {
    "serviceOrder", "changeRequest", "reservation", "serviceTest", "serviceProblem", "problemChange", "quote",
    "addressIdentity", "scriptedOrder", "supplyOrder", "lineTest", "faultReport", "appointment", "appointmentDay",
    "installationJob", "workOrder", "party", "playedVisit", "playedTicket", "playedObjection", "playedBehaviour",
}
MESSAGES = {
    "kci", "orderPlaced", "ethernetOrderPlaced", "amendmentRequested", "cancellationRequested", "testRequested",
    "problemRaised", "resolutionAnswered", "problemAmended", "problemCancelled", "quoteRequested", "reservationReleased",
    "appointmentRequested", "supplyUpdate", "faultNotification", "deskNews", "jobCreated", "jobCancelled",
    "provisioningResult", "jobReport", "filesReported", "telling",
}


class Client:
    """A tenant with a token that is had anew for each call: the clock is turned in between."""

    def __init__(self, told):
        self.told = told

    def call(self, method, path, **arguments):
        told = self.told
        form = {"grant_type": "client_credentials", "client_id": told["clientId"], "client_secret": told["clientSecret"]}
        token = requests.post(told["tokenURL"], data=form, timeout=TIMEOUT_SECONDS).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}", "X-Request-ID": str(uuid.uuid4()), "X-Conversation-ID": "release"}
        headers |= arguments.pop("headers", {})
        return requests.request(
            method, told["baseURL"] + path, headers=headers, timeout=TIMEOUT_SECONDS, **arguments
        )

    def post(self, path, body, **arguments):
        answer = self.call("POST", path, json=body, **arguments)
        expect(answer.status_code < 300, f"POST {path} is taken", answer.status_code, answer.text)
        return answer.json()

    def order(self, uprn, supplier, characteristics=None, visit=None):
        item = {
            "serviceSpecification": {"id": "ftthl2r"},
            "serviceCharacteristics": characteristics or [{"name": "LINE_PROFILE", "value": "1G_1G"}],
        }
        body = {
            "orderType": "NEW",
            "supplier": supplier,
            "address": {"id": str(uprn), "type": "UPRN"},
            "serviceOrderItem": item,
            "primaryContact": {"name": "Robin Sample", "phoneNumber": "01632 960123"},
        }
        if visit:
            body["appointmentReservationId"] = visit
        return self.post("/service-orders", body)["id"]

    def slots(self, query):
        answer = self.call("GET", "/available-appointments", params=query)
        expect(answer.status_code == 200, "slots are offered", answer.status_code, answer.text)
        return [
            {key: slot[key] for key in ("timeslotStartDateTime", "timeslotEndDateTime")}
            for slot in answer.json()["timeslots"]
        ]

    def visit(self, supplier, uprn, purpose="PROVIDE", service=None, index=3):
        address, product = {"id": str(uprn), "type": "UPRN"}, {"id": "ftthl2r"}
        query = {"supplier": supplier, "address": json.dumps(address), "appointmentPurpose": purpose}
        query["serviceSpecification"] = json.dumps(product)
        body = {"supplier": supplier, "address": address, "purpose": purpose, "serviceSpecification": product}
        body["serviceCharacteristics"] = []
        if service:
            query["serviceId"] = body["serviceId"] = service
        body["timeslot"] = self.slots(query)[index]
        return self.post("/appointments", body)["id"]


def fault_xml(reference, service, message, kind="Impaired Service", key=None):
    visit = f"<appointment><appointmentReservationKey>{key}</appointmentReservationKey></appointment>" if key else ""
    return f"""<addFaultReport><apiVersion>1.0</apiVersion><buyerIdentifier>SPDEV1</buyerIdentifier>
<sentAt>2026-01-15T08:00:00Z</sentAt><messageId>{message}</messageId><reportDateTime>2026-01-15T07:59:30Z</reportDateTime>
<reporterContactDetails><name>Night desk</name><phone>+441632960001</phone></reporterContactDetails>
<serviceAffected>{service}</serviceAffected><buyerFaultReference>{reference}</buyerFaultReference>
<faultDetails><description>Slow since this morning</description><type>{kind}</type>
<faultStartTime>2026-01-15T06:00:00Z</faultStartTime><faultLocation>1 Quay Walk</faultLocation>
<siteAccessDetails>Ring twice</siteAccessDetails><siteAccessContactDetails/><triageComplete>true</triageComplete>
<triageFindings>None</triageFindings></faultDetails>{visit}</addFaultReport>"""


def behave(world, **what):
    world.control("/behaviour", what, method="PUT")


def walk_scripts(world, tenant):
    for index, script in enumerate(SCRIPTS):
        order = tenant.order(
            world.samples["addresses"]["first"] + 500 + index, "SCRIPTED_SUPPLIER", [{"name": "SCRIPT", "value": script}]
        )
        if script == "INFORMATION_REQUIRED":
            world.control("/clock", {"advance": "P3D"})
            note = {"orderId": order, "provideServiceOrder": {"notes": [{"text": "The gate is green"}]}}
            tenant.call("POST", "/service-order-amendments", json=note)
    world.control("/clock", {"advance": "P6D"})


def walk_orders(world, tenant):
    for index, scenario in enumerate(ORDER_SCENARIOS):
        behave(world, networkDesk="automatic", installer="automatic", scenario=scenario)
        uprn = world.samples["addresses"]["first"] + 600 + index
        supplier = ("DUMMY_SUPPLIER", "NATIVE_SUPPLIER")[index % 2]
        tenant.order(uprn, supplier, visit=tenant.visit(supplier, uprn))
    world.control("/clock", {"advance": "P20D"})
    behave(world, scenario="happy")
    uprn = world.samples["addresses"]["first"] + 700
    order = tenant.order(uprn, "DUMMY_SUPPLIER", visit=tenant.visit("DUMMY_SUPPLIER", uprn))
    world.control("/clock", {"advance": "PT10M"})
    tenant.post("/service-order-cancellations", {"orderId": order, "reasonCode": "NO_LONGER_REQUIRED"})
    world.control("/clock", {"advance": "PT10M"})


def walk_faults(world, tenant, buyer):
    for index, scenario in enumerate(FAULT_SCENARIOS):
        behave(world, networkDesk="automatic", installer="automatic", scenario=scenario)
        service, uprn = world.service(50 + index)
        answer = buyer.post(
            world.ticketing["baseURL"] + "/addFaultReport",
            data=fault_xml(f"RELEASE-{index}", service, f"release-{index}"),
            headers={"Content-Type": "text/xml"},
            timeout=TIMEOUT_SECONDS,
        )
        expect(answer.status_code == 201, "the fault is taken", answer.status_code, answer.text)
        visited, visited_uprn = world.service(70 + index)
        supplier = ("DUMMY_SUPPLIER", "NATIVE_SUPPLIER")[index % 2]
        problem = {
            "supplier": supplier,
            "serviceId": visited,
            "problemType": "OUTAGE",
            "problemText": "No light since this morning",
            "serviceSpecification": {"id": "ftthl2r"},
            "characteristics": [{"name": "SERVICE_HAS_WORKED", "value": "false"}],
            "primaryContact": {"name": "Robin Sample", "phoneNumber": "01632 960123"},
            "appointmentReservationId": tenant.visit(supplier, visited_uprn, "REPAIR", visited),
        }
        answer = tenant.call("POST", "/service-problems", json=problem)
        if answer.status_code >= 300:
            print(f"release: a problem was refused: {answer.status_code} {answer.text}", file=sys.stderr)
    world.control("/clock", {"advance": "P5D"})
    behave(world, scenario="happy")


def walk_photographs(world, tenant):
    """A manual day with photographs, which the operator looks for."""
    behave(world, networkDesk="manual", installer="manual", scenario="happy")
    uprn = world.samples["addresses"]["first"] + 710
    tenant.order(uprn, "DUMMY_SUPPLIER", visit=tenant.visit("DUMMY_SUPPLIER", uprn))
    world.control("/clock", {"advance": "PT1H"})
    pack = [message for message in dispatched(world) if message["method"] == "createJob"][-1]
    partner = Partner(world, Documents(world))
    partner.sent = 500
    now = world.control("/clock")["now"]
    place = pack["content"]["s3"]
    files = [{"name": "hall.jpg", "type": "image/jpeg", "object_path": f"{place['bucket']}/{place['prefix']}hall.jpg"}]
    said = {"question": "Was the end customer present?", "question_code": "1000", "answer": "No"}
    said |= {"response_received": now, "source": "closeJob", "files": files}
    sam = {"engineerId": "E1", "name": "Sam Sample", "phoneNumber": "07700 900456"}
    partner.send("notifyJob", {"engineerDetails": sam}, pack["ref"], now, "ENGINEER_ASSIGNED")
    partner.send("closeJob", {"closureCode": "NA", "closedAt": now, "questions_answers": [said]}, pack["ref"], now)
    world.settle()


class Refusing(http.server.BaseHTTPRequestHandler):
    """Answers every request with the server's `status`, at once or never."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.startswith("/token"):
            answer = b'{"access_token":"an-invented-token","token_type":"Bearer","expires_in":3600}'
            self.send_response(200)
        elif self.server.status is None:
            time.sleep(TIMEOUT_SECONDS)
            return
        else:
            answer = json.dumps({"errors": [{"code": "INVALID", "message": "Not here"}], "bytes": len(body)}).encode()
            self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_DELETE = do_POST

    def log_message(self, *_):
        pass


def listen(status):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    server.status = status
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}"


def walk_deliveries(world, tenant):
    """Updates that are parked, sent again, redacted, and some that wait."""
    _, refusing = listen(400)
    supplier = "SCRIPTED_SUPPLIER"
    first = world.samples["addresses"]["first"] + 800
    behave(world, networkDesk="automatic", installer="automatic")
    done = tenant.order(first, supplier)
    world.control("/clock", {"advance": "P2D"})
    desk = Desk(world)
    answer = requests.post(
        desk.base + "/redactions", json={"kind": "serviceOrder", "id": done}, headers=desk.headers, timeout=TIMEOUT_SECONDS
    )
    expect(answer.status_code == 200 and answer.json()["parcels"] > 0, "an order is redacted", answer.status_code, answer.text)

    world.control("/endpoints", {"tenantUpdates": refusing}, method="PUT")
    tenant.order(first + 1, supplier)
    world.control("/clock", {"advance": "P2D"})
    world.control("/endpoints", {"tenantUpdates": None}, method="PUT")
    tenant.order(first + 2, supplier)
    world.control("/clock", {"advance": "PT2H"})
    parked = [entry for entry in tenant.call("GET", "/kcis", params={"state": "parked"}).json()["kcis"]]
    for entry in parked[:2]:
        tenant.call("POST", f"/kcis/{entry['kci']['id']}/redelivery")
    world.settle()
    repeated = str(uuid.uuid4())
    for _ in range(2):
        body = {"supplier": supplier, "testType": "LINE", "serviceId": world.service(90)[0]}
        tenant.call("POST", "/service-tests", json=body, headers={"X-Request-ID": repeated})

    behave(world, scenario="never-answered")
    service, _ = world.service(91)
    problem = {"supplier": "NATIVE_SUPPLIER", "serviceId": service, "problemType": "PERFORMANCE", "problemText": "Slow every evening",
               "serviceSpecification": {"id": "ftthl2r"},
               "characteristics": [{"name": "SERVICE_HAS_WORKED", "value": "false"}],
               "primaryContact": {"name": "Robin Sample", "phoneNumber": "01632 960123"}}
    tenant.post("/service-problems", problem)
    behave(world, scenario="hold-for-information")
    tenant.post("/service-problems", problem | {"serviceId": world.service(92)[0], "supplier": "DUMMY_SUPPLIER"})
    tenant.order(first + 4, "NATIVE_SUPPLIER", visit=tenant.visit("NATIVE_SUPPLIER", first + 4, index=20))
    tenant.visit("DUMMY_SUPPLIER", first + 5, index=21)
    world.control("/clock", {"advance": "PT5H"})
    world.control("/endpoints", {"tenantUpdates": "http://127.0.0.1:9"}, method="PUT")
    tenant.order(first + 3, supplier)
    world.control("/clock", {"advance": "PT12H"})


def serve_gateway(program, world):
    """A gateway of its own, whose supplier answers no reservation: it is asked for again under its first name."""
    folder = pathlib.Path(world) / "gateway"
    folder.mkdir()
    _, silent = listen(None)
    (folder / "signing.pem").write_bytes(
        subprocess.run(
            "openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt",
            shell=True, check=True, capture_output=True,
        ).stdout
    )
    secrets = {"TENANT_SECRET": "an invented secret of a tenant", "CITY_SECRET": "an invented secret at a supplier",
               "UPDATES_SECRET": "an invented secret of a supplier",
               "WEBHOOK": "whsec_" + base64.b64encode(bytes(range(1, 34))).decode(), "SEALING": "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="}
    file = {
        "role": "gateway",
        "database": "gateway.sqlite",
        "plain": {"host": "127.0.0.1", "port": 9490, "publicURL": "http://127.0.0.1:9490"},
        "signingKey": "signing.pem",
        "webhookKey": {"secretVariable": "WEBHOOK"},
        "sealingKey": {"secretVariable": "SEALING"},
        "callable": ["127.0.0.0/8"],
        "tenants": [{"id": "TENANT1", "suppliers": ["CITY"], "updates": silent,
                     "clients": [{"clientId": "tenant-app", "secretVariable": "TENANT_SECRET"}]}],
        "suppliers": [{
            "id": "CITY", "name": "City Operator",
            "native": {"baseURL": silent, "tokenURL": silent + "/token", "clientId": "gateway", "secretVariable": "CITY_SECRET"},
            "clients": [{"clientId": "city-updates", "secretVariable": "UPDATES_SECRET"}],
            "products": [{"id": "ftthl2r", "name": "Fibre to the home", "characteristics": [
                {"name": "LINE_PROFILE", "values": ["1G_1G"]}]}],
        }],
    }
    (folder / "gateway.json").write_text(json.dumps(file))
    process = subprocess.Popen(
        [program, "serve", "--config", str(folder / "gateway.json")],
        env=os.environ | secrets, stdout=sys.stderr, stderr=sys.stderr,
    )
    base = "http://127.0.0.1:9490"
    for _ in range(600):
        try:
            if requests.get(base + "/health/ready", timeout=TIMEOUT_SECONDS).status_code == 200:
                break
        except requests.ConnectionError:
            time.sleep(0.1)
    tenant = Client({"baseURL": base + "/v1", "tokenURL": base + "/auth/tenant/access-token",
                     "clientId": "tenant-app", "clientSecret": secrets["TENANT_SECRET"]})
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 14 * 86_400))
    timeslot = {"timeslotStartDateTime": day + "T08:00:00Z", "timeslotEndDateTime": day + "T13:00:00Z"}
    body = {"supplier": "CITY", "address": {"id": "10090000001", "type": "UPRN"}, "purpose": "PROVIDE",
            "serviceSpecification": {"id": "ftthl2r"}, "serviceCharacteristics": [], "timeslot": timeslot}
    answer = tenant.call("POST", "/appointments", json=body)
    expect(answer.status_code == 504, "a supplier that does not answer is waited for", answer.status_code, answer.text)
    tenant.order(10090000002, "CITY")
    process.kill()
    process.wait()
    return folder / "gateway.sqlite"


def keep(source, target):
    """A copy with what was still in the write-ahead log, which must be sound."""
    for suffix in ("", "-wal"):
        if pathlib.Path(f"{source}{suffix}").exists():
            shutil.copyfile(f"{source}{suffix}", f"{target}{suffix}")
    database = sqlite3.connect(target)
    expect(database.execute("PRAGMA integrity_check").fetchone() == ("ok",), f"{target} is sound")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.execute("PRAGMA journal_mode=DELETE")
    database.execute("VACUUM")
    kinds = {row[0] for row in database.execute("SELECT DISTINCT kind FROM aggregate")}
    messages = set()
    for (text,) in database.execute("SELECT message FROM outbox"):
        message = json.loads(text)
        messages.add(message if isinstance(message, str) else next(iter(message)))
    counts = {
        name: database.execute(f"SELECT count(*) FROM {table} WHERE {condition}").fetchone()[0]
        for name, table, condition in (
            ("parked", "outbox", "state = 'parked'"),
            ("queued", "outbox", "state = 'queued'"),
            ("sent again", "outbox", "requeued IS NOT NULL"),
            ("redacted", "outbox", "redacted IS NOT NULL"),
            ("redacted in the log", "messageLog", "redacted IS NOT NULL"),
            ("answers to repeat", "idempotency", "1"),
            ("timers", "timer", "1"),
        )
    }
    database.close()
    return kinds, messages, counts


def main(program, world_folder, target):
    world = World(f"{world_folder}/sandbox/sandbox.json")
    tenant = Client(world.told["tenant"])
    walk_scripts(world, tenant)
    walk_orders(world, tenant)
    walk_faults(world, tenant, world.session)
    walk_photographs(world, tenant)
    walk_deliveries(world, tenant)
    os.kill(world.told["pid"], 9)
    time.sleep(1)
    gateway = serve_gateway(program, world_folder)

    kinds, messages, sums = set(), set(), {}
    sandbox, kept = pathlib.Path(world_folder) / "sandbox", pathlib.Path(target) / "sandbox"
    kept.mkdir(exist_ok=True)
    # With its invented credentials and its clock, a sandbox can go on from here.
    for name in ("secrets.json", "clock"):
        shutil.copyfile(sandbox / name, kept / name)
    for source, copy in (
        (sandbox / "patchbay.sqlite", kept / "patchbay.sqlite"),
        (sandbox / "counterparts.sqlite", kept / "counterparts.sqlite"),
        (gateway, pathlib.Path(target) / "gateway.sqlite"),
    ):
        found = keep(source, copy)
        kinds |= found[0]
        messages |= found[1]
        for key, count in found[2].items():
            sums[key] = sums.get(key, 0) + count
    expect(kinds == KINDS, "every kind of aggregate is there", sorted(KINDS - kinds), sorted(kinds - KINDS))
    expect(messages == MESSAGES, "every kind of message is there", sorted(MESSAGES - messages), sorted(messages - MESSAGES))
    expect(all(sums.values()), "rows of every state are there", sums)
    print(f"release: {len(kinds)} kinds of aggregate, {len(messages)} kinds of message, {sums}")


if __name__ == "__main__":
    check(main)
