"""A proxy with a certificate of its own in front of a site, as an installation on the internet has one."""

import ssl
import threading
from datetime import datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def certificate(folder: Path) -> Path:
    """Key and certificate of "localhost" in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now().astimezone()
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "localhost.pem"
    file.write_bytes(plain + made.public_bytes(serialization.Encoding.PEM))
    return file


def proxy(port: int, *, to: int, folder: Path) -> ThreadingHTTPServer:
    """Listens on `port` with TLS and hands each request on; `shutdown()` ends it."""

    class Hand(BaseHTTPRequestHandler):
        def hand_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            inside = HTTPConnection("127.0.0.1", to, timeout=20)
            headers = {**dict(self.headers.items()), "X-Forwarded-Proto": "https", "Connection": "close"}
            inside.request(self.command, self.path, body, headers)
            answer = inside.getresponse()
            self.send_response_only(answer.status)
            for header, value in answer.getheaders():
                if header.lower() not in {"transfer-encoding", "connection"}:
                    self.send_header(header, value)
            self.end_headers()
            self.wfile.write(answer.read())
            inside.close()

        def log_message(self, *_said: object) -> None:
            """Nothing goes to the terminal."""

    # BaseHTTPRequestHandler finds its methods by these names.
    for method in ("GET", "POST"):
        setattr(Hand, f"do_{method}", Hand.hand_on)

    server = ThreadingHTTPServer(("127.0.0.1", port), Hand)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
