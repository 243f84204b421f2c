"""Codes in Milvus: a collection for each published version, an exact index (BIN_FLAT), Hamming distance.

Experimental: tested with one server of one machine.  The only module that talks to Milvus; everything that it answers is
checked, as for a server of PostgreSQL.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import grpc
import numpy as np
from numpy.typing import NDArray
from pymilvus import DataType, MilvusClient
from pymilvus.exceptions import MilvusException

from core.remote.paged_candidates import Bounds
from core.util.errors import UserError

TOKEN = "CROPSEEK_MILVUS_TOKEN"
"""The environment variable with the token, or ``USER:PASSWORD``; it is never part of an address."""

logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # it prints each error with a traceback

PARTS = 64
"""The key of a code is its photo's id times this, plus its part: 0 is the photo's own code, then its windows."""

TIMEOUT_S = 20.0


class MilvusCodes:
    """The codes of one published version; a ``core.remote.paged_candidates.CodeEngine``.

    Args:
        place: HOST:PORT; encrypted unless it is this computer.
        identity: of the library; ``version``: of its publication.

    Raises:
        UserError: it cannot be reached, or refuses.
    """

    def __init__(self, place: str, loopback: bool, identity: str, version: int) -> None:
        library = f"cropseek_{re.sub(r'[^0-9a-zA-Z]', '', identity)}"
        self._place, self._name = place, f"{library}_{version}"
        self._old = f"{library}_{version - 2}" if version > 2 else ""
        with self._told():
            self._client = MilvusClient(
                uri=f"{'http' if loopback else 'https'}://{place}", token=os.environ.get(TOKEN, ""), timeout=TIMEOUT_S
            )

    def check(self) -> None:
        """Check that the codes of this version are there.

        Raises:
            UserError: they are not.
        """
        with self._told():
            there = self._client.has_collection(self._name)
        if not there:
            hint = "Publish the library with milvus= in the address."
            raise UserError("this version's codes are not in Milvus", self._place, hint)

    def fill(self, bits: int, batches: Iterable[Sequence[tuple[int, int, bytes]]]) -> None:
        """Write the codes of a version, and let go of the version before the last.

        Args:
            batches: photo, part and code of each.
        """
        with self._told():
            client = self._client
            client.drop_collection(self._name)  # of a run that was stopped
            schema = client.create_schema(auto_id=False)
            schema.add_field("id", DataType.INT64, is_primary=True)
            schema.add_field("photo", DataType.INT64)
            schema.add_field("part", DataType.INT64)
            schema.add_field("code", DataType.BINARY_VECTOR, dim=bits)
            index = client.prepare_index_params()
            index.add_index("code", index_type="BIN_FLAT", metric_type="HAMMING")
            client.create_collection(self._name, schema=schema, index_params=index, consistency_level="Strong")
            for batch in batches:
                client.insert(self._name, [_row(*code) for code in batch])
            client.flush(self._name)
            client.load_collection(self._name)
            if self._old:
                client.drop_collection(self._old)

    def nearest(
        self, code: bytes, limit: int, own: bool, distances: Bounds, photos: NDArray[np.int64] | Bounds | None
    ) -> NDArray[np.int64]:
        """See ``CodeEngine``."""
        terms = ["part == 0"] if own else []
        if isinstance(photos, tuple):
            terms.append(f"photo >= {photos[0]} and photo < {photos[1]}")
        elif photos is not None:
            terms.append(f"photo in {photos.tolist()}")
        within = {"radius": distances[1], "range_filter": distances[0]}
        with self._told():
            found: Any = self._client.search(
                self._name,
                data=[code],
                anns_field="code",
                limit=limit,
                filter=" and ".join(terms),
                search_params={"metric_type": "HAMMING", "params": within},
                consistency_level="Strong",
            )
            numbers = np.array([(hit["id"] // PARTS, hit["distance"]) for hit in found[0]], dtype=np.float64)
        numbers = numbers.reshape(len(numbers), 2)
        good = np.isfinite(numbers).all() and (numbers[:, 1] >= distances[0]).all() and (numbers[:, 1] < distances[1]).all()
        if not good or len(numbers) > limit or (np.diff(numbers[:, 1]) < 0).any():
            raise UserError("the answer of Milvus makes no sense", self._place)
        return numbers.astype(np.int64)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever goes wrong there is one sentence, without the server's words."""
        try:
            yield
        except grpc.RpcError as error:  # which the client lets through
            code = error.code() if isinstance(error, grpc.Call) else None
            if code is grpc.StatusCode.UNAUTHENTICATED:
                hint = f"Set {TOKEN} to the token, or to USER:PASSWORD."
                raise UserError("Milvus does not accept the token, or wants one", self._place, hint) from None
            if code is grpc.StatusCode.PERMISSION_DENIED:
                hint = "Ask whoever runs it for the right."
                raise UserError("you may not do this in Milvus", self._place, hint) from None
            raise self._unreachable() from None
        except (MilvusException, OSError, ValueError, TypeError, LookupError):
            raise self._unreachable() from None

    def _unreachable(self) -> UserError:
        hint = f"Does it run there, and is the token in {TOKEN} right?"
        return UserError("Milvus cannot be reached, or refuses", self._place, hint)


def _row(photo: int, part: int, code: bytes) -> dict[str, Any]:
    return {"id": PARTS * photo + part, "photo": photo, "part": part, "code": code}
