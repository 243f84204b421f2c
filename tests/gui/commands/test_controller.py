"""Every command is in the table, has words and a way to be run, and its key can be changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.engine import Engine
from core.geometry import Box
from core.records import Query
from core.util.errors import UserError
from gui.commands.actions import shown
from gui.commands.help import about_page, help_page
from gui.commands.palette import matches
from gui.commands.settings_dialog import ROWS, SettingsDialog
from gui.commands.table import MENUS
from gui.desktop.settings import RECENT, Settings
from gui.main_window import MainWindow
from gui.state.lanes import Lane
from tests.conftest import NAMES
from tests.gui.test_window import PATIENCE_MS, opened, searched


def test_every_command_has_words_a_menu_and_does_something(window: MainWindow) -> None:
    table = window.commands.commands.table
    bound = {**window.commands._of_window(), **window.commands._of_photo(), **window.commands._of_query()}
    assert set(bound) == set(table)
    for command in table.values():
        action = window.actions_by_id[command.id]
        assert action.text()
        assert command.tip
        assert command.menu in MENUS
        key = window.commands.commands.key(command.id)
        assert not key or shown(key) in action.toolTip()


def test_keys_do_not_clash(window: MainWindow) -> None:
    keys = [window.commands.commands.key(command) for command in window.commands.commands.table]
    used = [key for key in keys if key]
    assert len(used) == len(set(used))
    assert all(QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText) == key for key in used)


def test_a_key_is_changed_kept_and_a_clash_is_told(window: MainWindow, settings: Settings, qtbot: QtBot) -> None:
    commands = window.commands.commands
    commands.rebind("refresh", "Ctrl+R")
    assert commands.actions["refresh"].shortcut().toString() == "Ctrl+R"
    assert "Ctrl+R" in commands.actions["refresh"].toolTip()
    assert settings.key("refresh", "F5") == "Ctrl+R"
    with pytest.raises(UserError, match="is the key of"):
        commands.rebind("fit", "Ctrl+R")
    dialog = SettingsDialog(settings, commands, window)
    qtbot.addWidget(dialog)
    edit = dialog.keys["fit"]
    edit.setKeySequence(QKeySequence("Ctrl+R"))
    edit.editingFinished.emit()
    assert "is the key of “Refresh”" in dialog.refusal.text()
    assert edit.keySequence().toString() == "F"
    commands.rebind("refresh", "F5")
    assert settings.key("refresh", "nothing is kept") == "nothing is kept"


def test_settings_hold_at_once(window: MainWindow, settings: Settings, qtbot: QtBot) -> None:
    window.actions_by_id["settings"].trigger()
    dialog = window.commands.beside["Settings"]
    assert isinstance(dialog, SettingsDialog)
    dialog.rows["theme"].setCurrentIndex(2)
    assert settings.theme == "dark"
    assert window.actions_by_id["theme dark"].isChecked()
    dialog.rows["threads"].setValue(1)
    assert settings.threads == 1
    window.actions_by_id["theme light"].trigger()


@pytest.mark.parametrize(
    ("words", "text", "found"), [("box cl", "Clear box", True), ("", "Fit", True), ("theme lit", "Light theme", False)]
)
def test_words_find_commands_in_any_order(words: str, text: str, found: bool) -> None:
    assert (matches(words, text) is not None) == found


def test_the_palette_runs_what_is_found(window: MainWindow, qtbot: QtBot) -> None:
    palette = window.commands.palette
    window.actions_by_id["palette"].trigger()
    assert palette.isVisible()
    assert palette.list.count() == len(window.commands.commands.table)
    QTest.keyClicks(palette.field, "dark theme")
    assert palette.list.count() == 1
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isHidden()
    assert window.settings.theme == "dark"
    window.actions_by_id["palette"].trigger()
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentRow() == 1
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert palette.isHidden()
    window.actions_by_id["theme light"].trigger()


def test_help_tells_every_command_and_about_the_versions(window: MainWindow) -> None:
    page = help_page(window.commands.commands)
    assert all(command.tip.split("“")[0][:12] in page for command in window.commands.commands.table.values())
    assert "torch" in about_page()
    window.actions_by_id["help"].trigger()
    window.actions_by_id["about"].trigger()
    assert {"Keys and help", "About Cropseek"} <= set(window.commands.beside)


def test_photos_are_gone_through_by_key(window: MainWindow, qtbot: QtBot, library: Path, folder: Path) -> None:
    opened(window, qtbot, library)
    session = window.session
    paths = [photo.path for photo in session.photos]
    searched(window, qtbot, paths[0])
    read: list[Path] = []
    engine, photo = window.session.engine, window.session.engine.photo
    engine.photo = lambda path: (read.append(path), photo(path))[1]  # type: ignore[method-assign]
    window.actions_by_id["photo next"].trigger()
    qtbot.waitUntil(
        lambda: [path.name for path in read[:2]] == [f"{name}.jpg" for name in sorted(NAMES)[1:3]], timeout=PATIENCE_MS
    )
    qtbot.waitUntil(lambda: session.query is not None and session.query.path == paths[1], timeout=PATIENCE_MS)
    window.actions_by_id["photo previous"].trigger()
    qtbot.waitUntil(lambda: session.query is not None and session.query.path == paths[0], timeout=PATIENCE_MS)
    window.actions_by_id["photo previous"].trigger()  # there is none before the first
    assert session.query is not None
    assert session.query.path == paths[0]


def test_panels_come_and_go(window: MainWindow, qtbot: QtBot, library: Path) -> None:
    opened(window, qtbot, library)
    for command, panel in (("map", window.map), ("details", window.details), ("sheet", window.lens.sheet)):
        window.actions_by_id[command].trigger()
        assert panel.isVisible()
        assert window.actions_by_id[command].isChecked()
        window.actions_by_id[command].trigger()
        assert not panel.isVisible()
        assert not window.actions_by_id[command].isChecked()


def test_a_start_opens_what_was_open_last(qtbot: QtBot, library: Path, folder: Path, tmp_path: Path) -> None:
    settings = Settings(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    query = Query(folder / f"{NAMES[2]}.jpg", Box(100, 50, 420, 320))
    for turn in range(2):
        window = MainWindow(Engine(), settings)
        qtbot.addWidget(window)
        window.show()
        window.recent.restore()
        session = window.session
        if turn == 0:
            assert not session.jobs.busy(Lane.OPEN)  # nothing was open before
            opened(window, qtbot, library)
            searched(window, qtbot, query.path)
            session.set_box(query.box)
        qtbot.waitUntil(lambda s=session: s.query == query and s.searches.settled(), timeout=PATIENCE_MS)
        assert window.shutdown()
        window.close()
    assert settings.recent[0] in (folder, library)


def test_recent_collections_are_offered_and_a_gone_one_is_told(
    window: MainWindow, qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    for place in range(RECENT + 3):
        settings.add_recent(tmp_path / str(place))
    assert len(settings.recent) == RECENT
    window.recent._fill()
    window.recent.menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: "not there any more" in window.messages.text(), timeout=PATIENCE_MS)
    assert settings.recent[0] == tmp_path / str(RECENT + 1)
    heard: list[Path] = []
    window.welcome.recent_chosen.connect(heard.append)
    window.welcome.set_recent(settings.recent)
    window.welcome._recent.itemAt(1).widget().click()
    assert heard == [settings.recent[0]] or heard == [tmp_path / str(RECENT + 1)]


def test_details_follow_the_photo(window: MainWindow, qtbot: QtBot, library: Path, folder: Path) -> None:
    opened(window, qtbot, library)
    searched(window, qtbot, folder / f"{NAMES[0]}.jpg")
    details = window.details
    qtbot.waitUntil(lambda: not window.session.jobs.busy(Lane.INSPECT), timeout=PATIENCE_MS)
    assert details.rows() == {}  # nobody looks: the file is not read behind another tab
    window.actions_by_id["details"].trigger()
    qtbot.waitUntil(lambda: details.rows().get("Name") == f"{NAMES[0]}.jpg", timeout=PATIENCE_MS)
    searched(window, qtbot, folder / f"{NAMES[1]}.jpg")
    window.shell.go("browse")
    qtbot.waitUntil(lambda: details.rows().get("Name") == f"{NAMES[1]}.jpg", timeout=PATIENCE_MS)


def test_every_command_is_reached_by_keys_alone(window: MainWindow) -> None:
    ran: list[str] = []
    palette = window.commands.palette
    for key, action in window.actions_by_id.items():
        action.triggered.disconnect()
        action.setEnabled(True)
        action.triggered.connect(lambda *_, key=key: ran.append(key))
    for command in window.commands.commands.table.values():
        palette.pop_up()
        # Qt's hand knows no letters beyond Latin ones.
        QTest.keyClicks(palette.field, "".join(sign for sign in command.text if sign.isascii()))
        for _ in range(palette.list.count()):
            if palette.list.currentItem().text().startswith(f"{command.menu}: {command.text}"):
                break
            QTest.keyClick(palette.field, Qt.Key.Key_Down)
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert ran == list(window.commands.commands.table)
    assert window.commands.commands.key("palette")


def test_menus_open_by_a_letter_of_their_own(window: MainWindow) -> None:
    letters = [action.text()[action.text().index("&") + 1] for action in window.menuBar().actions()]
    assert len(set(letters)) == len(MENUS) == len(letters)


def test_a_key_runs_its_command(window: MainWindow, qtbot: QtBot, library: Path) -> None:
    opened(window, qtbot, library)
    qtbot.waitUntil(window.canvas.has_photo, timeout=PATIENCE_MS)
    window.activateWindow()
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_R)
    assert window.canvas.camera.quarters == 1
    QTest.keyClick(window.canvas, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert window.canvas.camera.quarters == 0


def test_the_settings_are_made_of_rows(window: MainWindow, settings: Settings) -> None:
    window.actions_by_id["settings"].trigger()
    dialog = window.commands.beside["Settings"]
    assert isinstance(dialog, SettingsDialog)
    assert list(dialog.rows) == [row.name for row in ROWS]
    dialog.rows["on_battery"].setCurrentIndex(1)
    assert settings.on_battery == "pause"
    dialog.rows["restores"].setChecked(False)
    assert not settings.restores
