"""The part of a machine of the cluster: describe a block of photos and write it as a shard."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from core.chain.describer import Describer
from core.chain.load import assemble
from core.chain.model_file import parse_describer
from core.cluster.shards import DAMAGED, file_key, files_in, shard_name, write_shard
from core.indexing.pipeline import described
from core.library.entries import Entry
from core.photos.scan import PhotoFile
from core.util.errors import UserError
from core.util.threads import NETWORK_THREADS, keep_to_one_thread


def describe_block(order: dict[str, Any], model: bytes, files: list[tuple[str, str, int, int]]) -> str:
    """Describe photos with one thread, unless their shard is there already.

    Args:
        order: the same for all blocks: ``shards`` (the folder), ``layout`` of the windows, ``device``, and ``weights`` (a
            file, or empty).
        model: the describer (``core.chain.model_file``).
        files: root, name, size and time of each.

    Returns:
        Empty, or why no block can be described here.
    """
    photos = [PhotoFile(Path(root), name, size, mtime_ns) for root, name, size, mtime_ns in files]
    keys = [file_key(photo.path, photo.size, photo.mtime_ns) for photo in photos]
    shard = Path(order["shards"]) / shard_name(keys)
    if _is_whole(shard, len(keys)):  # written before the machine died that was to say so
        return ""
    keep_to_one_thread()
    NETWORK_THREADS.want(1)  # the others describe other blocks
    try:
        describer = _describer(model, order["device"], order["weights"])
        decoders = 1 if order["device"].startswith("cpu") else 0
        entries = [entry for entry, _ in described(photos, describer, _claim_nothing, order["layout"], decoders=decoders)]
        write_shard(shard, entries)
    except (UserError, OSError) as error:
        return str(error).rstrip(".")
    return ""


def _is_whole(shard: Path, number: int) -> bool:
    """Whether a shard holds all its photos, none of which is to be tried again."""
    try:
        return len(files_in(shard)) == number
    except DAMAGED:
        return False


def _claim_nothing(entry: Entry) -> bool:
    """Only the library knows which photos were moved."""
    return False


@lru_cache(maxsize=1)
def _describer(model: bytes, device: str, weights: str) -> Describer:
    """The describer; kept, as a process describes many blocks."""
    config, stages = parse_describer(model, "the cluster")
    return assemble(config, stages, device, Path(weights) if weights else None)
