"""What a library holds, for its callers."""

from __future__ import annotations

from core.chain.presets import preset_name
from core.library import Library
from core.records import LibraryInfo


def library_info(library: Library) -> LibraryInfo:
    """A record of a library as it is now."""
    counts = library.counts()
    indexed = counts.get("indexed", 0)
    config = library.config
    return LibraryInfo(
        path=library.path,
        preset=preset_name(config),
        fingerprint=config.fingerprint(),
        roots=tuple(library.roots()),
        photos=indexed,
        skipped=library.skipped() if counts.get("skipped") else (),
        bits=config.bits,
        dimensions=config.dimensions,
        bytes_per_photo=library.path.stat().st_size // max(indexed, 1),
        config=config.as_dict(),
        windows=library.layout,
    )
