"""Prints an access token of the tenant's. Usage: access_token.py SANDBOX_JSON"""

import sys

from installation import Tenant
from world import World

print(Tenant(World(sys.argv[1])).token)
