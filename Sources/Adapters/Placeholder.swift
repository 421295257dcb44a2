import AsyncHTTPClient
import Hummingbird
import JWTKit
import X509
