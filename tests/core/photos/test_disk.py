"""Access to the disk: nothing here raises, and nothing hangs."""

from __future__ import annotations

import errno
import os
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.library.kinds import Kind as LibraryKind
from core.library.kinds import kind_of as kind_of_path
from core.library.opening import open_library
from core.photos.disk import Kind, is_file, is_folder, is_there, listing, look, open_file, require_file, seen_of, state_of
from core.photos.images import read_photo
from core.photos.scan import Unread, look_through, scan
from core.util.errors import PassingError, UserError
from tests.core.photos.test_scan import picture

posix = pytest.mark.skipif(os.name != "posix", reason="links, pipes and owners are others there")


@contextmanager
def stranger() -> Iterator[None]:
    """As a user other than root, who may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can access."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


@posix
def test_everything_that_can_lie_in_a_folder_is_named(tmp_path: Path) -> None:
    file = picture(tmp_path / "file.png")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "nowhere").symlink_to(tmp_path / "nothing")
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(str(tmp_path / "s"))
        found = {name: look(tmp_path / name).kind for name in ("file.png", "pipe", "loop", "nowhere", "s", "gone")}
    assert found == {
        "file.png": Kind.FILE, "pipe": Kind.ODD, "loop": Kind.LINK, "nowhere": Kind.LINK, "s": Kind.ODD, "gone": Kind.GONE,
    }  # fmt: skip
    assert look(Path("/dev/zero")).kind is Kind.ODD
    assert look(tmp_path).kind is Kind.FOLDER
    for name in ("a\0b", "x" * 300, "file.png/below", "\ud800"):
        assert look(tmp_path / name).kind is Kind.GONE
    assert is_file(file)
    assert is_folder(tmp_path)
    assert is_there(tmp_path / "loop")
    assert not is_there(tmp_path / "gone")
    assert state_of(file)[0] == file.stat().st_size
    assert state_of(tmp_path / "gone") == (-1, -1)


def test_a_disk_that_fails_is_told_in_its_own_words() -> None:
    for number in (errno.EIO, errno.ESTALE, errno.ENOTCONN):
        seen = seen_of(OSError(number, os.strerror(number)))
        assert (seen.kind, seen.said) == (Kind.FAILED, os.strerror(number))
        error = seen.refusal(Path("/p.jpg"))
        assert isinstance(error, PassingError)
        assert os.strerror(number) in str(error)


@posix
@pytest.mark.parametrize("name", ["pipe.jpg", "loop.jpg", "nowhere.jpg", "/dev/zero", "/dev/tty", "folder.jpg", "gone.jpg"])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "loop.jpg").symlink_to(tmp_path / "loop.jpg")
    (tmp_path / "nowhere.jpg").symlink_to(tmp_path / "nothing")
    (tmp_path / "folder.jpg").mkdir()
    refusals: list[UserError] = []

    def read() -> None:
        with pytest.raises(UserError) as caught:
            read_photo(tmp_path / name)
        refusals.append(caught.value)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join(10)
    assert refusals
    assert name.rpartition("/")[2] in str(refusals[0])


@posix
def test_a_file_that_becomes_a_pipe_meanwhile_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, pipe = picture(tmp_path / "a.png"), tmp_path / "pipe"
    os.mkfifo(pipe)
    honest = os.open

    def swapped(_path: Path, flags: int) -> int:
        return honest(pipe, flags)

    monkeypatch.setattr(os, "open", swapped)
    with pytest.raises(UserError, match="pipe"):
        open_file(file)


@posix
def test_what_may_not_be_read_hides_only_itself_and_is_told(open_folder: Path) -> None:
    picture(open_folder / "1.png")
    locked = picture(open_folder / "locked" / "2.png").parent
    single = picture(open_folder / "3.png")
    (open_folder / "into").symlink_to(locked / "deeper")
    (open_folder / "into.png").symlink_to(locked / "2.png")
    for place in (locked, single):
        place.chmod(0)
    try:
        with stranger():
            found = look_through([open_folder])
            assert [file.name for file in found.files] == ["1.png", "3.png"]
            assert {(unread.path.name, unread.folder) for unread in found.unread} == {
                ("locked", True), ("into", True), ("into.png", False),
            }  # fmt: skip
            assert all(unread.why == "the file may not be read" or unread.folder for unread in found.unread)
            assert not found.covers(locked / "2.png")
            assert not found.covers(open_folder / "into.png")
            assert found.covers(open_folder / "4.png")
            with pytest.raises(PassingError, match="may not be read"):
                scan([locked])
            with pytest.raises(PassingError, match="may not be read"):
                read_photo(single)
            assert listing(locked)[0] == []
    finally:
        for place in (locked, single):
            place.chmod(0o700)


@posix
def test_a_folder_of_nothing_but_locked_folders_is_not_called_empty(open_folder: Path) -> None:
    locked = picture(open_folder / "locked" / "2.png").parent
    locked.chmod(0)
    try:
        with stranger(), pytest.raises(PassingError, match="no photos can be seen") as caught:
            scan([open_folder])
        assert "locked" in str(caught.value)
    finally:
        locked.chmod(0o700)


@posix
def test_pipes_and_links_that_lead_nowhere_are_told_and_not_photos(tmp_path: Path) -> None:
    picture(tmp_path / "1.png")
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "loop.jpg").symlink_to(tmp_path / "loop.jpg")
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nothing")
    (tmp_path / "zero.jpg").symlink_to("/dev/zero")
    found = look_through([tmp_path])
    assert [file.name for file in found.files] == ["1.png"]
    assert found.unread == (
        Unread(tmp_path / "gone.jpg", Kind.LINK.value, False),
        Unread(tmp_path / "loop.jpg", Kind.LINK.value, False),
        Unread(tmp_path / "pipe.jpg", Kind.ODD.value, False, passing=False),
        Unread(tmp_path / "zero.jpg", Kind.ODD.value, False, passing=False),
    )
    assert found.covers(tmp_path / "pipe.jpg")  # the photo that was there before is gone


@posix
def test_a_folder_that_vanishes_while_it_is_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture(tmp_path / "1.png")
    picture(tmp_path / "stale" / "2.png")
    honest = os.scandir

    def failing(place: Path) -> object:
        if Path(place).name == "stale":
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))
        return honest(place)

    monkeypatch.setattr(os, "scandir", failing)
    found = look_through([tmp_path])
    assert [(unread.path.name, os.strerror(errno.ESTALE) in unread.why) for unread in found.unread] == [("stale", True)]


@posix
def test_paths_in_a_folder_that_may_not_be_looked_into_get_a_sentence(open_folder: Path) -> None:
    locked = open_folder / "locked"
    locked.mkdir()
    (locked / "photos").mkdir()
    for name in ("a.cropseek", "a.safetensors", "a.pth"):
        (locked / name).write_bytes(b"x")
    locked.chmod(0o700)  # root's, where a stranger asks
    if os.geteuid() != 0:
        locked.chmod(0)
    try:
        with stranger():
            assert kind_of_path(locked / "a.cropseek") is LibraryKind.GONE
            for ask in (
                lambda: open_library(locked / "a.cropseek"),
                lambda: require_file(locked / "a.pth", "file of weights"),
                lambda: require_file(locked / "gone", "file of weights"),
            ):
                with pytest.raises(UserError, match="may not be read"):
                    ask()
            assert not os.path.lexists(locked / "a.cropseek")
    finally:
        locked.chmod(0o700)
    for path, words in ((open_folder / "gone", "is missing"), (open_folder, "a folder, not a file of weights")):
        with pytest.raises(UserError, match=words):
            require_file(path, "file of weights")
