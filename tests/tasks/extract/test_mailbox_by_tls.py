"""A mailbox over TLS: the certificate is checked, from the first byte on or after STARTTLS."""

import datetime as dt
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest

from tasks.errors import SourceRefused, SourceUnreachable
from tests.tasks.conftest import Shop
from tests.tasks.extract.test_mailbox import MAILS
from tests.tasks.mail_server import PASSWORD, USER, MailServer, mail_server


def certificate(folder: Path) -> Path:
    """A certificate of this machine, signed by itself, with its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.firm.example")])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2099, 1, 1, tzinfo=dt.UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    unencrypted = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    file.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, form, unencrypted)
    )
    return file


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[tuple[MailServer, Path]]:
    folder = tmp_path_factory.mktemp("mail")
    file = certificate(folder)
    with mail_server(folder, certificate=file) as running:
        yield running, file


@pytest.fixture
def post(tmp_path, server, monkeypatch) -> Shop:
    monkeypatch.setenv("MAIL_PORT", str(server[0].port))
    monkeypatch.setenv("MAIL_USER", USER)
    monkeypatch.setenv("MAIL_PASSWORD", PASSWORD)
    return Shop(tmp_path, MAILS.replace("FOLDERS", "Sent").replace("security: none", "security: starttls"))


def test_starttls_with_a_certificate_that_this_machine_trusts(post, server, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(server[1]))
    post.ingest()
    assert post.rows("select count(*) > 0 from record.interactions") == [(True,)]


def test_a_certificate_that_nobody_vouches_for_is_refused_before_the_password_is_told(post):
    with pytest.raises(SourceRefused, match="shop: the mail server's certificate is not to be trusted"):
        post.ingest()


def test_a_certificate_of_another_machine_is_refused(post, server, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(server[1]))
    post.describe(MAILS.replace("FOLDERS", "Sent").replace("127.0.0.1", "localhost").replace("none", "starttls"))
    with pytest.raises(SourceRefused, match="shop: the mail server's certificate is not to be trusted"):
        post.ingest()


def test_a_server_that_speaks_in_the_clear_where_tls_is_asked_for_gets_no_password(post):
    post.describe(MAILS.replace("FOLDERS", "Sent").replace("security: none", "security: tls"))
    with pytest.raises((SourceRefused, SourceUnreachable), match="shop: the mail server"):
        post.ingest()
