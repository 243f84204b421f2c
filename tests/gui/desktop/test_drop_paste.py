"""What is dropped or pasted, and queries that cannot be answered: a sensible result or a sentence, and nothing is lost."""

from __future__ import annotations

import base64
import os
import shutil
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.geometry import Box
from core.photos.images import encode_jpeg, read_photo
from core.photos.kinds import MOST_PIXELS
from core.records import Example, Query
from core.util.errors import UserError
from core.util.resources import own_folder
from gui.desktop.drop_paste import holds_something
from gui.main_window import MainWindow
from gui.state.pasted import WHILE_S, keep_for_a_while, lately
from tests.conftest import NAMES, own_copy
from tests.gui.state.test_relevance_feedback import asking, settled
from tests.gui.test_window import PATIENCE_MS, at, opened, searched

__all__ = ["asking"]


def drop(window: MainWindow, *paths: Path) -> None:
    """As the window system delivers it."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none = Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none))


def test_several_dropped_photos_are_one_query(asking: MainWindow, qtbot: QtBot, folder: Path) -> None:
    drop(asking, *(folder / f"{name}.jpg" for name in (NAMES[2], NAMES[3])))
    session = asking.session
    qtbot.waitUntil(lambda: session.asked is not None and len(session.asked.more) == 1, timeout=PATIENCE_MS)
    settled(asking, qtbot)
    assert session.query is not None
    assert (session.query.path.stem, session.query.more[0].path.stem) == (NAMES[2], NAMES[3])
    # A box on each: the second photo is looked at by its chip, and what is drawn on it belongs to it.
    asking.canvas.set_box(Box(20, 20, 200, 200))
    session.set_box(Box(20, 20, 200, 200))
    settled(asking, qtbot)
    loads: list[object] = []
    session.photo_opened.connect(loads.append)
    asking.strip.chips[0].click()
    qtbot.waitUntil(lambda: bool(loads) and session.shown == folder / f"{NAMES[3]}.jpg", timeout=PATIENCE_MS)
    seen: list[Query] = []
    session.ranking_changed.connect(lambda: seen.append(session.ranking.query) if session.ranking else None)
    start, end = (at(asking, x, y) for x, y in ((60, 60), (260, 240)))
    QTest.mousePress(asking.canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(asking.canvas.viewport(), end)
    qtbot.waitUntil(lambda: bool(seen), timeout=PATIENCE_MS)
    assert (seen[0].path.stem, len(seen[0].more)) == (NAMES[3], 1)  # the whole question is followed, not this box alone
    QTest.mouseRelease(asking.canvas.viewport(), Qt.MouseButton.LeftButton, pos=end)
    settled(asking, qtbot)
    assert session.asked is not None
    assert (session.asked.path.stem, session.asked.box) == (NAMES[2], Box(20, 20, 200, 200))
    assert session.asked.more[0].box is not None
    assert session.shown == folder / f"{NAMES[3]}.jpg"  # the photo stays on show
    assert asking.canvas.box() is None
    assert any(name.startswith("example") for name in asking.canvas.marks)


def test_a_photo_is_dropped_on_the_photo_on_show(asking: MainWindow, qtbot: QtBot, folder: Path) -> None:
    mime, none = QMimeData(), Qt.KeyboardModifier.NoModifier
    mime.setUrls([QUrl.fromLocalFile(str(folder / f"{NAMES[2]}.jpg"))])
    place, copy, left = QPoint(60, 60), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    # As the platform does it: to the widget under the mouse, which passes on what it does not take.
    viewport = asking.canvas.viewport()
    enter = QDragEnterEvent(place, copy, mime, left, none)
    QApplication.sendEvent(viewport, enter)
    QApplication.sendEvent(viewport, QDropEvent(QPointF(place), copy, mime, left, none))
    assert enter.isAccepted()
    qtbot.waitUntil(lambda: asking.session.asked == Query(folder / f"{NAMES[2]}.jpg"), timeout=PATIENCE_MS)


def test_several_photos_dropped_on_an_empty_window_ask_together(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    asked: list[object] = []
    window.feedback.asked_changed.connect(asked.append)
    drop(window, *(folder / f"{name}.jpg" for name in (NAMES[2], NAMES[3])))
    session = window.session
    qtbot.waitUntil(lambda: bool(session.photos) and not session.indexing, timeout=PATIENCE_MS)
    settled(window, qtbot)
    query = Query(folder / f"{NAMES[2]}.jpg", more=(Example(folder / f"{NAMES[3]}.jpg"),))
    assert session.ranking is not None
    assert session.ranking.query == query
    assert asked == [query]  # and nothing else before it


def test_a_pasted_picture_asks(window: MainWindow, qtbot: QtBot, library: Path, folder: Path, tmp_path: Path) -> None:
    opened(window, qtbot, own_copy(library, tmp_path / "own.cropseek"))
    QApplication.clipboard().setImage(QImage(str(folder / "gothic-tower-01.jpg")))
    window.actions_by_id["paste"].trigger()
    session = window.session
    qtbot.waitUntil(
        lambda: session.ranking is not None and session.ranking.query.path.name.startswith("pasted-"), timeout=PATIENCE_MS
    )
    assert session.ranking is not None
    assert session.ranking.hits[0].photo.path.name == "gothic-tower-01.jpg"
    pasted = session.ranking.query.path
    window.saved.save("from elsewhere")
    qtbot.waitUntil(lambda: bool(window.saved.kept), timeout=PATIENCE_MS)
    (saved,) = window.saved.kept
    pasted.unlink()  # as happens some day
    assert saved.query.path.is_relative_to(own_folder("pasted"))
    window.session.ask_again(saved)
    qtbot.waitUntil(lambda: session.ranking is not None and session.ranking.query == saved.query, timeout=PATIENCE_MS)
    assert session.ranking.hits[0].photo.path.name == "gothic-tower-01.jpg"


def test_a_pasted_picture_makes_room_after_a_week(folder: Path) -> None:
    picture = QImage(str(folder / "gothic-tower-01.jpg"))
    old, young = keep_for_a_while(picture), keep_for_a_while(picture)
    assert old != young
    os.utime(old, (time.time() - WHILE_S - 60,) * 2)
    newest = keep_for_a_while(picture)
    assert set(lately().iterdir()) == {young, newest}
    assert QImage(str(newest)) == picture


def test_a_picture_that_cannot_be_kept_is_told(folder: Path) -> None:
    lately().parent.mkdir(parents=True, exist_ok=True)
    lately().write_bytes(b"in the way")
    with pytest.raises(UserError, match="could not be kept"):
        keep_for_a_while(QImage(str(folder / "gothic-tower-01.jpg")))


def test_pasted_text_is_told(asking: MainWindow) -> None:
    before = asking.session.ranking
    QApplication.clipboard().setText("no picture")
    asking.actions_by_id["paste"].trigger()
    assert "There is no picture here, only text" in asking.messages.text()
    assert asking.session.ranking == before
    QApplication.clipboard().clear()
    asking.messages.hide()
    asking.actions_by_id["paste"].trigger()
    assert "There is no picture here" in asking.messages.text()


def png(path: Path) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImage(str(path)).save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def of_browser(kind: str, folder: Path) -> QMimeData:
    """A picture of a page as browsers give it: its address, and by kind the picture too."""
    mime, path = QMimeData(), folder / "gothic-tower-01.jpg"
    mime.setUrls([QUrl("https://example.org/tower.jpg")])
    mime.setHtml('<img src="https://example.org/tower.jpg">')
    if kind == "picture":
        mime.setImageData(QImage(str(path)))
    elif kind == "bytes":
        mime.setData("application/octet-stream", path.read_bytes())
    elif kind == "inline":
        mime.setHtml(f'<img src="data:image/png;base64,{base64.b64encode(png(path)).decode()}">')
    return mime


@pytest.mark.parametrize("kind", ["picture", "bytes", "inline"])
def test_a_picture_of_a_browser_asks(asking: MainWindow, qtbot: QtBot, folder: Path, kind: str) -> None:
    mime, none = of_browser(kind, folder), Qt.KeyboardModifier.NoModifier
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(60, 60), copy, mime, left, none)
    QApplication.sendEvent(asking, enter)
    assert enter.isAccepted()
    asking.dropEvent(QDropEvent(QPointF(60, 60), copy, mime, left, none))
    session = asking.session
    qtbot.waitUntil(
        lambda: session.asked is not None and session.asked.path.name.startswith("pasted-"), timeout=PATIENCE_MS
    )
    settled(asking, qtbot)
    assert session.ranking is not None
    assert session.ranking.hits[0].photo.path.name == "gothic-tower-01.jpg"


def test_an_address_alone_is_told_and_nothing_is_fetched(asking: MainWindow, qtbot: QtBot, folder: Path) -> None:
    before = asking.session.ranking
    mime = of_browser("address", folder)
    assert holds_something(mime)  # or the mouse would only say no, without a reason
    asking.drops.take(mime)
    assert "only the address of a picture" in asking.messages.text()
    text = QMimeData()
    text.setText("https://example.org/tower.jpg")
    asking.messages.hide()
    asking.drops.take(text)
    assert "only the address of a picture" in asking.messages.text()
    broken = QMimeData()
    broken.setData("image/png", b"no picture")
    asking.drops.take(broken)
    assert "cannot be read" in asking.messages.text()
    assert asking.session.ranking == before


def test_pasted_paths_ask_as_the_files_would(asking: MainWindow, qtbot: QtBot, folder: Path) -> None:
    first, second = (folder / f"{name}.jpg" for name in (NAMES[2], NAMES[3]))
    for text, query in (
        (f'"{first}"\n', Query(first)),
        (f"{first}\n{QUrl.fromLocalFile(str(second)).toString()}\n", Query(first, more=(Example(second),))),
    ):
        QApplication.clipboard().setText(text)
        asking.actions_by_id["paste"].trigger()
        qtbot.waitUntil(lambda query=query: asking.session.asked == query, timeout=PATIENCE_MS)
        settled(asking, qtbot)
    QApplication.clipboard().setText(f"{first}\nand some words")
    asking.actions_by_id["paste"].trigger()
    assert "only text" in asking.messages.text()
    assert asking.session.asked == query


def test_an_enormous_pasted_picture_is_told(window: MainWindow, qtbot: QtBot, library: Path, folder: Path) -> None:
    opened(window, qtbot, library)
    searched(window, qtbot, folder / f"{NAMES[0]}.jpg")
    ranking = window.session.ranking
    image = QImage(20_000, MOST_PIXELS // 20_000 + 1, QImage.Format.Format_Mono)
    image.fill(1)
    QApplication.clipboard().setImage(image)
    window.actions_by_id["paste"].trigger()
    qtbot.waitUntil(lambda: "photo is too large" in window.messages.text(), timeout=PATIENCE_MS)
    window.actions_by_id["back"].trigger()
    session = window.session
    qtbot.waitUntil(lambda: session.ranking is not None and session.searches.settled(), timeout=PATIENCE_MS)
    assert ranking is not None
    assert session.ranking is not None
    assert session.ranking.query == ranking.query


def test_a_dropped_folder_is_opened_and_an_empty_one_is_told(
    asking: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    before, photos = asking.session.ranking, asking.session.photos
    (tmp_path / "empty").mkdir()
    drop(asking, tmp_path / "empty")
    qtbot.waitUntil(lambda: "no photos" in asking.messages.text(), timeout=PATIENCE_MS)
    assert asking.session.ranking == before
    assert asking.session.photos == photos
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    drop(asking, other)
    with qtbot.waitSignal(asking.session.indexed, timeout=PATIENCE_MS):
        pass
    assert {photo.path.parent for photo in asking.session.photos} == {other}


def test_a_hit_whose_file_is_gone_is_told(window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    photos = Path(shutil.copytree(folder, tmp_path / "photos"))
    with qtbot.waitSignal(window.session.indexed, timeout=PATIENCE_MS):
        window.session.open_folder(photos, tmp_path / "l.cropseek")
    searched(window, qtbot, photos / f"{NAMES[0]}.jpg")
    settled(window, qtbot)
    ranking = window.session.ranking
    assert ranking is not None
    ranking.hits[0].photo.path.unlink()
    window.actions_by_id["compare"].trigger()  # begins with the first hit
    qtbot.waitUntil(lambda: "missing" in window.messages.text(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "missing" in window.why.words.text(), timeout=PATIENCE_MS)
    assert window.session.ranking == ranking  # the other hits stay
    window.actions_by_id["next"].trigger()
    qtbot.waitUntil(lambda: window.why.explained is not None, timeout=PATIENCE_MS)
    assert window.why.explained is not None
    assert window.why.explained.hit == ranking.hits[1]


def test_a_box_over_blank_sky_is_answered_or_told(asking: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    photo = read_photo(folder / f"{NAMES[0]}.jpg")
    photo[: len(photo) // 2] = (120, 160, 220)
    path = tmp_path / "sky.jpg"
    path.write_bytes(encode_jpeg(photo))
    drop(asking, path)
    session = asking.session
    qtbot.waitUntil(lambda: session.asked is not None and session.asked.path == path, timeout=PATIENCE_MS)
    settled(asking, qtbot)
    session.set_box(Box(100, 20, 300, 120))
    settled(asking, qtbot)
    assert session.ranking is not None
    assert session.ranking.query == Query(path, Box(100, 20, 300, 120))
    assert not any(hit.inliers for hit in session.ranking.hits)  # nothing is verified in a plain sky


def test_of_a_text_and_a_photo_the_photo_is_taken(asking: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    """Was: the text is not a library."""
    text = tmp_path / "a.txt"
    text.write_text("words")
    drop(asking, text, folder / f"{NAMES[3]}.jpg")
    qtbot.waitUntil(lambda: asking.session.asked == Query(folder / f"{NAMES[3]}.jpg"), timeout=PATIENCE_MS)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_dropped_pipe_is_told_and_never_opened(asking: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    """Was: the window froze for good."""
    pipe = tmp_path / "pipe.jpg"
    os.mkfifo(pipe)
    asking.messages.hide()
    drop(asking, pipe)
    qtbot.waitUntil(lambda: "neither a file nor a folder" in asking.messages.text(), timeout=PATIENCE_MS)


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"


@pytest.mark.parametrize("kind", ["image/svg+xml", "application/octet-stream", "text/html"])
def test_a_pasted_drawing_is_refused(asking: MainWindow, qtbot: QtBot, kind: str) -> None:
    """A drawing is a program of a kind: one of a few lines takes for ever to paint."""
    mime, query = QMimeData(), asking.session.query
    if kind == "text/html":
        mime.setHtml(f'<img src="data:image/svg+xml;base64,{base64.b64encode(SVG).decode()}">')
    else:
        mime.setData(kind, SVG)
    asking.messages.hide()
    asking.drops.take(mime)
    qtbot.waitUntil(lambda: "icture" in asking.messages.text(), timeout=PATIENCE_MS)
    assert asking.session.query == query


def test_bytes_that_only_begin_as_a_picture_are_refused_by_cores_decoder(asking: MainWindow, qtbot: QtBot) -> None:
    mime, query = QMimeData(), asking.session.query
    mime.setData("image/png", b"\x89PNG\r\n\x1a\n" + b"junk" * 100)
    asking.messages.hide()
    asking.drops.take(mime)
    qtbot.waitUntil(lambda: asking.messages.isVisible(), timeout=PATIENCE_MS)
    assert "photo" in asking.messages.text()
    assert asking.session.query == query
    assert not [path for path in lately().iterdir() if path.suffix == ".png"]
