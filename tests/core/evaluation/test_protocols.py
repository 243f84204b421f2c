"""Ground truth of every protocol, read from files of the official forms."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import scipy.io

from core.evaluation.protocols import PROTOCOLS, Benchmark, load_benchmark
from core.evaluation.scores import score
from core.geometry import crop_rows_columns
from core.util.errors import UserError
from core.util.progress import Ticket
from tests.conftest import SHARED


def load(protocol: str, images: Path, truth: Path | None = None, more: tuple[Path, ...] = ()) -> Benchmark:
    return load_benchmark(protocol, images, truth, None, more, Ticket())


def photos(folder: Path, *names: str) -> Path:
    """Empty files: only the names matter to a protocol."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def names_of(benchmark: Benchmark, indices: tuple[int, ...]) -> set[str]:
    return {benchmark.images[index].stem for index in indices}


def write_official(folder: Path, name: str, query: str, **lists: tuple[str, ...]) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}_query.txt").write_text(query + "\n")
    for kind in ("good", "ok", "junk"):
        (folder / f"{name}_{kind}.txt").write_text("".join(f"{each}\n" for each in lists.get(kind, ())))
    return folder


@pytest.fixture
def oxford(tmp_path: Path) -> tuple[Path, Path]:
    """Five photos, in sub-folders as Paris has them, and the truth of one query."""
    images = photos(tmp_path / "jpg", "a/all_souls_000013.jpg", "a/x1.jpg", "b/x2.jpg", "b/x3.jpg", "x4.jpg")
    truth = write_official(
        tmp_path / "gt",
        "all_souls_1",
        "oxc1_all_souls_000013 136.5 34.1 648.5 955.7",
        good=("x1",),
        ok=("x2", "all_souls_000013"),
        junk=("x3",),
    )
    return images, truth


def test_official_files_of_oxford(oxford: tuple[Path, Path]) -> None:
    benchmark = load("oxford5k", *oxford)
    (question,) = benchmark.questions
    assert question.path.stem == "all_souls_000013"
    assert names_of(benchmark, question.positives[""]) == {"x1", "x2", "all_souls_000013"}
    assert names_of(benchmark, question.junk[""]) == {"x3"}
    assert question.box is not None
    assert question.box.as_tuple() == (136.5, 34.1, 648.5, 955.7)
    assert crop_rows_columns(question.box, 1024, 768) == (34, 957, 137, 650)  # ALGORITHMS section 1
    assert len(benchmark.images) == 5


@pytest.mark.shared
@pytest.mark.parametrize("protocol", ["oxford5k", "paris6k"])
def test_official_files_equal_the_known_truth(protocol: str, tmp_path: Path) -> None:
    known = json.loads((SHARED / "groundtruth" / f"gnd_{protocol}.json").read_text())
    names = known["imlist"]
    images = photos(tmp_path / "jpg", *(f"{name}.jpg" for name in names))
    prefix = "oxc1_" if protocol == "oxford5k" else ""
    for query in known["queries"]:
        box = " ".join(map(str, query["bbox_xyxy_0based"]))
        ok = [names[i] for i in query["ok"]]
        write_official(
            tmp_path / "gt",
            f"q{query['query_index']:02d}",
            f"{prefix}{query['image']} {box}",
            good=tuple(ok[::2]),
            ok=tuple(ok[1::2]),
            junk=tuple(names[i] for i in query["junk"]),
        )
    for truth in (tmp_path / "gt", SHARED / "groundtruth" / f"gnd_{protocol}.json"):
        benchmark = load(protocol, images, truth)
        assert len(benchmark.questions) == 55
        for question, query in zip(benchmark.questions, known["queries"], strict=True):
            assert question.path.stem == query["image"]
            assert question.box is not None
            assert list(question.box.as_tuple()) == query["bbox_xyxy_0based"]
            rule = query["crop_rule_1based_inclusive"]
            rows_columns = crop_rows_columns(question.box, 10**6, 10**6)
            assert rows_columns == (rule["y0"] - 1, rule["y1"], rule["x0"] - 1, rule["x1"])
            assert names_of(benchmark, question.positives[""]) == {names[i] for i in query["ok"]}
            assert names_of(benchmark, question.junk[""]) == {names[i] for i in query["junk"]}


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("all_souls_1_query.txt", "oxc1_all_souls_000013 1 2 3", "form NAME x0 y0 x1 y1"),
        ("all_souls_1_query.txt", "oxc1_all_souls_000013 1 2 three 4", "form NAME x0 y0 x1 y1"),
        ("all_souls_1_query.txt", "oxc1_all_souls_000013 9 9 3 4", "form NAME x0 y0 x1 y1"),
        ("all_souls_1_query.txt", "", "form NAME x0 y0 x1 y1"),
        ("all_souls_1_good.txt", "x1\ny1\ny2\n", "names 2 photos that are not there, y1 first"),
    ],
)
def test_damaged_official_files_are_told(oxford: tuple[Path, Path], file: str, text: str, words: str) -> None:
    (oxford[1] / file).write_text(text)
    with pytest.raises(UserError, match=words):
        load("oxford5k", *oxford)


def test_missing_official_files_are_told(oxford: tuple[Path, Path], tmp_path: Path) -> None:
    (oxford[1] / "all_souls_1_junk.txt").unlink()
    with pytest.raises(UserError, match=r"junk\.txt"):
        load("paris6k", *oxford)
    with pytest.raises(UserError, match="no files NAME_query"):
        load("oxford5k", oxford[0], photos(tmp_path / "empty", "x"))
    with pytest.raises(UserError, match="not there"):
        load("oxford5k", oxford[0], tmp_path / "nowhere")
    with pytest.raises(UserError, match="--ground-truth"):
        load("oxford5k", oxford[0])


def test_distractors_come_after_and_are_never_found(oxford: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(UserError, match="--distractors"):
        load("oxford105k", *oxford)
    more = photos(tmp_path / "flickr", "1.jpg", "2.jpg")
    benchmark = load("oxford105k", *oxford, more=(more,))
    assert [path.stem for path in benchmark.images[benchmark.own :]] == ["1", "2"]
    assert max(benchmark.questions[0].positives[""]) < benchmark.own
    assert benchmark.protocol == "oxford105k"


def test_unreadable_photos_cost_where_they_should_be_found(oxford: tuple[Path, Path]) -> None:
    whole = load("oxford5k", *oxford)
    bad = next(path for path in whole.images if path.stem == "x1")
    benchmark = whole.without({bad})
    assert len(benchmark.images) == benchmark.own == 4
    perfect = np.array([sorted(range(4), key=lambda i: i not in benchmark.questions[0].positives[""])])
    assert score(perfect, benchmark, "") == pytest.approx(2 / 3)
    assert not whole.without({whole.questions[0].path}).questions


@pytest.fixture
def revisited(tmp_path: Path) -> tuple[Path, dict[str, object]]:
    images = photos(tmp_path / "jpg", *(f"d{i}.jpg" for i in range(5)), "q0.jpg", "q1.jpg", "other.jpg")
    truth = {
        "imlist": [f"d{i}" for i in range(5)],
        "qimlist": ["q0", "q1"],
        "gnd": [
            {"bbx": [1.0, 2.0, 30.5, 40.0], "easy": [0], "hard": [2, 3], "junk": [4]},
            {"bbx": [0.0, 0.0, 10.0, 10.0], "easy": [1], "hard": [], "junk": []},
        ],
    }
    return images, truth


def write_mat(path: Path, truth: dict[str, object]) -> Path:
    """The form of the official release: cells of names, a struct array, indices from 1."""
    entries = truth["gnd"]
    fields = [("bbx", object), ("easy", object), ("hard", object), ("junk", object)]
    gnd = np.zeros((1, len(entries)), dtype=fields)  # type: ignore[arg-type]
    for place, entry in enumerate(entries):  # type: ignore[arg-type]
        gnd[0, place]["bbx"] = np.array(entry["bbx"])[None]
        for kind in ("easy", "hard", "junk"):
            gnd[0, place][kind] = np.array(entry[kind], dtype=float)[None] + 1
    cells = {key: np.array(truth[key], dtype=object)[:, None] for key in ("imlist", "qimlist")}
    scipy.io.savemat(path, {"gnd": gnd, **cells})
    return path


def test_revisited_protocol_from_mat_and_json(revisited: tuple[Path, dict[str, object]], tmp_path: Path) -> None:
    images, truth = revisited
    (tmp_path / "gnd.json").write_text(json.dumps(truth))
    for file in (write_mat(tmp_path / "gnd_roxford5k.mat", truth), tmp_path / "gnd.json"):
        benchmark = load("roxford5k", images, file)
        assert [path.stem for path in benchmark.images] == [f"d{i}" for i in range(5)]
        first, second = benchmark.questions
        assert first.path.stem == "q0"
        assert first.box is not None
        assert first.box.as_tuple() == (1.0, 2.0, 30.5, 40.0)
        assert {setup: set(found) for setup, found in first.positives.items()} == {
            "easy": {0}, "medium": {0, 2, 3}, "hard": {2, 3},
        }  # fmt: skip
        assert {setup: set(found) for setup, found in first.junk.items()} == {
            "easy": {4, 2, 3},
            "medium": {4},
            "hard": {4, 0},
        }
        assert second.positives["hard"] == ()
        rankings = np.array([[4, 0, 2, 3, 1], [1, 0, 2, 3, 4]])
        # The second query has no hard positives: it is left out, as in the official evaluation.
        assert [score(rankings, benchmark, setup) for setup in benchmark.setups] == [1.0, 1.0, 1.0]


def test_revisited_truth_as_pickle_is_refused(revisited: tuple[Path, dict[str, object]], tmp_path: Path) -> None:
    images, truth = revisited
    (tmp_path / "gnd_roxford5k.pkl").write_bytes(b"anything")
    with pytest.raises(UserError, match="can run code"):
        load("roxford5k", images, tmp_path / "gnd_roxford5k.pkl")
    truth["gnd"][0]["easy"] = [77]  # type: ignore[index]
    (tmp_path / "bad.json").write_text(json.dumps(truth))
    (tmp_path / "no.mat").write_bytes(b"no matrix")
    for file in ("bad.json", "no.mat"):
        with pytest.raises(UserError, match=r"ground truth"):
            load("rparis6k", images, tmp_path / file)


def test_holidays_and_ukb(tmp_path: Path) -> None:
    images = photos(tmp_path / "h", "100000.jpg", "100001.jpg", "100100.jpg", "100101.jpg", "100102.jpg", "100200.jpg")
    benchmark = load("holidays", images)
    assert [(q.path.stem, len(q.positives[""])) for q in benchmark.questions] == [("100000", 1), ("100100", 2)]
    more = photos(tmp_path / "f", "9.jpg")
    assert load("holidays1m", images, more=(more,)).own == 6
    groups = photos(tmp_path / "u", *(f"ukbench{i:05d}.jpg" for i in range(8)))
    ukb = load("ukb", groups)
    assert len(ukb.questions) == 8
    perfect = np.array([[*range(start, start + 4), *range(4 - start, 8 - start)] for start in (0,) * 4 + (4,) * 4])
    assert score(perfect, ukb, "") == 4.0
    with pytest.raises(UserError, match="multiple of four"):
        load("ukb", images.parent / "f")


def test_unknown_protocols_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There are"):
        load("oxford6k", tmp_path)
    assert len(PROTOCOLS) == 12
