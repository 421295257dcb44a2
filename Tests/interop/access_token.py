"""Prints an access token of a client in sandbox.json. Usage: access_token.py SANDBOX_JSON CLIENT"""

import sys

import requests

from world import TIMEOUT_SECONDS, World

told = World(sys.argv[1]).told[sys.argv[2]]
form = {"grant_type": "client_credentials", "client_id": told["clientId"], "client_secret": told["clientSecret"]}
answer = requests.post(told["tokenURL"], data=form, timeout=TIMEOUT_SECONDS)
answer.raise_for_status()
print(answer.json()["access_token"])
