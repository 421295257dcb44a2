"""Every curl example of the served documents, run as it stands by a shell, against a sandbox.

Only what a reader would put in himself is put in: the token, and the numbers of what earlier examples made. Each must be
answered with the status that its document says, and with a body that is valid by it.
Usage: curl_examples.py SANDBOX_JSON
"""

import json
import os
import subprocess

import jsonschema
import requests

from world import TIMEOUT_SECONDS, World, check, expect


class Contract:
    def __init__(self, world, name, client):
        self.told = world.told[client]
        base = world.told["tenant"]["baseURL"].removesuffix("/v1")
        self.document = json.loads(world.get(f"{base}/docs/{name}.json"))
        self.operations = {
            operation["operationId"]: operation
            for methods in self.document["paths"].values()
            for operation in methods.values()
        }
        self.waiting = set(self.operations)

    def token(self):
        """A new one each time: the clock is turned between the examples, and a token lasts an hour."""
        told = self.told
        form = {"grant_type": "client_credentials", "client_id": told["clientId"], "client_secret": told["clientSecret"]}
        answer = requests.post(told["tokenURL"], data=form, timeout=TIMEOUT_SECONDS)
        expect(answer.status_code == 200, "a token is had", answer.status_code, answer.text)
        return answer.json()["access_token"]

    def run(self, name, *replacements):
        """The example of an operation, in which each given text occurs and is replaced; its answer's body."""
        operation = self.operations[name]
        source = operation["x-codeSamples"][0]["source"]
        for old, new in replacements:
            expect(old in source, f"{name} has {old}", source)
            source = source.replace(old, str(new))
        done = subprocess.run(
            ["bash", "-euc", source + " --silent --show-error --max-time 30 --write-out '\\n%{http_code}'"],
            env={"PATH": os.environ["PATH"], "TOKEN": self.token()},
            capture_output=True,
            text=True,
            check=False,
        )
        expect(done.returncode == 0, f"curl runs {name}", source, done.stderr)
        body, _, status = done.stdout.rpartition("\n")
        described = [code for code in operation["responses"] if code.startswith("2")]
        expect([status] == described, f"{name} is answered {described}", source, status, body)
        self.waiting.discard(name)
        content = operation["responses"][status].get("content")
        if not content:
            expect(body == "", f"{name} has no body", body)
            return None
        answer = json.loads(body)
        schema = {**content["application/json"]["schema"], "components": self.document["components"]}
        problems = sorted(error.json_path for error in jsonschema.Draft202012Validator(schema).iter_errors(answer))
        expect(problems == [], f"{name}'s answer is valid", problems, body)
        return answer

    def finish(self):
        expect(not self.waiting, "every example was run", sorted(self.waiting))
        return len(self.operations)


def slot_of(answer, index):
    """What replaces an example's slot by one that is free."""
    slot = answer["timeslots"][index]
    return [
        ("2027-01-12T08:00:00Z", slot["timeslotStartDateTime"]),
        ("2027-01-12T13:00:00Z", slot["timeslotEndDateTime"]),
    ]


def run_tenant(world, contract):
    run = contract.run
    for name in ("listSuppliers", "checkAvailability", "findAddresses", "readCatalogue"):
        run(name)
    held = run("reserveAppointment", *slot_of(run("findAppointments"), 0))["id"]
    run("listAppointments")
    run("readAppointment", ("/appointments/1'", f"/appointments/{held}'"))
    run("releaseAppointment", ("/appointments/1'", f"/appointments/{held}'"))

    quote = run("requestQuote")["id"]
    world.control("/clock", {"advance": "PT1H"})
    priced = run("readQuote", ("/quote/1'", f"/quote/{quote}'"))
    reference = priced["quoteItems"][0]["supplierQuoteId"]
    circuit = run("placeEthernetOrder", ("SQ1-1", reference))["id"]
    run("readEthernetOrder", ("/service-orders/1'", f"/service-orders/{circuit}'"))

    order = run("placeOrder")["id"]
    run("listOrders")
    run("readOrder", ("/service-orders/1'", f"/service-orders/{order}'"))
    world.control("/clock", {"advance": "PT1M"})
    change = run("amendOrder", ('"orderId":1,', f'"orderId":{order},'))["id"]
    run("readOrderAmendment", ("amendments/1'", f"amendments/{change}'"))
    world.control("/clock", {"advance": "PT10M"})
    change = run("cancelOrder", ('"orderId":1,', f'"orderId":{order},'))["id"]
    run("readOrderCancellation", ("cancellations/1'", f"cancellations/{change}'"))

    test = run("requestTest")["id"]
    run("listTests")
    run("readTest", ("/service-tests/1'", f"/service-tests/{test}'"))

    resolved = run("raiseProblem")["id"]
    world.control("/clock", {"advance": "PT6H"})
    run("listProblems")
    problem = run("readProblem", ("/service-problems/1'", f"/service-problems/{resolved}'"))
    resolution = problem["resolution"]["id"]
    run("readResolution", ("resolutions/1'", f"resolutions/{resolution}'"))
    run("answerResolution", ("resolutions/1'", f"resolutions/{resolution}'"))

    problem = run("raiseProblem", ("S1000001", "S1000002"))["id"]
    world.control("/clock", {"advance": "PT1M"})
    change = run("amendProblem", ('"serviceProblemId":1,', f'"serviceProblemId":{problem},'))["id"]
    run("readProblemAmendment", ("amendments/1'", f"amendments/{change}'"))
    world.control("/clock", {"advance": "PT10M"})
    change = run("cancelProblem", ('"serviceProblemId":1,', f'"serviceProblemId":{problem},'))["id"]
    run("readProblemCancellation", ("cancellations/1'", f"cancellations/{change}'"))

    world.settle()
    kci = run("listKCIs")["kcis"][0]["kci"]["id"]
    example = "0192f3a4-5b6c-7d8e-9f00-112233445566"
    run("readDeliveries", (example, kci))
    run("redeliverKCI", (example, kci))
    run("redeliverKCIs")


def run_supplier(world, contract):
    """By numbers of our own, which nothing else in this sandbox has."""
    run = contract.run
    first = 900_000_000
    for name in ("lookUpAddresses", "serviceAvailability"):
        run(name)
    own = ('{"id":1,', f'{{"id":{first},')
    run("reserveAppointment", own, *slot_of(run("availableAppointments"), 1))
    run("releaseAppointment", ("/appointments/1'", f"/appointments/{first}'"))
    run("priceQuote", own)
    run("placeOrder", own)
    run("showOrder", ("/service-orders/1'", f"/service-orders/{first}'"))
    run("placeEthernetOrder", ('{"id":2,', f'{{"id":{first + 2},'))
    world.control("/clock", {"advance": "PT2M"})
    about = ('"orderId":1,', f'"orderId":{first},')
    run("amendOrder", about)
    world.control("/clock", {"advance": "PT10M"})
    run("cancelOrder", about)
    run("runLineTest", ('{"id":5,', f'{{"id":{first},'))
    run("showLineTest", ("/service-tests/1'", f"/service-tests/{first}'"))
    fault = run("reportProblem", own)["supplierReference"]
    run("showProblem", ("/service-problems/1'", f"/service-problems/{first}'"))
    about = ('"serviceProblemId":1,', f'"serviceProblemId":{first},')
    run("amendProblem", about)
    world.control("/clock", {"advance": "PT6H"})
    run("answerResolution", ("CS0000001-1", f"{fault}-1"), about)
    run("reportProblem", ('{"id":1,', f'{{"id":{first + 1},'))
    run("cancelProblem", ('"serviceProblemId":1,', f'"serviceProblemId":{first + 1},'))


def run_updates(world, contract, tenant):
    """About an order that was placed a moment ago, and is committed anew."""
    order = tenant.run("placeOrder", ("10090000001", world.samples["addresses"]["first"] + 7))["id"]
    world.settle()
    number = tenant.run("readOrder", ("/service-orders/1'", f"/service-orders/{order}'"))["supplierOrderNumber"]
    contract.run(
        "postUpdate",
        ('"sequenceNumber":1,', ""),
        ("COMMITTED", "UPDATE"),
        ('"provideServiceOrder":{"id":1,', f'"provideServiceOrder":{{"id":{order},'),
        ("SO0000001", number),
    )


def main(sandbox):
    world = World(sandbox)
    tenant = Contract(world, "tenant-api", "tenant")
    supplier = Contract(world, "supplier-api", "wholesale")
    updates = Contract(world, "supplier-updates-api", "supplier")
    world.control("/behaviour", {"networkDesk": "automatic", "installer": "automatic"}, method="PUT")
    run_tenant(world, tenant)
    run_supplier(world, supplier)
    run_updates(world, updates, tenant)
    count = sum(contract.finish() for contract in (tenant, supplier, updates))
    print(f"interop: {count} curl examples run as they stand, each answered as its document says.")


if __name__ == "__main__":
    check(main)
