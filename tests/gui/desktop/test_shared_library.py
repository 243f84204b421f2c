"""A shared library in the window: asked for, opened again, and its server gone in the middle of a search."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from core.engine import Ticket, publish_library
from core.geometry import Box
from core.records import Query
from core.remote import candidates, passwords
from gui.desktop.settings import Settings
from gui.main_window import MainWindow
from gui.state.lanes import Lane
from tests.conftest import own_copy
from tests.core.remote.conftest import PASSWORDS, READER, PostgresServer
from tests.core.remote.conftest import server as server
from tests.gui.test_window import PATIENCE_MS


@pytest.fixture
def published(server: PostgresServer, library: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The database with the library of six photos."""
    name = server.database()
    publish_library(library, server.address(name), Ticket())
    monkeypatch.setattr(passwords, "_TYPED", {})
    return name


def typed(window: MainWindow, text: str) -> None:
    """Type into the dialog on show and press its button."""
    dialog = window.shared.dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.field.setText(text)
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Open).click()


def opened(window: MainWindow, qtbot: QtBot, address: str) -> None:
    window.actions_by_id["open shared"].trigger()
    with qtbot.waitSignal(window.session.library_changed, timeout=PATIENCE_MS):
        typed(window, address)
    qtbot.waitUntil(lambda: window.session.ranking is not None, timeout=PATIENCE_MS)


def test_an_address_is_asked_for_remembered_and_opened_again(
    window: MainWindow, qtbot: QtBot, server: PostgresServer, published: str, settings: Settings
) -> None:
    window.actions_by_id["open shared"].trigger()
    typed(window, f"postgresql://me:{PASSWORDS[READER]}@museum.example/photos")
    dialog = window.shared.dialog
    assert dialog is not None
    assert "holds no password" in dialog.refusal.text()
    address = server.address(published, READER)
    with qtbot.waitSignal(window.session.library_changed, timeout=PATIENCE_MS):
        typed(window, address)
    session = window.session
    assert session.library is not None
    assert len(session.photos) == 6
    assert session.folders == ()  # nothing of it is indexed from here
    assert "shared library, 127.0.0.1" in window.status.text()
    assert not window.actions_by_id["refresh"].isEnabled()
    assert [path.as_posix() for path in settings.recent] == [address.replace("//", "/", 1)]
    with qtbot.waitSignal(session.library_changed, timeout=PATIENCE_MS):
        window.recent.restore()
    window.actions_by_id["open shared"].trigger()
    assert window.shared.dialog is not None
    assert window.shared.dialog.field.text() == address
    window.shared.dialog.reject()


def test_the_status_bar_says_where_codes_are_compared(
    window: MainWindow, qtbot: QtBot, server: PostgresServer, published: str
) -> None:
    for source, words in (("mirror", "codes compared here"), ("sql", "codes compared by the server")):
        opened(window, qtbot, server.address(published, READER, candidates=source))
        qtbot.waitUntil(lambda words=words: words in window.status.text(), timeout=PATIENCE_MS)


def test_a_password_is_asked_for_once_and_kept_nowhere(
    window: MainWindow,
    qtbot: QtBot,
    server: PostgresServer,
    published: str,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    address, secret = server.address(published, READER, passfile=str(tmp_path / "none")), PASSWORDS[READER]
    window.actions_by_id["open shared"].trigger()
    with qtbot.waitSignal(window.session.password_asked, timeout=PATIENCE_MS):
        typed(window, address)
    dialog = window.shared.dialog
    assert dialog is not None
    assert dialog.field.echoMode() == QLineEdit.EchoMode.Password
    assert "asks for a password" in dialog.refusal.text()
    with qtbot.waitSignal(window.session.password_asked, timeout=PATIENCE_MS):
        typed(window, "a wrong one")
    assert window.shared.dialog is not None
    assert "does not accept" in window.shared.dialog.refusal.text()
    with qtbot.waitSignal(window.session.library_changed, timeout=PATIENCE_MS):
        typed(window, secret)
    qtbot.waitUntil(lambda: not window.session.jobs.busy(Lane.QUERIES), timeout=PATIENCE_MS)
    with qtbot.waitSignal(window.session.library_changed, timeout=PATIENCE_MS):
        window.recent.restore()  # which asks for none
    window.close()
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == "settings.ini" for path in written)
    assert not any(secret.encode() in path.read_bytes() for path in written)
    assert secret not in caplog.text
    assert secret not in window.messages.text()


def test_a_server_that_is_gone_is_told_once_and_found_again(
    window: MainWindow, qtbot: QtBot, server: PostgresServer, published: str
) -> None:
    opened(window, qtbot, server.address(published, READER))
    session = window.session
    window.messages.accept()  # its photos may be opened
    qtbot.waitUntil(lambda: session.library is not None and session.library.agreed, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: session.ranking is not None and session.searches.settled(), timeout=PATIENCE_MS)
    before, boxed = session.ranking, Query(session.photos[0].path, Box(40, 40, 300, 300))
    told: list[str] = []
    session.failed.connect(lambda error: told.append(str(error)))
    server.stop()
    try:
        session.ask_query(boxed)
        qtbot.waitUntil(lambda: any("the shared library is gone" in one for one in told), timeout=PATIENCE_MS)
        assert session.ranking is before
        session.searches._again.setInterval(50)
        session.searches._try_again()
        qtbot.wait(1000)  # tried again and again: said once
        assert sum("the shared library is gone" in one for one in told) == 1
    finally:
        server.start()
    qtbot.waitUntil(lambda: session.ranking is not None and session.ranking.query == boxed, timeout=PATIENCE_MS)


def test_photos_that_lie_elsewhere_are_shown_small_until_their_folder_is_told(
    window: MainWindow, qtbot: QtBot, server: PostgresServer, library: Path, folder: Path, tmp_path: Path
) -> None:
    old, new = tmp_path / "srv", tmp_path / "mnt"
    shutil.copytree(folder, old)
    mine = own_copy(library, tmp_path / "six.cropseek")
    window.session.engine.folders.relink(folder, old, mine)
    name = server.database()
    publish_library(mine, server.address(name), Ticket())
    old.rename(new)
    opened(window, qtbot, server.address(name, READER))
    assert window.canvas.has_photo()
    assert "not on this computer" in window.messages.text() or "shown small" in window.messages.text()
    window.foreign.agree()
    qtbot.waitUntil(lambda: f"{old} is not on this computer" in window.messages.text(), timeout=PATIENCE_MS)
    window.gone.relink(old, new)
    session = window.session
    qtbot.waitUntil(lambda: {photo.path.parent for photo in session.photos} == {new}, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: session.shown is not None and session.shown.parent == new, timeout=PATIENCE_MS)


def test_a_newer_query_ends_the_statement_of_the_one_before(
    window: MainWindow, qtbot: QtBot, server: PostgresServer, published: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(window, qtbot, server.address(published, READER, candidates="sql"))
    window.foreign.agree()
    session = window.session
    qtbot.waitUntil(lambda: session.library is not None and session.library.agreed, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: session.ranking is not None and session.searches.settled(), timeout=PATIENCE_MS)
    first, second = (Query(session.photos[0].path, Box(40, 40, edge, edge)) for edge in (300, 320))
    slow = "SELECT photo, {distance}, pg_sleep(15) FROM {schema}.codes WHERE {which} LIMIT %s"
    with monkeypatch.context() as patched:
        patched.setattr(candidates, "_NEAREST", slow)
        session.ask_query(first)
        qtbot.waitUntil(lambda: running(server) == 1, timeout=PATIENCE_MS)
    session.ask_query(second)
    qtbot.waitUntil(lambda: session.ranking is not None and session.ranking.query == second, timeout=PATIENCE_MS)
    assert running(server) == 0


def running(server: PostgresServer) -> int:
    """How many statements of searches run."""
    active = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep%'"
    return int(server.rows(f"{active} AND pid <> pg_backend_pid()")[0][0])
