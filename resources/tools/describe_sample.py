"""Describe the sample collection for shipping, so that it can be searched the moment it is opened.

    python -m resources.tools.describe_sample

writes ``resources/sample/described.sqlite``; to be run again when the standard fit, the library's version or a picture of
the sample changes, which ``tests/core/library/test_shipped.py`` notices.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from core.engine import Engine
from core.library.shipped import pack
from core.util.resources import DESCRIBED_SAMPLE


def main() -> None:
    """Index the sample afresh and pack its rows."""
    engine = Engine()
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "sample.cropseek"
        report = engine.index([engine.sample_folder()], library)
        assert not report.skipped, report.skipped
        pack(library, DESCRIBED_SAMPLE)
    print(f"{report.indexed} photos, {DESCRIBED_SAMPLE.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
