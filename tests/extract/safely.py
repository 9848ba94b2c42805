"""A server with TLS, with a certificate of its own and HTTP/2 if it is asked for."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import h2.config
import h2.connection
import h2.events
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.extract.visiting import request_head, talking

PAGE = b"<p>safe</p>"

NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])

Talk = Callable[[socket.socket], None]


def certificate(folder: Path, days: int = 30) -> Path:
    """A file with a key and a certificate for `localhost`, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(NAME)
        .issuer_name(NAME)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=90))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file = folder / "localhost.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *form)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


@contextmanager
def safely(file: Path, talk: Talk, protocol: str = "http/1.1") -> Iterator[int]:
    """Port of a server that talks so on every connection, once it is safe."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    context.set_alpn_protocols([protocol])

    def handshake_and_talk(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as safe:
            talk(safe)

    with talking(handshake_and_talk) as port:
        yield port


def page(connection: socket.socket) -> None:
    """Answer one request with a page."""
    request_head(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(PAGE), PAGE))


def pages_at_once(connection: socket.socket) -> None:
    """Answer requests of HTTP/2 in threes, the last one first, until no more come."""
    state = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    state.initiate_connection()
    connection.sendall(state.data_to_send())
    asked: list[int] = []
    while data := connection.recv(65_536):
        events = state.receive_data(data)
        asked += [e.stream_id for e in events if isinstance(e, h2.events.RequestReceived)]
        while len(asked) >= 3:
            for stream in (asked.pop(2), asked.pop(1), asked.pop(0)):
                state.send_headers(stream, [(":status", "200"), ("x-stream", str(stream))])
                state.send_data(stream, PAGE, end_stream=True)
        connection.sendall(state.data_to_send())
