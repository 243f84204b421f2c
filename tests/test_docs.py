"""What README and docs say is true: links lead somewhere, commands can be run, files and names are there.

Also that a module's docstrings and comments name no module that was moved away.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import shlex
import tomllib
from functools import cache
from pathlib import Path

import pytest

from core.cli import build_parser
from main import main

ROOT = Path(__file__).resolve().parents[1]
TOPS = "core|gui|tests|resources|docs"
GUIDES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BESIDE = [*sorted((ROOT / "resources").rglob("*.md")), *sorted((ROOT / "tests").rglob("*.md"))]
WORDS = 700
"""What a README may have, so that it is read."""

each_text = pytest.mark.parametrize("guide", [*GUIDES, *BESIDE], ids=lambda path: str(path.relative_to(ROOT)))


def code_of(text: str) -> list[str]:
    """What a text shows as code: each line of blocks that are indented or fenced, and each span between backticks."""
    fenced = re.findall(r"^```\w*\n(.*?)^```", text, flags=re.M | re.S)
    rest = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    indented = re.findall(r"^ {4}(?=python|main\.py)(.*)$", rest, flags=re.M)
    return [*(line for block in fenced for line in block.splitlines()), *indented, *re.findall(r"`([^`\n]+)`", rest)]


def commands_of(text: str) -> list[str]:
    """The commands that a text shows, each alone."""
    shown = [part.strip() for line in code_of(re.sub(r"\\\n\s*", "", text)) for part in line.split("&&")]
    return [part for part in shown if re.match(r"(python |main\.py |cropseek )", part)]


def all_commands() -> list[str]:
    return sorted({command for guide in [*GUIDES, *BESIDE] for command in commands_of(guide.read_text(encoding="utf-8"))})


def slug(heading: str) -> str:
    """The anchor that GitHub makes of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@cache
def anchors(path: Path) -> frozenset[str]:
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    return frozenset(slug(heading) for heading in re.findall(r"^#+ (.*)$", text, flags=re.M))


def links_of(text: str) -> list[str]:
    """The targets of links and pictures that do not lead to another machine."""
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    return [target for target in targets if not re.match(r"[a-z]+:", target)]


@each_text
def test_links_and_pictures_lead_somewhere(guide: Path) -> None:
    for target in links_of(guide.read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        path = (guide.parent / name).resolve() if name else guide
        assert path.exists(), target
        assert not anchor or anchor in anchors(path), target


def test_the_readme_is_short_and_leads_to_every_guide() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.split()) <= WORDS
    assert text.splitlines()[2:4] == [
        "    python -m pip install -e . && python main.py sample",
        "    python -m pip install -e '.[test]' && python -m pytest",
    ]
    guides = {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")}
    assert guides <= {target.partition("#")[0] for target in links_of(text)}
    assert sum(target.endswith(".png") for target in links_of(text)) >= 2


@pytest.mark.parametrize("command", all_commands())
def test_commands_that_are_shown_can_be_run(command: str) -> None:
    program, *words = shlex.split(command.replace("...", "").replace("\\|", "|"))
    if program == "python" and words[:1] == ["-m"]:
        assert_module_runs(words[1], words[2:])
    elif program == "python" and words[0] != "main.py":
        assert_script_takes(ROOT / words[0], words[1:])
    elif (arguments := words[1:] if program == "python" else words) and arguments != ["COMMAND", "--help"]:
        build_parser().parse_args(arguments)


def assert_module_runs(module: str, words: list[str]) -> None:
    """A module of ours is there and knows the options that it is shown with; of pip's the extras are checked."""
    if module == "pip":
        extras = re.findall(r"\.\[(\w+)\]", " ".join(words))
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert set(extras) <= set(project["optional-dependencies"])
        return
    if module != "pytest":
        file = ROOT.joinpath(*module.split("."))
        assert_script_takes(file / "__main__.py" if file.is_dir() else file.with_suffix(".py"), words)


def assert_script_takes(file: Path, words: list[str]) -> None:
    """A file is there, does something when it is run, and knows some options."""
    assert file.is_file(), file
    source = file.read_text(encoding="utf-8")
    assert "__main__" in source or file.name == "__main__.py", file
    if "run_command(" in source:  # its options are those of all fuzzing
        source += (ROOT / "tests" / "fuzz" / "runner.py").read_text(encoding="utf-8")
    for option in (word for word in words if word.startswith("--")):
        assert f'"{option}"' in source, f"{file} has no {option}"


def test_every_subcommand_is_shown() -> None:
    shown = commands_of((ROOT / "docs" / "command-line.md").read_text(encoding="utf-8"))
    named = {shlex.split(command)[2] for command in shown if command.startswith("python main.py ")}
    (subcommands,) = (action for action in build_parser()._actions if isinstance(action, argparse._SubParsersAction))
    assert set(subcommands.choices) <= named


def told_keys(command: str) -> dict[str, list[str]]:
    """The keys of a command's document, each with those of the entries below it, as the guide tells them."""
    text = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    row = re.search(rf"^\| `{command}` \| (.*) \|$", text, flags=re.M)
    assert row is not None
    found = re.findall(r"`(\w+)`(?: \(([^)]*)\))?", row[1])
    return {key: re.findall(r"`(\w+)`", below) for key, below in found}


@pytest.mark.parametrize(
    "line",
    [
        "index {folder} --library {new}",
        "search --library {library} --image {photo}",
        "explain --library {library} --image {photo} --hit {hit}",
        "inspect {photo}",
        "survey {folder} --count 2",
        "evaluate groups --images {folder} --group-by ^([a-z-]+)-",
        "presets",
        "info {library}",
    ],
    ids=lambda line: line.split()[0],
)
def test_documents_have_the_keys_that_the_guide_tells(
    line: str, folder: Path, library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo, hit, *_ = sorted(folder.iterdir())
    places = {"folder": folder, "library": library, "new": tmp_path / "new.cropseek", "photo": photo, "hit": hit}
    assert main([*(word.format_map(places) for word in line.split()), "--json"]) == 0
    document, told = json.loads(capsys.readouterr().out), told_keys(line.split()[0])
    assert list(document) == list(told)
    for key, below in told.items():
        entries = list(document[key].values() if isinstance(document[key], dict) else document[key]) if below else []
        assert all(list(entry) == below for entry in entries), key


@each_text
def test_files_and_names_are_there(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    for span in code_of(text):
        for path in paths_in(span):
            assert (ROOT / path).exists(), path
        for path, name in re.findall(rf"((?:{TOPS})/[\w/]+\.py):([\w.]+)", span):
            assert name.rstrip(".") in defined_in(ROOT / path), f"{path}:{name}"
        for name in dotted_names(span):
            assert is_there(name), name


def test_constants_stand_where_the_guides_say() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in GUIDES)
    pairs = re.findall(r"`(_?[A-Z][A-Z_]+)` (?:in|of)\s+`([\w/]+\.py)`", text)
    assert len(pairs) > 8
    for name, path in pairs:
        assert name in defined_in(ROOT / path), f"{name} in {path}"


@cache
def defined_in(path: Path) -> frozenset[str]:
    """The functions, classes, methods and constants of a file."""
    names: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        names |= names_of(node)
        if isinstance(node, ast.ClassDef):
            names |= {f"{node.name}.{name}" for part in node.body for name in names_of(part)}
    return frozenset(names)


def names_of(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}


def paths_in(text: str) -> list[str]:
    """The paths of files and folders of ours; one named in capitals stands for many."""
    found = [path.rstrip(".") for path in re.findall(rf"(?<![\w./-])((?:{TOPS})/[\w./-]*)", text)]
    return [path for path in found if not re.search(r"/[A-Z]+\.(?!md)", path)]


def dotted_names(text: str) -> list[str]:
    return re.findall(r"(?<![\w./-])((?:core|gui|tests|resources)(?:\.[A-Za-z_]\w*)+)", text)


@cache
def is_there(name: str) -> bool:
    """Whether a dotted name is a package, a module, or something that is named in one."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:length])
        for module in (place.with_suffix(".py"), place / "__init__.py"):
            if module.is_file():
                source = module.read_text(encoding="utf-8")
                return all(re.search(rf"\b{part}\b", source) for part in parts[length:])
    return False


def test_a_moved_module_is_noticed() -> None:
    assert is_there("core.chain.describer.Describer.describe")
    assert is_there("core.cli")
    assert not is_there("core.describer")
    assert not is_there("core.chain.describer.NoSuchThing")


@pytest.mark.parametrize("top", ["core", "gui", "tests", "resources"])
def test_docstrings_and_comments_name_modules_that_are_there(top: str) -> None:
    stale = []
    for path in sorted((ROOT / top).rglob("*.py")):
        source = path.read_text(encoding="utf-8") if path != Path(__file__) else ""
        missing = [name for name in dotted_names(source) if not is_there(name)]
        missing += [name for name in paths_in(source) if not (ROOT / name).exists()]
        stale += [f"{path.relative_to(ROOT)}: {name}" for name in missing]
    assert stale == []


def test_every_room_is_told_of() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `((?:core|gui)/[\w/]+)/` \|", text, flags=re.M))
    there = {str(path.parent.relative_to(ROOT)) for top in ("core", "gui") for path in (ROOT / top).rglob("__init__.py")}
    assert told == there - {"core", "gui"}


def test_the_order_of_rooms_is_the_contracts() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (layers,) = (c["layers"] for c in contracts if c["type"] == "layers" and c["containers"] == ["core"])
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = text[text.index("## Which way the imports go") :]
    block = re.search(r"^```text\n(.*?)^```", section, flags=re.M | re.S)
    assert block is not None
    assert block[1].split("\n")[:-1] == layers
