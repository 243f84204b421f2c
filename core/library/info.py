"""The summary of a library."""

from __future__ import annotations

from core.chain.fits import key_of_file, shown
from core.chain.presets import shipped_file
from core.library.protocol import Library
from core.records import LibraryInfo


def library_info(library: Library) -> LibraryInfo:
    """A summary of a library as it is now."""
    counts = library.counts()
    indexed = counts.get("indexed", 0)
    config = library.config
    return LibraryInfo(
        path=library.path,
        preset=library.preset,
        fingerprint=config.fingerprint(),
        roots=tuple(library.roots()),
        photos=indexed,
        skipped=library.skipped() if counts.get("skipped") else (),
        bits=config.bits,
        dimensions=config.dimensions,
        bytes_per_photo=library.size() // max(indexed, 1),
        config=config.as_dict(),
        windows=library.layout,
        fit=library.describer_key[:16],
        agreed=library.agreed,
        host=library.host,
        newer_fit=_newer_fit(library),
    )


def _newer_fit(library: Library) -> str:
    path = shipped_file(name) if (name := library.newer_preset) else None
    return shown(name, key_of_file(path)) if path is not None else ""
