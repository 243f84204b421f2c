"""Addresses of shared libraries: never with a password, never without a proof of the server's name."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.engine import Engine, Kind, kind_of
from core.remote.address import Address, is_address, parse_address, shown
from core.remote.milvus_opening import milvus_codes
from core.remote.opening import open_any, publish_library
from core.util.errors import UserError
from core.util.progress import Ticket

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=20)
HOSTS = st.sampled_from(["127.0.0.1", "localhost", "photos.museum.example", "::1"])


@given(HOSTS, TEXTS, TEXTS, st.integers(1, 65535))
def test_an_address_is_read_as_it_was_written(host: str, database: str, user: str, port: int) -> None:
    address = Address(host, database, user, port, (("sslrootcert", "/etc/ssl/museum.pem"),), "sql")
    assert parse_address(str(address)) == address
    assert parse_address(address.path) == address
    assert shown(address.path) == str(address)
    assert kind_of(address.path) is Kind.LIBRARY


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://me:hunter2@host/photos",
        "postgres://me:hunter2@host/photos",
        "postgresql:/me:hunter2@host/photos",
        "postgresql://me@host/photos?password=hunter2",
        "postgresql://me@host/photos?hunter2",
        "postgresql://me:hunter2@host:port/photos",
    ],
)
def test_an_address_with_a_password_is_refused_and_not_repeated(text: str) -> None:
    for form in (text, Path(text)):
        assert is_address(form)
        with pytest.raises(UserError) as refused:
            parse_address(form)
        assert "hunter2" not in f"{refused.value!r} {refused.value}"


def test_another_computer_must_prove_its_name() -> None:
    assert parse_address("postgresql://me@museum/photos").parameters()["sslmode"] == "verify-full"
    for mode in ("disable", "prefer", "require", "verify-ca"):
        with pytest.raises(UserError, match="must prove its name"):
            parse_address(f"postgresql://me@museum/photos?sslmode={mode}")
    assert parse_address("postgresql://me@127.0.0.1/photos").parameters()["sslmode"] == "prefer"


@pytest.mark.parametrize(
    "text", ["postgresql://", "postgresql://me@/photos", "postgresql://host", "postgresql://a,b/photos"]
)
def test_what_is_no_address_is_told(text: str) -> None:
    with pytest.raises(UserError, match="not the address"):
        parse_address(text)


def test_options_are_of_a_list() -> None:
    with pytest.raises(UserError, match="no option 'service'"):
        parse_address("postgresql://host/photos?service=other")


def test_a_missing_package_is_told_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UserError, match=r"pip install 'cropseek\[shared\]'"):
        open_any(Path("postgresql://host/photos"))
    with pytest.raises(UserError, match=r"pip install 'cropseek\[shared\]'"):
        publish_library(Path("any"), "postgresql://host/photos", Ticket())


def test_an_address_says_where_milvus_is(monkeypatch: pytest.MonkeyPatch) -> None:
    found = parse_address("postgresql://host/photos?candidates=milvus&milvus=codes.museum:19530")
    assert (found.candidates, found.milvus) == ("milvus", "codes.museum:19530")
    assert parse_address(str(found)) == found
    assert "milvus" not in found.parameters()
    assert "milvus" not in found.agreement_path.name
    for wrong in ("candidates=milvus", "milvus=root:secret@codes:19530", "milvus=codes"):
        with pytest.raises(UserError, match="where Milvus is") as refused:
            parse_address(f"postgresql://host/photos?{wrong}")
        assert "secret" not in str(refused.value)
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(UserError, match=r"pip install 'cropseek\[milvus\]'"):
        milvus_codes(found, "identity", 1)


def test_nothing_is_indexed_into_a_shared_library(folder: Path) -> None:
    with pytest.raises(UserError, match="cannot be indexed into a shared library"):
        Engine().index([folder], Path("postgresql://host/photos"))
