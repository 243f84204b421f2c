"""Colours of the window, light and dark, and of the layers."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

FOUND_COLOUR = "#FFD23F"
"""The line around what a query found on a photo."""

GOOD_COLOUR, BAD_COLOUR = "#00B07C", "#F0712C"
"""Colours of wanted and unwanted examples."""

MATCH_COLOUR = "#7CFC8A"
"""Lines between keypoints that agree."""

OTHERS_COLOUR = "#F0712C"
"""Lines between keypoints that are alike and do not agree."""


@dataclass(frozen=True)
class Palette:
    """The few colours that everything is drawn with."""

    background: str
    surface: str
    text: str
    muted: str
    accent: str
    border: str
    thumb: str


_LIGHT = Palette("#f4f4f2", "#ffffff", "#1d1f21", "#6b6f76", "#1f6feb", "#d8d9d6", "#bcbec0")
_DARK = Palette("#1c1e21", "#26292d", "#e7e8ea", "#9aa0a8", "#5b9dff", "#3a3e44", "#565b63")


def colours(dark: bool) -> Palette:
    """The palette of a theme."""
    return _DARK if dark else _LIGHT


def system_is_dark() -> bool:
    """What the desktop prefers."""
    return QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


USUAL_FONT = "usual font"
"""The property of the application that keeps the desktop's font."""

SHOWN = "shown theme"
"""The property that keeps which theme and size of texts it has, as to give them again takes half a second."""


def apply_theme(app: QApplication, dark: bool, text_size: int = 100) -> None:
    """Give the whole application one theme, and one size of texts, in percent of the desktop's."""
    if app.property(SHOWN) == (dark, text_size):
        return
    app.setProperty(SHOWN, (dark, text_size))
    c = colours(dark)
    # Else a style sheet keeps the size of texts from all that lies inside a window.
    app.setAttribute(Qt.ApplicationAttribute.AA_UseStyleSheetPropagationInWidgetStyles)
    app.setStyle("Fusion")
    _set_size(app, text_size)
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, value in {
        roles.Window: c.background, roles.WindowText: c.text, roles.Base: c.surface, roles.AlternateBase: c.background,
        roles.Text: c.text, roles.Button: c.surface, roles.ButtonText: c.text, roles.Highlight: c.accent,
        roles.HighlightedText: "#ffffff", roles.ToolTipBase: c.surface, roles.ToolTipText: c.text, roles.Link: c.accent,
        roles.PlaceholderText: c.muted, roles.Mid: c.border, roles.Light: c.surface, roles.Dark: c.border,
    }.items():  # fmt: skip
        palette.setColor(role, QColor(value))
    for role in (roles.Text, roles.ButtonText, roles.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.muted))
    app.setPalette(palette)
    app.setStyleSheet(_style(c) + _lists(c) + _own(c))


def _set_size(app: QApplication, percent: int) -> None:
    if not isinstance(app.property(USUAL_FONT), QFont):
        if percent == 100:
            return
        app.setProperty(USUAL_FONT, app.font())
    font = QFont(app.property(USUAL_FONT))
    font.setPointSizeF(font.pointSizeF() * percent / 100)
    if font != app.font():
        app.setFont(font)


def _style(c: Palette) -> str:
    """The looks of Qt's own widgets."""
    return f"""
    QGroupBox {{ border: 0; margin-top: 24px; font-weight: 600; }}
    QGroupBox QWidget {{ font-weight: 400; }}
    QGroupBox::title {{ subcontrol-origin: margin; left: 0; padding: 4px 0; }}
    QTableWidget {{ background: {c.background}; border: 0; }}
    QTabWidget::pane {{ border: 0; }}
    QMenuBar {{ background: {c.background}; padding: 2px 4px; }}
    QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; background: transparent; }}
    QMenuBar::item:selected {{ background: {c.border}; }}
    QToolBar {{ background: {c.background}; border: 0; padding: 4px 8px; spacing: 2px; }}
    QToolBar {{ border-bottom: 1px solid {c.border}; }}
    QToolBar::separator {{ background: {c.border}; width: 1px; margin: 6px 6px; }}
    QToolButton {{ padding: 4px 8px; border: 0; border-radius: 6px; }}
    QToolBar QToolButton {{ padding: 5px 6px; }}
    QToolButton:hover {{ background: {c.border}; }}
    QToolButton:checked {{ background: {c.accent}; color: #ffffff; }}
    QToolButton:focus {{ border: 1px solid {c.accent}; padding: 3px 7px; }}
    #chip {{ padding: 0; text-align: left; }}
    #away {{ padding: 0; font-size: 10px; color: {c.muted}; }}
    #away:hover {{ background: {c.accent}; color: #ffffff; }}
    QToolButton::menu-indicator {{ image: none; }}
    QTabBar {{ qproperty-drawBase: 0; }}
    QTabBar::tab {{ background: transparent; color: {c.muted}; padding: 6px 12px; }}
    QTabBar::tab {{ border: 0; border-top: 2px solid transparent; }}
    QTabBar::tab:hover {{ color: {c.text}; }}
    QTabBar::tab:selected {{ color: {c.text}; border-top: 2px solid {c.accent}; }}
    QTabBar::tab:focus {{ color: {c.accent}; }}
    QListView {{ background: {c.surface}; border: 0; }}
    #queries {{ background: transparent; }}
    QStatusBar {{ background: {c.background}; border-top: 1px solid {c.border}; color: {c.muted}; }}
    QStatusBar QLabel {{ color: {c.muted}; }}
    QStatusBar::item {{ border: 0; }}
    QProgressBar {{ background: {c.border}; border: 0; border-radius: 3px; }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
    QLineEdit {{ background: {c.surface}; border: 1px solid {c.border}; border-radius: 6px; padding: 4px 8px; }}
    QLineEdit:focus {{ border-color: {c.accent}; }}
    QAbstractSpinBox QLineEdit {{ border: 0; padding: 0; }}
    QToolTip {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.border}; padding: 4px; }}
    """


def _lists(c: Palette) -> str:
    """The looks of what scrolls, and of borders between panels."""
    return f"""
    QSplitter::handle {{ background: transparent; }}
    QSplitter::handle:hover {{ background: {c.border}; }}
    QTreeView {{ background: {c.background}; border: 0; }}
    QTreeView::item {{ padding: 4px 2px; }}
    QTreeView::item:hover {{ background: {c.surface}; }}
    QTreeView::item:selected {{ background: {c.accent}; color: #ffffff; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
    QScrollBar::handle {{ background: {c.thumb}; border-radius: 4px; margin: 2px; }}
    QScrollBar::handle:vertical {{ min-height: 32px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; }}
    QScrollBar::handle:hover {{ background: {c.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """


def _own(c: Palette) -> str:
    """The looks of what has a name of ours."""
    return f"""
    #message {{ background: {c.surface}; border: 1px solid {c.border}; border-radius: 8px; }}
    #message {{ border-left: 4px solid {c.accent}; }}
    #switch {{ background: {c.border}; border-radius: 8px; }}
    #segment {{ padding: 4px 12px; border-radius: 6px; }}
    #segment:hover {{ background: {c.background}; }}
    #segment:checked {{ background: {c.surface}; color: {c.accent}; font-weight: 600; }}
    #query {{ padding: 2px 8px 2px 2px; font-weight: 600; }}
    #choice {{ padding: 0; border: 1px solid {c.border}; border-radius: 10px; text-align: left; background: {c.surface}; }}
    #choice:hover, #choice:focus {{ border-color: {c.accent}; }}
    #choiceTitle {{ font-size: 15px; font-weight: 600; }}
    #recent {{ padding: 6px 12px; border: 0; border-radius: 6px; text-align: left; color: {c.text}; }}
    #recent:hover, #recent:focus {{ color: {c.accent}; background: {c.surface}; }}
    #palette QListWidget::item {{ padding: 4px; }}
    #hint {{ background: rgba(20, 20, 20, 190); color: white; padding: 6px 14px; border-radius: 10px; }}
    #palette, #guide {{ background: {c.surface}; border: 1px solid {c.border}; border-radius: 8px; }}
    #spot {{ border: 3px solid {c.accent}; border-radius: 8px; background: transparent; }}
    #muted {{ color: {c.muted}; }}
    #title {{ font-size: 22px; font-weight: 600; }}
    #guideTitle {{ font-size: 15px; font-weight: 600; }}
    """
