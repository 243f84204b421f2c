"""A filter (``core.library.filters``) as a condition of SQL with parameters, for libraries in a database.

It names columns of a table ``photos``: ``folded`` and ``folder``, bytes, are ``searchable`` of the photo's path and of its
parent; ``id``, ``width``, ``height``, ``taken`` and ``state`` are as in ``PhotoRecord``; and of a table ``cameras``:
``photo`` and ``folded``.  Texts are compared as bytes, so the database's language and character set have no say.  It passes
exactly the photos that ``parse_filter`` passes.
"""

from __future__ import annotations

from collections.abc import Callable

from core.library.filters import KEYS, check_is, dates_of, folded, size_of, states_of, terms_of
from core.records import STAR

Condition = tuple[str, tuple[object, ...]]
"""SQL with ``%s`` for each parameter, and the parameters."""

_MARKED = "EXISTS (SELECT 1 FROM marks WHERE marks.content = photos.content AND photos.content <> '' AND {which})"
"""The statement that the condition is part of must define ``marks`` with columns ``content``, ``mark`` and ``folded``."""


def searchable(text: str) -> bytes:
    """A path or a mark in the form that is compared."""
    return folded(text).encode("utf-8", "surrogatepass")


def compile_filter(text: str) -> Condition:
    """The condition of a filter.

    Raises:
        UserError: an invalid value.
    """
    conditions = [_term(term) for term in terms_of(text)]
    if not conditions:
        return "true", ()
    return " AND ".join(sql for sql, _ in conditions), tuple(value for _, values in conditions for value in values)


def _term(term: str) -> Condition:
    """The condition of one word, which may be negated."""
    if term.startswith("-") and len(term) > 1:
        sql, values = _term(term[1:])
        return f"(NOT {sql})", values
    key, colon, value = term.partition(":")
    return _BY_KEY[key](value) if colon and key in KEYS else _contains("folded", term)


def _contains(column: str, text: str) -> Condition:
    return f"(position(%s::bytea IN {column}) > 0)", (text.encode("utf-8", "surrogatepass"),)


def _state(value: str) -> Condition:
    return "(state = ANY(%s::text[]))", (states_of(value),)


def _is(value: str) -> Condition:
    check_is(value)
    return _MARKED.format(which="mark = %s::text"), (STAR,)


def _tag(value: str) -> Condition:
    start = value.encode("utf-8", "surrogatepass")
    which = "mark <> %s::text AND substring(marks.folded FROM 1 FOR %s::int) = %s::bytea"
    return _MARKED.format(which=which), (STAR, len(start), start)


def _camera(value: str) -> Condition:
    contains, values = _contains("cameras.folded", value)
    return f"EXISTS (SELECT 1 FROM cameras WHERE cameras.photo = photos.id AND {contains})", values


def _date(value: str) -> Condition:
    first, last = dates_of(value)
    sql = "(taken <> '' AND taken COLLATE \"C\" >= %s::text"
    if not last:
        return f"{sql})", (first,)
    return f'{sql} AND left(taken, %s::int) COLLATE "C" <= %s::text)', (first, len(last), last)


def _size(value: str) -> Condition:
    bound = size_of(value)
    if bound is None:
        return "true", ()
    sign, number, megapixels = bound
    size = "width::bigint * height / 1e6::float8" if megapixels else "greatest(width, height)::float8"
    return f"(width > 0 AND {size} {sign or '>='} %s::float8)", (number,)


_BY_KEY: dict[str, Callable[[str], Condition]] = {
    "folder": lambda value: _contains("folder", value),
    "date": _date,
    "size": _size,
    "state": _state,
    "is": _is,
    "tag": _tag,
    "camera": _camera,
}
