"""Prints an access token of the tenant's. Usage: token.py SANDBOX_JSON"""

import sys

from installation import Tenant
from world import World

print(Tenant(World(sys.argv[1])).token)
