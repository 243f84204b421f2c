"""The project's rules that no linter checks."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BLOCK = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {names!r}:
            raise ImportError("blocked: " + name)
sys.meta_path.insert(0, Blocked())
"""


def run(names: set[str], statements: str) -> None:
    code = BLOCK.format(names=names) + statements
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


def test_core_imports_without_qt() -> None:
    modules = [".".join(p.relative_to(ROOT).with_suffix("").parts) for p in (ROOT / "core").rglob("*.py")]
    # Nothing but these may need packages of extras that tests do without.
    for package, ours in (("ray", "core.cluster."), ("pymilvus", "core.remote.milvus.")):
        if find_spec(package) is None:
            modules = [module for module in modules if not f"{module}.".startswith(ours)]
    run({"PySide6", "shiboken6", "pyqtgraph", "gui"}, "\n".join(f"import {m.removesuffix('.__init__')}" for m in modules))


def test_the_window_starts_without_torch() -> None:
    heavy = {"torch", "torchvision", "cv2", "faiss", "sklearn", "scipy", "matplotlib"}
    run(heavy, "import gui.app, gui.demo.demo_run; from core.engine import Engine; Engine()")


def test_rooms_are_small() -> None:
    for path in [ROOT / "main.py", *(p for top in ("core", "gui", "resources") for p in (ROOT / top).rglob("*.py"))]:
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 400, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 50, f"{path}:{node.name}"
