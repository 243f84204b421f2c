"""The decoder is safe: it runs no other program, uses little memory, and is replaced when it hangs or dies."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.photos import kinds, worker, workers
from core.photos.budget import Budget
from core.photos.images import decode_jpeg, photo_size, read_header, read_photo, read_picture, read_thumbnail, read_whole
from core.photos.kinds import JPEG, LAYERED_JPEG, MOST_MEMORY, kind_of_bytes
from core.photos.workers import WORKERS, Wish, Worker, Workers, decode
from core.util.errors import PassingError, UserError
from tests.core.photos.makers import encoded, exif_block, huge_png, many_passes, ramp

apart = pytest.mark.skipif(not workers.APART, reason="photos are decoded in the program's own process here")

EPS = b"""%!PS-Adobe-3.0 EPSF-3.0
%%BoundingBox: 0 0 10 10
%%EndComments
(WITNESS) (w) file closefile
{} loop
%%EOF
"""


def bomb_gif() -> bytes:
    """43 bytes that claim 65,535 x 3,000 pixels."""
    data = bytearray(encoded(Image.new("P", (1, 1)), "GIF"))
    data[6:10] = (65_535).to_bytes(2, "little") + (3_000).to_bytes(2, "little")
    return bytes(data)


def bomb_jpeg(side: int, progressive: bool) -> bytes:
    """A few kilobytes that claim a large square."""
    data = bytearray(encoded(Image.new("RGB", (16, 16)), progressive=progressive))
    frame = data.index(b"\xff\xc2" if progressive else b"\xff\xc0")
    data[frame + 5 : frame + 9] = side.to_bytes(2, "big") * 2
    return bytes(data)


# -- no program is run -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.eps"])
def test_postscript_starts_no_other_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A program with the name of Ghostscript is first in the path; it would leave a file if Pillow ran it."""
    witness = tmp_path / "witness"
    for program in ("gs", "gswin64c", "gswin32c"):
        (tmp_path / program).write_text(f"#!/bin/sh\ntouch {witness}\nexec sleep 30\n")
        (tmp_path / program).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    fresh = Workers()
    monkeypatch.setattr(workers, "WORKERS", fresh)
    (tmp_path / name).write_bytes(EPS.replace(b"WITNESS", str(witness).encode()))
    try:
        for here in (True, False):
            monkeypatch.setattr(workers, "APART", workers.APART and not here)
            for read in (read_photo, read_header, lambda path: read_thumbnail(path, 64)):
                with pytest.raises(UserError, match="not a photo"):
                    read(tmp_path / name)
            with pytest.raises(UserError, match="not a photo"):
                read_picture((tmp_path / name).read_bytes())
    finally:
        fresh.close()
    assert not witness.exists()


def test_only_formats_of_ours_are_known() -> None:
    pillow = {name for kind in vars(kinds).values() if isinstance(kind, kinds.PhotoKind) for name in kind.pillow}
    assert pillow == {"JPEG", "PNG", "GIF", "BMP", "PPM", "TIFF", "WEBP", "JPEG2000", "HEIF", "AVIF"}
    others = b"\xc5\xd0\xd3\xc6", b"<svg", b"%PDF-1.7", b"8BPS\0\1", b"", b"\0" * 64, b"P", b"PK\3\4", b"\xd7\xcd\xc6\x9a"
    for head in (EPS, *others):
        assert kind_of_bytes(head, ".jpg") is None


@apart
def test_a_decoder_has_no_files_but_those_it_is_given(tmp_path: Path) -> None:
    """The limits that a decoder sets itself hold: it cannot write a byte."""
    code = (
        "import sys; sys.path[:0] = [sys.argv[1]]; from core.photos.worker import _limit; _limit()\n"
        "try: open(sys.argv[2], 'wb', buffering=0).write(b'x' * 10)\nexcept OSError as error: print(error.errno)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parents[3]), str(tmp_path / "x")],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert found.returncode == -signal.SIGXFSZ or found.stdout.strip()
    assert not (tmp_path / "x").exists() or not (tmp_path / "x").stat().st_size


# -- little memory is used ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (huge_png(20_000, 20_000, rows=2), "400 megapixels, the limit for PNG is 200"),
        (bomb_jpeg(14_000, True), "196 megapixels, the limit for progressive JPEG"),
        (bomb_jpeg(15_000, False), "225 megapixels"),
        (many_passes(3_000), "more than 100 passes"),
        (b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\x3f\0\xff\x3f\0" + bytes(60), "268 megapixels, the limit for WebP"),
    ],
)
def test_too_much_is_refused_before_it_is_decoded(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "a.jpg").write_bytes(data)
    for read in (read_photo, photo_size, lambda path: read_thumbnail(path, 64)):
        started = time.monotonic()
        with pytest.raises(UserError, match=words):
            read(tmp_path / "a.jpg")
        assert time.monotonic() - started < 10


def test_an_honest_progressive_photo_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(encoded(ramp(), progressive=True))
    assert read_header(tmp_path / "a.jpg").kind == LAYERED_JPEG.name
    (tmp_path / "a.jpg").write_bytes(many_passes(20))
    assert read_photo(tmp_path / "a.jpg").shape == (64, 96, 3)


@apart
@pytest.mark.parametrize("data", [bomb_gif(), huge_png(9_000, 9_000), bomb_jpeg(13_000, False)])
def test_the_largest_allowed_take_a_bounded_memory(tmp_path: Path, data: bytes) -> None:
    """Peak memory of a fresh decoder and of its result, measured by the system."""
    (tmp_path / "a.jpg").write_bytes(data)
    code = (
        "import sys, resource; sys.path[:0] = [sys.argv[1]]\n"
        "from pathlib import Path; from core.photos.images import read_photo\n"
        "from core.photos.workers import WORKERS; from core.util.errors import UserError\n"
        "try: read_photo(Path(sys.argv[2]))\nexcept UserError: pass\n"
        "WORKERS.close(); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parents[3]), str(tmp_path / "a.jpg")],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert 20 < int(found.stdout) < 1536


def test_every_kind_fits_the_memory_of_one_photo() -> None:
    for kind in vars(kinds).values():
        if isinstance(kind, kinds.PhotoKind):
            assert kind.most_pixels * kind.cost <= MOST_MEMORY
            assert kind.most_pixels >= 70_000_000
    assert JPEG.most_pixels == 200_000_000


def test_large_photos_wait_for_each_other_and_small_ones_do_not_pass_them() -> None:
    budget, order, begun = Budget(100), [], threading.Event()

    def large() -> None:
        begun.set()
        with budget.lent(1_000):
            order.append("large")

    with budget.lent(60), budget.lent(40):
        waiting = threading.Thread(target=large)
        waiting.start()
        begun.wait()
        time.sleep(0.05)
        assert order == []
        late = threading.Thread(target=lambda: budget.lent(1).__enter__() or order.append("small"))
        late.start()
        time.sleep(0.05)
        assert order == []
    waiting.join(5)
    late.join(5)
    assert order == ["large", "small"]


@apart
def test_a_large_photo_may_be_decoded_smaller_for_a_network(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(encoded(ramp(2_000, 1_600), exif=exif_block([(0x0112, 3, b"\6\0")])))
    found = read_whole(tmp_path / "a.jpg", least=700)
    assert found.size == (1_600, 2_000)
    assert found.pixels.shape == (1_000, 800, 3)
    assert found.scale == 2
    assert read_whole(tmp_path / "a.jpg", least=1_000).scale == 1  # a side would be shorter
    assert read_photo(tmp_path / "a.jpg").shape == (2_000, 1_600, 3)


# -- processes are replaced --------------------------------------------------------------------------------------------


def written(path: Path) -> Path:
    path.write_bytes(encoded(ramp()))
    return path


@apart
def test_a_photo_that_takes_too_long_is_told_and_the_next_one_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = Workers(1)
    honest = pool._taken()
    pool._give_back(honest, True)
    os.kill(honest._process.pid, signal.SIGSTOP)
    monkeypatch.setattr(workers, "SECONDS", 0.3)
    with written(tmp_path / "a.jpg").open("rb") as file:
        with pytest.raises(UserError, match="too long"):
            pool.read(file, Wish())
        assert not honest.alive
        monkeypatch.setattr(workers, "SECONDS", 60)
        file.seek(0)
        assert pool.read(file, Wish()).size == (96, 64)
    pool.close()


@apart
def test_a_decoder_that_needs_too_much_of_the_processor_is_killed() -> None:
    code = (
        "import sys; sys.path[:0] = [sys.argv[1]]; from core.photos.worker import _limit, _allow\n"
        "_limit(); _allow(0)\nwhile True: pass"
    )
    started = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code, str(Path(__file__).parents[3])], check=False, timeout=60)
    assert done.returncode == -signal.SIGXCPU
    assert time.monotonic() - started < 60
    assert worker.SECONDS < 10


@apart
@pytest.mark.parametrize(("number", "kind"), [(signal.SIGSEGV, UserError), (signal.SIGKILL, PassingError)])
def test_a_decoder_that_dies_is_told_and_replaced(tmp_path: Path, number: signal.Signals, kind: type[UserError]) -> None:
    pool = Workers(1)
    dying = pool._taken()
    pool._give_back(dying, True)
    os.kill(dying._process.pid, signal.SIGSTOP)  # so that it dies while it has the photo
    timer = threading.Timer(0.3, lambda: os.kill(dying._process.pid, number))
    timer.start()
    threading.Timer(0.4, lambda: os.kill(dying._process.pid, signal.SIGCONT)).start() if number != signal.SIGKILL else None
    with written(tmp_path / "a.jpg").open("rb") as file:
        with pytest.raises(kind) as caught:
            pool.read(file, Wish())
        assert type(caught.value) is kind
        timer.join()
        file.seek(0)
        assert pool.read(file, Wish()).size == (96, 64)
    pool.close()


@apart
def test_a_decoder_that_ended_for_want_of_work_is_replaced_without_a_word(tmp_path: Path) -> None:
    pool = Workers(1)
    with written(tmp_path / "a.jpg").open("rb") as file:
        pool.read(file, Wish())
        [idle] = pool._free
        idle._process.terminate()
        idle._process.wait()
        file.seek(0)
        assert pool.read(file, Wish()).size == (96, 64)
    pool.close()
    assert pool._free == []


@apart
def test_a_decoder_ends_with_the_program() -> None:
    code = (
        "import sys, time; sys.path[:0] = [sys.argv[1]]; from core.photos.workers import Worker\n"
        "worker = Worker(); print(worker._process.pid, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(Path(__file__).parents[3])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        number = int(program.stdout.readline())
        program.kill()
    until = time.monotonic() + 30
    while Path(f"/proc/{number}").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not Path(f"/proc/{number}").exists()


@apart
def test_many_threads_share_few_decoders(tmp_path: Path) -> None:
    pool, path = Workers(2), written(tmp_path / "a.jpg")
    made: list[Worker] = []

    def one(_: int) -> bool:
        with path.open("rb") as file:
            return bool((pool.read(file, Wish()).pixels == first).all())

    first = read_photo(path)
    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(one, range(40)))
    made += pool._free
    assert 1 <= len(made) <= 2
    pool.close()
    assert not any(each.alive for each in made)


def test_both_ways_give_the_same_photo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "a.jpg")
    there = read_whole(path)
    monkeypatch.setattr(workers, "APART", False)
    here = read_whole(path)
    assert (there.pixels == here.pixels).all()
    assert (there.size, there.kind, there.details, there.notes) == (here.size, here.kind, here.details, here.notes)
    assert (read_picture(path.read_bytes()) == here.pixels).all()


def test_a_photo_belongs_to_whoever_asked_for_it(tmp_path: Path) -> None:
    first = read_photo(written(tmp_path / "a.jpg"))
    before = first.copy()
    for _ in range(3):
        read_photo(tmp_path / "a.jpg")
    assert (first == before).all()
    first[:] = 0
    assert not (read_photo(tmp_path / "a.jpg") == 0).all()


def test_stored_thumbnails_are_jpegs_and_small() -> None:
    assert decode_jpeg(encoded(ramp()), 256).shape == (64, 96, 3)
    with pytest.raises(UserError, match="too large"):
        decode_jpeg(encoded(ramp(300, 20)), 256)
    for data in (b"", EPS, encoded(ramp(), "PNG"), encoded(ramp())[:300], b"\xff\xd8\xff\xe1\0"):
        with pytest.raises(UserError, match="damaged"):
            decode_jpeg(data, 256)


def test_a_file_may_be_larger_than_its_photo_but_not_endless(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jpg")
    with path.open("r+b") as file:
        file.truncate(kinds.MOST_FILE + 1)
    with pytest.raises(UserError, match="too large"):
        read_photo(path)
    assert np.ndim(read_photo(written(tmp_path / "b.jpg"))) == 3


@apart
def test_no_process_is_left_behind() -> None:
    assert shutil.which("true")
    with (Path(__file__).parents[3] / "resources" / "sample" / "photos" / "beach-01.jpg").open("rb") as file:
        decode(file, Wish())
    before = list(WORKERS._free)
    assert before
    WORKERS.close()
    assert not any(each.alive for each in before)


@apart
def test_a_packaged_program_starts_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As packaged by PyInstaller: the program is also the Python interpreter."""
    program = tmp_path / "program"
    main = Path(__file__).parents[3] / "main.py"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{main}" "$@"\n')
    program.chmod(0o755)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    pool = Workers(1)
    with written(tmp_path / "a.jpg").open("rb") as file:
        assert pool.read(file, Wish()).size == (96, 64)
    pool.close()


@apart
def test_a_decoder_that_is_started_in_advance_is_the_one_that_is_used() -> None:
    pool = Workers()
    pool.begin()
    pool.begin()
    [ready] = pool._free
    with tempfile.TemporaryFile() as file:
        file.write(encoded(ramp()))
        file.seek(0)
        assert pool.read(file, Wish()).kind == "JPEG"
    assert pool._free == [ready]
    pool.close()
