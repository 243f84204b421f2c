"""What a person keeps in a shared library: marks, rejections and saved queries, of which nobody else sees any.

What was published with the library counts too, unless the person has taken it away: a row of theirs that is not ``kept``
hides a published one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from core.library import limits
from core.library.filter_sql import searchable
from core.library.rejections import BOXES
from core.remote.causes import damaged
from core.remote.postgres import Rows, Server

_EFFECTIVE = """{table} AS (
    SELECT {columns} FROM {schema}.{table} AS published WHERE NOT EXISTS (
        SELECT 1 FROM cropseek.{table} AS own WHERE own.owner = current_user AND NOT own.kept AND {same})
    UNION SELECT {columns} FROM cropseek.{table} WHERE owner = current_user AND kept)"""

_TABLES = {
    "marks": ("content, mark, folded", ("content", "mark")),
    "apart": ("asking, box, content", ("asking", "box", "content")),
}
_CHANGED = """
INSERT INTO cropseek.changes (number) VALUES (1) ON CONFLICT (owner) DO UPDATE SET number = changes.number + 1
"""
_MARK = """
INSERT INTO cropseek.marks (content, mark, folded, kept)
SELECT DISTINCT content, %s::text, %s::bytea, %s::boolean FROM {schema}.photos
WHERE id = ANY(%s::bigint[]) AND content <> ''
ON CONFLICT (owner, content, mark) DO UPDATE SET kept = excluded.kept
"""
_REJECT = """
INSERT INTO cropseek.apart (asking, box, content, kept)
SELECT DISTINCT %s::text, %s::text, content, true FROM {schema}.photos WHERE id = ANY(%s::bigint[]) AND content <> ''
ON CONFLICT (owner, asking, box, content) DO UPDATE SET kept = true
"""
_TAKE_BACK = """
WITH {apart}, others AS (SELECT content FROM {schema}.photos WHERE id = ANY(%s::bigint[]) AND content <> '')
INSERT INTO cropseek.apart (asking, box, content, kept)
SELECT asking, box, content, false FROM apart WHERE box = ANY(%s::text[]) AND (
    asking = %s::text AND content IN (SELECT content FROM others)
    OR box = '' AND asking IN (SELECT content FROM others) AND content = %s::text)
ON CONFLICT (owner, asking, box, content) DO UPDATE SET kept = false
"""
_REJECTED = """
WITH {apart} SELECT content, box FROM apart WHERE asking = %s::text
UNION SELECT asking, '' FROM apart WHERE content = %s::text AND box = ''
"""
_QUERIES = """
SELECT name, data FROM (
    SELECT name, data FROM {schema}.queries AS published
    WHERE NOT EXISTS (SELECT 1 FROM cropseek.queries AS own WHERE own.owner = current_user AND own.name = published.name)
    UNION ALL SELECT name, data FROM cropseek.queries WHERE owner = current_user AND kept) AS effective
ORDER BY name COLLATE "C"
"""
_SAVE = """
INSERT INTO cropseek.queries (name, data, kept) VALUES (%s::text, %s::text, %s::boolean)
ON CONFLICT (owner, name) DO UPDATE SET data = excluded.data, kept = excluded.kept
"""


def effective(table: str, schema: str) -> str:
    """The part of a WITH clause that defines ``marks`` or ``apart`` as the person sees them."""
    columns, key = _TABLES[table]
    same = " AND ".join(f"own.{column} = published.{column}" for column in key)
    return _EFFECTIVE.format(table=table, schema=schema, columns=columns, same=same)


def queries_of(schema: str) -> str:
    """The statement for names and texts of the saved queries as the person sees them."""
    return _QUERIES.format(schema=schema)


class Own:
    """The person's rows.

    Args:
        server: open for writing if anything is to be changed.
        schema: gives the schema of the published version.
    """

    def __init__(self, server: Server, schema: Callable[[], str]) -> None:
        self._server, self._schema = server, schema

    def marks(self) -> dict[int, tuple[str, ...]]:
        """The marks of photos, by photo id."""
        schema = self._schema()
        rows = self._server.checked(
            f'WITH {effective("marks", schema)} SELECT content, mark FROM marks ORDER BY mark COLLATE "C"',
            (),
            *("marks.content", "marks.mark"),
        )
        by_content: dict[str, list[str]] = {}
        for content, mark in rows:
            by_content.setdefault(content, []).append(mark)
        if max(map(len, by_content.values()), default=0) > limits.MARKS_OF_ONE:
            raise damaged(self._server.address)
        shared = {content: tuple(own) for content, own in by_content.items()}
        return {photo: shared[content] for photo, content in self._photos_of(list(shared)) if content in shared}

    def mark(self, photos: Sequence[int], mark: str, on: bool) -> None:
        """Add a mark to photos, or remove it."""
        self._change(_MARK.format(schema=self._schema()), (mark, searchable(mark), on, list(photos)))

    def queries(self) -> Rows:
        """Names and texts of the saved queries."""
        rows = self._server.checked(queries_of(self._schema()), (), "queries.name", "queries.data")
        if sum(len(row[1]) for row in rows) > limits.QUERIES_BYTES:
            raise damaged(self._server.address)
        return rows

    def save_query(self, name: str, data: str, kept: bool = True) -> None:
        """Save a query's text under a name, or hide what has that name."""
        self._change(_SAVE, (name, data, kept))

    def __bool__(self) -> bool:
        """Whether there are rejections."""
        schema = self._schema()
        return bool(self._server.rows(f"WITH {effective('apart', schema)} SELECT 1 FROM apart LIMIT 1", (), 1))

    def reject(self, asking: str, box: str, photos: Sequence[int]) -> None:
        """See ``core.library.rejections.RejectionsTable.reject``."""
        self._change(_REJECT.format(schema=self._schema()), (asking, box, list(photos)))

    def take_back(self, asking: str, boxes: Sequence[str], photos: Sequence[int]) -> None:
        """See ``core.library.rejections.RejectionsTable.take_back``."""
        sql = _TAKE_BACK.format(apart=effective("apart", self._schema()), schema=self._schema())
        self._change(sql, (list(photos), list(boxes), asking, asking))

    def rejected(self, asking: str) -> list[tuple[int, str]]:
        """See ``core.library.rejections.RejectionsTable.rejected``."""
        sql = _REJECTED.format(apart=effective("apart", self._schema()))
        boxes: dict[str, list[str]] = {}
        for content, box in self._server.checked(sql, (asking, asking), "apart.content", "apart.box"):
            boxes.setdefault(content, []).append(box)
        return [(photo, box) for photo, content in self._photos_of(list(boxes)) for box in boxes[content][:BOXES]]

    def _photos_of(self, contents: list[str]) -> list[tuple[Any, ...]]:
        """Ids and contents of the photos with one of these contents."""
        if not contents:
            return []
        sql = (
            f"SELECT id, content FROM {self._schema()}.photos WHERE content = ANY(%s::text[]) AND content <> '' ORDER BY id"
        )
        found = self._server.checked(sql, (contents,), "photos.id", "photos.content")
        if not {content for _, content in found} <= set(contents):
            raise damaged(self._server.address)
        return found

    def _change(self, sql: str, arguments: tuple[object, ...]) -> None:
        def work(connection: Any) -> None:
            connection.execute(sql, arguments)
            connection.execute(_CHANGED)

        self._server.change(work)
