"""Gather the texts of the window for translation, and compile what is translated:

    python -m resources.tools.translations [LANGUAGE ...]

brings every ``cropseek_LANGUAGE.ts`` of ``resources/translations`` up to date with ``gui`` (Qt's lupdate) and writes the
``.qm`` that the window loads beside it (Qt's lrelease); a LANGUAGE that is named, as ``fr`` or ``pt_BR``, is begun when it
is new.  Translate its ``.ts`` with Qt Linguist, then run this again.  English holds the plurals of the sources: of
``%n photos`` the singular.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from string import Formatter

import PySide6

from core.util.resources import RESOURCES, TRANSLATIONS

ENGLISH = TRANSLATIONS / "cropseek_en.ts"
GUI = RESOURCES.parent / "gui"
MARKS = "QT_TR_NOOP+=later,QT_TR_NOOP+=_"
"""What marks texts in the sources beside ``tr`` (``gui.widgets.text``)."""


def run_tool(name: str, *arguments: str) -> None:
    """Run one of Qt's tools out of PySide6.

    Raises:
        RuntimeError: it failed; with what it said.
    """
    command = Path(PySide6.__file__).parent / name
    done = subprocess.run([str(command), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stdout}{done.stderr}")


def update(ts: Path) -> None:
    """Bring a file of translations up to date with the sources, or begin it."""
    language = ts.stem.removeprefix("cropseek_")
    sources = sorted(map(str, GUI.rglob("*.py")))
    options = ("-no-obsolete", "-sort-messages", "-locations", "none", "-tr-function-alias", MARKS)
    run_tool("lupdate", *options, "-source-language", "en", "-target-language", language, *sources, "-ts", str(ts))


def compile_to(ts: Path, qm: Path) -> None:
    """Compile what is translated."""
    run_tool("lrelease", "-silent", str(ts), "-qm", str(qm))


def texts(ts: Path) -> dict[tuple[str, str], list[str]]:
    """The translations, or forms of plurals, of every text and its comment; those that are not done are empty."""
    found = {}
    for message in ET.parse(ts).getroot().iter("message"):
        translation = message.find("translation")
        forms = [form.text or "" for form in message.iter("numerusform")] if message.get("numerus") else []
        key = message.findtext("source", ""), message.findtext("comment", "")
        found[key] = forms or [translation.text or "" if translation is not None else ""]
    return found


def slips(ts: Path) -> list[str]:
    """Translations that name other values than their text: those would be shown in English."""
    return [
        f"{ts.name}: {source!r}: {words!r}"
        for (source, _), forms in texts(ts).items()
        for words in forms
        if words and not value_names(words) <= value_names(source)
    ]


def value_names(text: str) -> set[str]:
    """The names of the values of a text."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return {text}  # which no text names


def main() -> int:
    """Update and compile all; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE")
    wanted = {TRANSLATIONS / f"cropseek_{language}.ts" for language in parser.parse_args().languages}
    found = []
    for ts in sorted({*TRANSLATIONS.glob("cropseek_*.ts"), *wanted}):
        update(ts)
        compile_to(ts, ts.with_suffix(".qm"))
        # In English only plurals are to be told: all else says what the sources say.
        forms = [form for words in texts(ts).values() for form in words if ts != ENGLISH or len(words) > 1]
        print(f"{ts.name}: {sum(map(bool, forms))} of {len(forms)} texts translated")
        found += slips(ts)
    print("\n".join(found), file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
