"""What a source file says of a mailbox: one way in, and never a password in the file or in the clear."""

import pytest

from tasks.errors import SourceError
from tasks.source import check_sources
from tasks.source.checking import load_source
from tasks.source.extracts.mailbox import is_this_machine

POST = """source: post
description: Mails to the order desk
owner: sales
extract:
  connector: mailbox
  host: mail.firm.example
  user: orders@firm.example
  password: ${MAIL_PASSWORD}
  folders: [INBOX, Sent]
records:
  documents:
    columns:
      document_id: message_sha256
      direction: "'in'"
      channel_code: "'mail'"
      received_at: received_at
"""


def test_a_mailbox_is_a_source(write, tmp_path):
    source = load_source(write(name="post.yml", text=POST))
    assert source.extract.landed.format == "eml"
    assert check_sources(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("${MAIL_PASSWORD}", "hunter2", 8, "a secret is not written here"),
        ("  password: ${MAIL_PASSWORD}\n", "", 4, "say either `password` or `oauth2`"),
        (
            "  folders",
            "  oauth2: {token_url: x, client_id: block:a, client_secret: block:b}\n  folders",
            4,
            "say either `password` or `oauth2`",
        ),
        ("  folders", "  security: none\n  folders", 4, "would cross a network in the clear"),
        ("  folders", "  security: ssl\n  folders", 9, "security is 'ssl'; it can be 'tls', 'starttls' or 'none'"),
        ("  folders", "  since: yesterday\n  folders", 9, "'yesterday' is no day; 2025-01-31 is"),
        ("  folders", "  port: imap\n  folders", 9, "port"),
        ("[INBOX, Sent]", "[]", 9, "folders"),
        ("  folders", "  folder", 9, "'folder' is not known here; did you mean 'folders'?"),
    ],
)
def test_each_error_names_its_line_and_what_would_be_right(write, tmp_path, old, new, line, sentence):
    file = write((old, new), name="post.yml", text=POST)
    errors = check_sources(tmp_path)
    assert any(error.startswith(f"{file}:{line}: ") and sentence in error for error in errors), errors
    assert "hunter2" not in str(errors)
    with pytest.raises(SourceError):
        load_source(file)


@pytest.mark.parametrize(
    ("host", "is_here"), [("localhost", True), ("127.0.0.2", True), ("::1", True), ("10.0.0.1", False), ("a.b", False)]
)
def test_a_password_goes_in_the_clear_only_where_it_does_not_leave_the_machine(host, is_here):
    assert is_this_machine(host) is is_here
