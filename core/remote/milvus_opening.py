"""Connect to Milvus; the package that talks to it is loaded only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.remote.address import Address, is_loopback
from core.util.extras import require

if TYPE_CHECKING:
    from core.remote.milvus import MilvusCodes


def milvus_codes(address: Address, identity: str, version: int) -> MilvusCodes:
    """The codes of a published version of a library.

    Raises:
        UserError: the package for Milvus is missing; else as ``MilvusCodes``.
    """
    require("pymilvus", "milvus", "codes in Milvus")
    from core.remote.milvus import MilvusCodes

    return MilvusCodes(address.milvus, is_loopback(address.milvus.rpartition(":")[0]), identity, version)
