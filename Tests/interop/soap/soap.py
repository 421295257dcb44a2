"""SOAP clients as they are: suds, PHP's SoapClient, gSOAP and JAX-WS, each made of the served WSDL with no hand work.

Each is a small program in its own language that keeps up a conversation: a line asks for one operation, the answer is one
line; words are parted by tabs.

    query NOW ADDRESS PRODUCT DAY                     slots COUNT DAY START END
    reserve NOW ADDRESS PRODUCT DAY START END         held KEY DAY
    add NOW SERVICE REFERENCE TYPE KEY                receipt CODE STATUS ERROR
    amend NOW REFERENCE MAINTAINER                    receipt CODE STATUS ERROR
    update NOW REFERENCE MAINTAINER                   receipt CODE STATUS ERROR
    resolve NOW REFERENCE ACCEPTED                    receipt CODE STATUS ERROR
    any of them                                       fault CODE TEXT DETAIL

What is said comes from the objects that the stack made of the answer, so a stack that cannot read an answer fails here.
Usage: soap.py SANDBOX_JSON FOLDER [STACK...]
"""

import datetime
import json
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from world import Difference, World, check, expect  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
# Of one call, and of a generator or a compiler: seconds on a quiet machine, and a busy one gets ten times that.
ANSWER_SECONDS = 60
BUILD_SECONDS = 240
JARS = [
    "jaxws-rt", "jaxws-api", "jaxb-api", "jaxb-runtime", "jaxb-core", "saaj-impl", "javax.xml.soap-api", "stax-ex",
    "streambuffer", "metro-policy", "mimepull", "javax.activation", "jws-api", "istack-commons-runtime", "txw2",
    "stax2-api", "woodstox-core", "FastInfoset", "gmbal", "gmbal-pfl", "geronimo-annotation-1.3-spec",
]


def run(folder, *command):
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=BUILD_SECONDS
    )
    expect(done.returncode == 0, f"{command[0]} succeeds", " ".join(command), done.stdout, done.stderr)


class Stacks:
    """What each stack needs to be made, and the command that speaks with it."""

    def __init__(self, world, folder):
        self.ticketing = world.ticketing
        self.url = world.wsdl
        self.folder = folder
        self.wsdl = folder / "ticketing.wsdl"
        self.wsdl.write_bytes(world.get(world.wsdl))

    def mutual_tls(self):
        return [self.ticketing["ca"], self.ticketing["certificate"], self.ticketing["key"]]

    def suds(self):
        identifier = self.ticketing["buyerIdentifier"]
        return [sys.executable, str(HERE / "suds_client.py"), self.url, *self.mutual_tls(), identifier]

    def php(self):
        return ["php", str(HERE / "php_client.php"), self.url, *self.mutual_tls(), self.ticketing["buyerIdentifier"]]

    def gsoap(self):
        """The generator has no client certificate of its own to fetch with: it gets the WSDL as a file."""
        below = self.folder / "gsoap"
        below.mkdir()
        run(below, "wsdl2h", "-c++11", "-o", "ticketing.h", str(self.wsdl))
        run(below, "soapcpp2", "-C", "-j", "-x", "-I/usr/share/gsoap/import", "ticketing.h")
        run(
            below, "g++", "-std=c++17", "-O0", "-w", "-DWITH_OPENSSL", "-I.", str(HERE / "gsoap_client.cpp"),
            "soapC.cpp", "soapTicketingProxy.cpp", "-lgsoapssl++", "-lssl", "-lcrypto", "-o", "client",
        )
        own = below / "buyer.pem"
        own.touch(mode=0o600)
        own.write_text("".join(pathlib.Path(self.ticketing[name]).read_text() for name in ("certificate", "key")))
        return [str(below / "client"), self.ticketing["ca"], str(own), self.ticketing["buyerIdentifier"]]

    def jaxws(self):
        below = self.folder / "jaxws"
        below.mkdir()
        run(below, "wsimport", "-quiet", "-Xnocompile", "-d", ".", str(self.wsdl))
        classpath = ":".join(f"/usr/share/java/{jar}.jar" for jar in JARS)
        sources = [str(path) for path in below.rglob("*.java")] + [str(HERE / "JaxwsClient.java")]
        run(below, "javac", "-nowarn", "-proc:none", "-cp", classpath, "-d", "classes", *sources)
        return [
            "java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", f"{below / 'classes'}:{classpath}", "JaxwsClient",
            str(self.wsdl), *self.mutual_tls(), self.ticketing["buyerIdentifier"],
        ]


class Client:
    """The conversation with one stack's program."""

    def __init__(self, name, command, folder):
        self.name = name
        self.complaints = open(folder / f"{name}.log", "w+", encoding="utf-8")
        self.program = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.complaints, text=True, encoding="utf-8"
        )

    def ask(self, *words):
        print("\t".join(words), file=self.program.stdin, flush=True)
        line = self.program.stdout.readline()
        if not line.endswith("\n"):
            self.program.wait(ANSWER_SECONDS)
            self.complaints.seek(0)
            raise Difference(f"{self.name} answers {words[0]}\n    saw: {line}{self.complaints.read()}")
        return line.rstrip("\n").split("\t")

    def close(self):
        self.program.stdin.close()
        try:
            self.program.wait(ANSWER_SECONDS)
        except subprocess.TimeoutExpired:
            self.program.kill()
        self.complaints.close()


def walk(world, client, service, address):
    """A visit is found and held, a fault reported, amended, asked for, resolved and closed: all six operations."""
    name, product = client.name, world.samples["product"]
    reference = f"{name}-1"
    now = world.control("/clock")["now"]
    day = (datetime.datetime.fromisoformat(now.replace("Z", "+00:00")) + datetime.timedelta(days=3)).date().isoformat()

    found = client.ask("query", now, address, product, day)
    expect(found[0] == "slots" and int(found[1]) > 1, f"{name} reads the free slots", found)
    held = client.ask("reserve", now, address, product, *found[2:5])
    expect(held[0] == "held" and held[1] and held[2] == found[2], f"{name} holds the slot that it asked for", held)
    added = client.ask("add", now, service, reference, "Service Outage", held[1])
    expect(added == ["receipt", "201", "pending", ""], f"{name} reads that its ticket is pending", added)
    world.settle()
    told = world.notifications()[-1]
    maintainer = told.findtext("maintainerFaultReference")
    expect(told.findtext("buyerFaultReference") == reference, f"{name}'s ticket is accepted", told)
    contact = [told.findtext(f"reporterContactDetails/{part}") for part in ("name", "phone")]
    expect(contact == ["Night desk", "+441632960001"], f"{name} sets a contact's members", contact)

    amended = client.ask("amend", now, reference, maintainer)
    expect(amended == ["receipt", "200", "accepted", ""], f"{name} amends", amended)
    asked = client.ask("update", now, reference, maintainer)
    expect(asked == ["receipt", "200", "", ""], f"{name} asks for an update", asked)
    world.settle()
    for event in ("triage", "start", "appointment-completed", "resolve"):
        world.control(f"/fault-reports/{maintainer}/{event}", {})
        world.settle()
    resolved = client.ask("resolve", now, reference, "true")
    expect(resolved == ["receipt", "200", "", ""], f"{name} takes the resolution", resolved)
    world.settle()
    status = world.notifications()[-1].findtext("faultDetails/status")
    expect(status == "closed", f"and {name}'s ticket is closed", status)


def refuse(world, client, service, address):
    """Refusals are read as words: a receipt's, an appointment rule's, and a fault's with its detail."""
    name, product = client.name, world.samples["product"]
    now = world.control("/clock")["now"]
    unknown = client.ask("add", now, service + "9999", f"{name}-2", "Impaired Service", "")
    expect(unknown[:3] == ["receipt", "400", "rejected"], f"{name} reads a refusal", unknown)
    expect("serviceAffected" in json.loads(unknown[3]), f"{name} reads which field is wrong", unknown)
    ruled = client.ask("add", now, service, f"{name}-3", "Service Outage", "")
    expect(ruled[1] == "403" and "appointment" in ruled[3], f"{name} reads the appointment rule", ruled)
    early = client.ask("resolve", now, f"{name}-9", "true")
    expect(early[1] == "400" and early[3], f"{name} reads why there is nothing to resolve", early)
    fault = client.ask("query", now, address, "", now[:10])
    expect(fault[0] == "fault" and fault[1].endswith("Client"), f"{name} reads a fault", fault)
    expect("productName" in fault[2] and "productName" in fault[3], f"{name} reads what is wrong with a query", fault)


def main(sandbox, folder, *names):
    world = World(sandbox)
    world.control("/behaviour", {"networkDesk": "manual", "installer": "manual"}, method="PUT")
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    stacks = Stacks(world, folder)
    for index, name in enumerate(names or ("suds", "php", "gsoap", "jaxws")):
        begun = time.monotonic()
        client = Client(name, getattr(stacks, name)(), folder)
        try:
            service, address = world.service(60 + index)
            walk(world, client, service, address)
            refuse(world, client, service, address)
        finally:
            client.close()
        print(f"interop: {name}: six operations, three refusals and a fault; {time.monotonic() - begun:.0f} s.")


if __name__ == "__main__":
    check(main)
