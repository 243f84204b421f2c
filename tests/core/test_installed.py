"""The installed wheel: one top-level name in the environment, with the whole program below it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with only the unpacked wheel."""
    wheels, target = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("site")
    # Built in a copy, so that leftovers of builds neither get into the wheel nor stay in the checkout.
    source = tmp_path_factory.mktemp("source") / "cropseek"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".*", "build", "*.egg-info", "__pycache__", "tests"))
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
    build = [*pip, "wheel", "--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(source)]
    subprocess.run(build, check=True, timeout=300)
    wheel = str(next(wheels.glob("*.whl")))
    subprocess.run([*pip, "install", "--no-index", "--no-deps", "--target", str(target), wheel], check=True, timeout=300)
    return target


def run(installed: Path, tmp_path: Path, *arguments: str) -> str:
    """The output of a command that runs outside the checkout."""
    environment = os.environ | {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_one_name_is_installed(installed: Path) -> None:
    modules = {path.name for path in installed.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert modules == {"cropseek"}
    assert not {"core", "gui", "resources", "main", "main.py"} & {path.name for path in installed.iterdir()}


def test_every_module_is_in_the_wheel(installed: Path) -> None:
    for room in ("core", "gui"):
        ours = {path.relative_to(ROOT) for path in (ROOT / room).rglob("*.py")}
        assert ours == {path.relative_to(installed / "cropseek") for path in (installed / "cropseek" / room).rglob("*.py")}
    assert {path.name for path in (installed / "cropseek" / "core" / "remote").glob("*.sql")} == {
        "schema.sql",
        "version.sql",
    }


def test_the_installed_program_indexes_and_searches(installed: Path, folder: Path, tmp_path: Path) -> None:
    library, photo = tmp_path / "l.cropseek", sorted(folder.iterdir())[0]
    run(installed, tmp_path, "-m", "cropseek", "index", str(folder), "--library", str(library), "--json")
    told = run(installed, tmp_path, "-m", "cropseek", "search", "--library", str(library), "--image", str(photo), "--json")
    assert json.loads(told)["hits"]
    where = run(installed, tmp_path, "-c", "import cropseek; from core import engine; print(engine.__file__)")
    assert Path(where.strip()).is_relative_to(installed)
