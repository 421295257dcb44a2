"""Photographs of a visit in a real object store: uploaded by a stranger's tool, found and linked to by the operator.

Usage: objects.py SANDBOX_JSON STORE_URL

The store's credentials and region are in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION.
"""

import os
import pathlib
import subprocess
import tempfile

import requests

from installation import Documents, Partner, Tenant, dispatched
from world import TIMEOUT_SECONDS, World, check, expect

PHOTOGRAPH = b"\xff\xd8\xff\xe0 an invented photograph of an ONT"
# What a phone may call a photograph: spaces, a plus, a letter outside ASCII.
NAME = "the ONT + café.jpg"


class Store:
    def __init__(self, url):
        self.url = url

    def put(self, path, content=b""):
        """By curl, whose signatures are not ours."""
        with tempfile.NamedTemporaryFile() as file:
            pathlib.Path(file.name).write_bytes(content)
            region, user = os.environ["AWS_REGION"], os.environ["AWS_ACCESS_KEY_ID"] + ":" + os.environ["AWS_SECRET_ACCESS_KEY"]
            command = ["curl", "--silent", "--show-error", "--fail", "--aws-sigv4", f"aws:amz:{region}:s3", "--config", "-"]
            command += ["--upload-file", file.name] if content else ["--request", "PUT"]
            config = f'user = "{user}"\n'
            done = subprocess.run(command + [self.url + path], input=config, text=True, capture_output=True, check=False)
        expect(done.returncode == 0, f"the store takes {path}", done.stdout, done.stderr)


class Desk:
    def __init__(self, world):
        told = world.told["operator"]
        credentials = {"client_id": told["clientId"], "client_secret": told["clientSecret"]}
        form = {"grant_type": "client_credentials", **credentials}
        answer = requests.post(told["tokenURL"], data=form, timeout=TIMEOUT_SECONDS)
        expect(answer.status_code == 200, "the desk gets a token", answer.status_code, answer.text)
        self.base = told["baseURL"]
        self.headers = {"Authorization": "Bearer " + answer.json()["access_token"]}

    def get(self, path):
        url = self.base + path.removeprefix("/operator/v1")
        return requests.get(url, headers=self.headers, timeout=TIMEOUT_SECONDS, allow_redirects=False)


def close_with_photographs(world, store):
    Tenant(world).order(world.samples["addresses"]["first"] + 4_712)
    world.control("/clock", {"advance": "PT1H"})
    pack = [message for message in dispatched(world) if message["method"] == "createJob"][-1]
    place = pack["content"]["s3"]
    store.put(f"/{place['bucket']}")
    store.put(f"/{place['bucket']}/{place['prefix']}the%20ONT%20%2B%20caf%C3%A9.jpg", PHOTOGRAPH)

    partner = Partner(world, Documents(world))
    partner.sent = 200
    now = world.control("/clock")["now"]
    prefix = f"{place['bucket']}/{place['prefix']}"
    files = [
        {"name": name, "type": "image/jpeg", "object_path": prefix + name} for name in (NAME, "never uploaded.jpg")
    ]
    said = {"question": "Was the end customer present?", "question_code": "1000", "answer": "No"}
    said |= {"response_received": now, "source": "closeJob", "files": files}
    closing = {"closureCode": "NA", "closedAt": now, "questions_answers": [said]}
    sam = {"engineerId": "E1", "name": "Sam Sample", "phoneNumber": "07700 900456"}
    partner.send("notifyJob", {"engineerDetails": sam}, pack["ref"], now, "ENGINEER_ASSIGNED")
    answer, problems = partner.send("closeJob", closing, pack["ref"], now)
    expect((answer, problems) == ({}, []), "closeJob with files is valid, and taken", answer, problems)
    # What is not there is looked for again, for an hour: it may be on its way.
    world.control("/clock", {"advance": "PT2H"})
    return pack["ref"]


def look(world, store, reference):
    desk = Desk(world)
    job = desk.get(f"/jobs/{reference}").json()
    found = [(file["name"], file["state"], file.get("bytes")) for file in job["files"]]
    expected = [(NAME, "present", len(PHOTOGRAPH)), ("never uploaded.jpg", "absent", None)]
    expect(found == expected, "what is in the bucket was found, and its size", found)
    link = desk.get(job["files"][0]["href"])
    expect(link.status_code == 302, "the desk is sent to the store", link.status_code, link.text)
    url = link.headers["Location"]
    expect(url.startswith(store.url + "/"), "the link is the store's", url)
    photograph = requests.get(url, timeout=TIMEOUT_SECONDS)
    expect((photograph.status_code, photograph.content) == (200, PHOTOGRAPH), "the link opens it", photograph.status_code)
    bare = requests.get(url.split("?")[0], timeout=TIMEOUT_SECONDS)
    expect(bare.status_code == 403, "without its signature it does not", bare.status_code)
    spoilt = requests.get(url.replace("X-Amz-Expires=900", "X-Amz-Expires=90000"), timeout=TIMEOUT_SECONDS)
    expect(spoilt.status_code == 403, "nor for longer than was signed", spoilt.status_code)


def main(sandbox, url):
    world, store = World(sandbox), Store(url)
    world.control("/behaviour", {"networkDesk": "manual", "installer": "manual"}, method="PUT")
    look(world, store, close_with_photographs(world, store))
    print("interop: a photograph in an S3 store was found, measured and linked to.")


if __name__ == "__main__":
    check(main)
