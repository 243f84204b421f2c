"""A short seeded run of the target of photos; the long one is a command (``python -m tests.fuzz.photos``)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core.photos import workers
from core.photos.workers import WORKERS
from core.util.errors import UserError
from tests.fuzz.corpus import photos
from tests.fuzz.photos import fuzz

ROOT = Path(__file__).resolve().parents[2]


def test_mutated_photos_become_photos_or_sentences() -> None:
    found = fuzz(300, seed=7)
    assert found.faults == []
    assert found.photos == 300
    assert found.read > 60
    assert sum(found.refused.values()) > 60


def test_mutated_photos_take_little_memory() -> None:
    """In a process of its own: this one's memory is that of all tests before."""
    command = [sys.executable, "-m", "tests.fuzz.photos", "--count", "100", "--seed", "7"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_kind_of_the_corpus_is_read_as_it_is(tmp_path: Path) -> None:
    from core.photos.images import read_whole

    kinds = set()
    for number, data in enumerate(photos()):
        (tmp_path / f"{number}.jpg").write_bytes(data)
        kinds.add(read_whole(tmp_path / f"{number}.jpg").kind)
    assert {"JPEG", "progressive JPEG", "PNG", "WebP", "GIF", "BMP", "PPM", "TIFF"} <= kinds


def test_a_defect_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("leaks")

    monkeypatch.setattr("tests.fuzz.photos.read_whole", broken)
    monkeypatch.setattr(workers.Worker, "read", lambda *_: (_ for _ in ()).throw(UserError(workers.STOPPED)))
    found = fuzz(20, seed=1)
    assert len(found.tracebacks) == 20
    assert found.crashes


@pytest.mark.skipif(shutil.which("strace") is None or not workers.APART, reason="needs strace")
def test_a_decoder_opens_no_file_and_starts_no_process(tmp_path: Path) -> None:
    """Every call of the system by a decoder that was warmed up, over mutated photos of all kinds."""
    log = tmp_path / "log"
    WORKERS.close()
    fuzz(60, seed=3, threads=1)  # what it loads when first needed
    WORKERS.close()
    code = (
        "import sys; sys.path[:0] = [sys.argv[1]]\n"
        "import subprocess, time\nfrom core.photos.workers import WORKERS\nfrom tests.fuzz import photos\n"
        "photos.fuzz(1, 0, None, 1)\n"
        "from tests.fuzz.corpus import photos as corpus\n"
        "from core.photos.images import read_picture\nfrom core.util.errors import UserError\n"
        "[read_picture(data) for data in corpus()]\n"
        "[worker] = WORKERS._free\n"
        "trace = subprocess.Popen(['strace', '-f', '-q', '-e', 'trace=execve,fork,vfork,clone,clone3,open,openat,unlink,"
        "unlinkat,connect,socket', '-o', sys.argv[2], '-p', str(worker._process.pid)], stderr=subprocess.DEVNULL)\n"
        "time.sleep(1)\n"
        "import random\nfrom tests.fuzz.corpus import mutated\nchance, all = random.Random(5), corpus()\n"
        "for number in range(200):\n"
        "    try: read_picture(mutated(chance.choice(all), chance.choice(all), chance))\n"
        "    except UserError: pass\n"
        "assert [worker] == WORKERS._free\n"
        "trace.terminate(); trace.wait(); print(trace.returncode)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT), str(log)], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    if not log.exists():
        pytest.skip("this system lets nobody watch")
    calls = [line for line in log.read_text().splitlines() if "(" in line and "SIG" not in line]
    assert calls == []
