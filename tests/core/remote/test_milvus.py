"""What Milvus refuses is one sentence, in which nothing of the token or of the server's words is.

Needs its package, but for the last test no running Milvus: a server of Google's RPC stands for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent import futures
from typing import Any

import pytest

from core.util.errors import UserError

grpc = pytest.importorskip("grpc")
milvus = pytest.importorskip("core.remote.milvus", reason="pymilvus is not installed", exc_type=ImportError)
SECRET, WORDS = "secret-of-anna", "words of the server"


@pytest.fixture
def refusing() -> Iterator[Callable[[Any], str]]:
    """Starts a server that ends each call with a status; gives its place."""
    servers = []

    def start(status: Any) -> str:
        def end(_request: bytes, context: Any) -> None:
            context.abort(status, f"{WORDS} {dict(context.invocation_metadata())}")

        class Refusing(grpc.GenericRpcHandler):
            def service(self, _call: Any) -> Any:
                return grpc.unary_unary_rpc_method_handler(end)

        server = grpc.server(futures.ThreadPoolExecutor(2), handlers=(Refusing(),))
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        servers.append(server)
        return f"127.0.0.1:{port}"

    yield start
    for server in servers:
        server.stop(None)


def refusal(place: str) -> str:
    with pytest.raises(UserError) as refused:
        milvus.MilvusCodes(place, True, "identity", 1).check()
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__
    return str(refused.value)


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("UNAUTHENTICATED", "does not accept the token"),
        ("PERMISSION_DENIED", "you may not do this in Milvus"),
        ("INTERNAL", "cannot be reached, or refuses"),
    ],
)
def test_refusals_are_sentences(
    refusing: Callable[[Any], str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    status: str,
    told: str,
) -> None:
    monkeypatch.setenv(milvus.TOKEN, f"anna:{SECRET}")
    monkeypatch.setattr(milvus, "TIMEOUT_S", 2.0)
    sentence = refusal(refusing(getattr(grpc.StatusCode, status)))
    assert told in sentence
    printed = capsys.readouterr()
    for text in (sentence, caplog.text, printed.out, printed.err):
        assert SECRET not in text
        assert WORDS not in text


@pytest.mark.milvus
@pytest.mark.parametrize("token", [f"root:{SECRET}", "", SECRET])
def test_a_running_one_refuses_a_wrong_token(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    """It must have authorization on."""
    place = os.environ.get("CROPSEEK_MILVUS", "")
    if not place:
        pytest.skip("CROPSEEK_MILVUS names no running Milvus")
    monkeypatch.setenv(milvus.TOKEN, token)
    assert "does not accept the token" in refusal(place)
