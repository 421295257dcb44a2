"""A notification endpoint that a SOAP stack made of the callback's WSDL, and a buyer whose profile asks for that form.

Usage: callback.py SANDBOX_JSON FOLDER
"""

import json
import os
import pathlib
import socket
import subprocess
import sys
import time

import requests

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from world import TICKETS, TIMEOUT_SECONDS, World, check, expect  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent


class Desk:
    """The operator's staff, who configure a buyer."""

    def __init__(self, world):
        self.told = world.told["operator"]
        self.ticketing = world.ticketing
        answer = requests.post(
            self.told["tokenURL"],
            data={"grant_type": "client_credentials"},
            auth=(self.told["clientId"], self.told["clientSecret"]),
            timeout=TIMEOUT_SECONDS,
        )
        expect(answer.status_code == 200, "the desk gets a token", answer.status_code, answer.text)
        self.headers = {"Authorization": "Bearer " + answer.json()["access_token"]}

    def call(self, method, path, **arguments):
        answer = requests.request(
            method, self.told["baseURL"] + path, headers=self.headers, timeout=TIMEOUT_SECONDS, **arguments
        )
        expect(answer.status_code < 300, f"{method} {path} is taken", answer.status_code, answer.text)
        return answer.json()

    def profile(self, profile):
        """Gives the buyer another profile, and returns the one that it had."""
        identifier = self.ticketing["buyerIdentifier"]
        buyers = self.call("GET", "/buyers")["buyers"]
        buyer = next(buyer for buyer in buyers if identifier in buyer["buyerIdentifiers"])
        before = dict(buyer["profile"])
        buyer["certificates"] = [pathlib.Path(self.ticketing["certificate"]).read_text(encoding="utf-8")]
        buyer["profile"] = {**before, **profile}
        path = "/buyers/" + buyer.pop("id")
        now = self.call("PUT", path, json=buyer)
        expect(now["profile"] == buyer["profile"], "the profile is what was asked for", now)
        return before


class Service:
    """The stack's service on a port of its own."""

    def __init__(self, folder, wsdl):
        self.seen = folder / "told.jsonl"
        (folder / "callback.wsdl").write_bytes(wsdl)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/notifications"
        environment = {
            **os.environ, "PATCHBAY_CALLBACK_WSDL": str(folder / "callback.wsdl"), "PATCHBAY_TOLD": str(self.seen)
        }
        self.log = open(folder / "service.log", "w", encoding="utf-8")
        command = ["php", "-S", f"127.0.0.1:{port}", str(HERE / "callback_service.php")]
        self.program = subprocess.Popen(command, env=environment, stdout=self.log, stderr=self.log)
        for _ in range(300):
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", port)) == 0:
                    return
            expect(self.program.poll() is None, "the service starts", (folder / "service.log").read_text())
            time.sleep(0.1)

    def notifications(self):
        if not self.seen.exists():
            return []
        return [json.loads(line) for line in self.seen.read_text(encoding="utf-8").splitlines()]

    def close(self):
        self.program.kill()
        self.program.wait()
        self.log.close()


def report(world, service, now):
    """A fault that the buyer reports, as the published contract has it."""
    answer = world.session.post(
        world.ticketing["baseURL"] + "/addFaultReport",
        data=(
            "<addFaultReport><apiVersion>1.0</apiVersion>"
            f"<buyerIdentifier>{world.ticketing['buyerIdentifier']}</buyerIdentifier><sentAt>{now}</sentAt>"
            "<messageId>interop-callback</messageId>"
            "<reporterContactDetails><name>Night desk</name><phone>+441632960001</phone></reporterContactDetails>"
            f"<serviceAffected>{service}</serviceAffected><buyerFaultReference>INTEROP-CALLBACK</buyerFaultReference>"
            "<faultDetails><type>Impaired Service</type>"
            f"<faultStartTime>{now}</faultStartTime><faultLocation>1 Quay Walk</faultLocation>"
            "<siteAccessDetails>Ring twice</siteAccessDetails><siteAccessContactDetails/>"
            "<triageComplete>true</triageComplete><triageFindings>None</triageFindings></faultDetails></addFaultReport>"
        ),
        headers={"Content-Type": "text/xml"},
        timeout=TIMEOUT_SECONDS,
    )
    expect(answer.status_code == 201, "the report is taken", answer.status_code, answer.text)


def main(sandbox, folder):
    world = World(sandbox)
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    world.control("/behaviour", {"networkDesk": "manual", "installer": "manual"}, method="PUT")
    desk = Desk(world)
    service = Service(folder, world.get(world.wsdl + "=callback"))
    try:
        before = desk.profile({"envelope": True, "ticketNamespace": "wsdl"})
        world.control("/endpoints", {"buyerNotifications": service.url}, method="PUT")
        report(world, world.service(80)[0], world.control("/clock")["now"])
        world.settle()
        reference = service.notifications()[-1]["maintainerFaultReference"]
        for event in ("triage", "start", "resolve"):
            world.control(f"/fault-reports/{reference}/{event}", {})
            world.settle()
        told = service.notifications()
        statuses = [notification["faultDetails"]["status"] for notification in told]
        log = (folder / "service.log").read_text(encoding="utf-8")
        expect(statuses[0] == "accepted" and statuses[-1] == "resolved", "the service reads every change", told, log)
        expect(len({item["messageId"] for item in told}) == len(told), "each notification comes once", told)
        contact = told[0]["reporterContactDetails"]
        expect(contact["phone"] == "+441632960001", "it reads a contact's members", contact)
        sent = [item for item in world.control("/messages?after=0")["messages"]
                if item["operation"] == "notifyFaultReportUpdate" and item["messageId"] in str(told)]
        expect(len(sent) == len(told), "the log has each", sent)
        expect(all(item["status"] == 200 and not item["warnings"] for item in sent), "its answers are understood", sent)
        world.control("/endpoints", {"buyerNotifications": None}, method="PUT")
        desk.profile(before)
    finally:
        service.close()
    print(f"interop: PHP's SoapServer by the callback's WSDL took {len(told)} notifications in {TICKETS}.")


if __name__ == "__main__":
    check(main)
