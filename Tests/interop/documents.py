"""The served OpenAPI documents, looked at by a validator that is not ours.

Usage: documents.py SANDBOX_JSON
"""

import json

import openapi_spec_validator

from world import World, check

NAMES = ("tenant-api", "tenant-updates-api", "supplier-api", "supplier-updates-api")


def main(sandbox):
    world = World(sandbox)
    base = world.told["tenant"]["baseURL"].removesuffix("/v1")
    for name in NAMES:
        openapi_spec_validator.validate(json.loads(world.get(f"{base}/docs/{name}.json")))
    print(f"interop: {len(NAMES)} OpenAPI documents of REST contracts are sound.")


if __name__ == "__main__":
    check(main)
