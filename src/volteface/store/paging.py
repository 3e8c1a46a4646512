"""Long lists, a leaf at a time: the rows after a place in their order are picked first, and only they are filled in.

A place is the values a row is ordered by, which no two rows share. So what comes or goes between two leaves makes no
row come twice or be left out, and the leaf after the four thousandth costs what the first does (an OFFSET would read
all that it skips).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from volteface.store.among import among, current, documents_of, names
from volteface.store.store import Store
from volteface.store.table import Table

Order = Literal["oldest", "newest"]
Place = tuple[date | int | str, ...]
# What is not dated comes last.
# Rows picked besides twice as many as are wanted: some may be of documents, or coders, that are not current.
SPARE = 100
UNDATED: Mapping[Order, date] = {"oldest": date.max, "newest": date.min}


@dataclass(frozen=True, slots=True)
class Sequel:
    """A list that can be gone on with. `keys`: what its rows are ordered by, together unique, as SQL by name, with
    their types; a date may be null. `pick`: what is picked from, with `{where}`, as SQL after the columns.
    `fill`: whole rows of `picked`, which has the keys and `carried`, in the order of `picked.place`; `again`: it has a
    `{where}` too. It may have what `among` gives for the documents of its rows, and of linked events `{those}`, what
    all rows of them meet, with the documents that report them. `parts`: what the table is called where its rows are
    parts of documents, of which those of current ones alone are meant; `coder` is the last that is carried."""

    name: str
    keys: Mapping[str, tuple[str, str]]
    pick: str
    fill: str
    carried: Mapping[str, str] = field(default_factory=dict)
    again: bool = False
    parts: str | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """Which rows of a list: so many after a place, in this order."""

    limit: int
    after: Place | None = None
    order: Order = "oldest"


@dataclass(frozen=True, slots=True)
class Leaf:
    """Some rows of a list, and the place of the last if there are more."""

    table: Table[dict[str, Any]]
    last: Place | None


def leaf(
    store: Store, sequel: Sequel, where: Sequence[str], parameters: Mapping[str, object], cut: Cut
) -> Leaf:
    """A piece of a list. `where` and `parameters`: what rows have to meet."""
    return filled(store, sequel, picked(store, sequel, where, parameters, cut), cut, where, parameters)


def picked(
    store: Store, sequel: Sequel, where: Sequence[str], parameters: Mapping[str, object], cut: Cut
) -> list[Place]:
    """Keys and carried values of the rows of a piece, and of one more if there are more."""
    keys = _keys(sequel, cut.order)
    columns = ", ".join(f"{sql} AS {name}" for name, sql in {**keys, **sequel.carried}.items())
    way, sign = ("ASC", ">") if cut.order == "oldest" else ("DESC", "<")
    given = {f"after_{name}": value for name, value in zip(keys, cut.after or (), strict=False)}

    def rows(limit: int, *more: str) -> list[Place]:
        met = " AND ".join(["true", *where, *more])
        sql = f"""SELECT * FROM (SELECT {columns} {sequel.pick.format(where=met)})
          WHERE {_beyond(list(keys), sign) if cut.after else "true"}
          ORDER BY {", ".join(f"{name} {way}" for name in keys)} LIMIT {limit}"""
        return store._rows(sql, {**parameters, **given})

    limit = cut.limit + 1
    if sequel.parts is None:
        return rows(limit)
    # Of which documents they are is seen afterwards: to join a table of millions costs ten times as much.
    some = rows(2 * limit + SPARE)
    at = list(keys).index("document")
    now = current(store, {str(row[at]) for row in some})
    found = [row for row in some if (row[at], row[-1]) in now][:limit]
    if len(found) == limit or len(some) < 2 * limit + SPARE:
        return found
    return rows(
        limit, f"({sequel.parts}.document, {sequel.parts}.coder) IN (SELECT document, coder FROM latest)"
    )


def filled(
    store: Store,
    sequel: Sequel,
    found: Sequence[Place],
    cut: Cut,
    where: Sequence[str] = (),
    parameters: Mapping[str, object] | None = None,
) -> Leaf:
    """A piece of a list, of what was `picked`."""
    keys = list(sequel.keys)
    rows = found[: cut.limit]
    types = {name: type_ for name, (_, type_) in sequel.keys.items()} | dict.fromkeys(
        sequel.carried, "VARCHAR"
    )
    these = ", ".join(f"unnest($picked_{name}::{type_}[]) AS {name}" for name, type_ in types.items())
    lists: dict[str, object] = {f"picked_{name}": [row[n] for row in rows] for n, name in enumerate(types)}
    lists["places"] = list(range(len(rows)))
    parts: dict[str, str] = {}
    documents: set[str] = set()
    if "{those}" in sequel.fill:
        linked = [str(row[keys.index("linked")]) for row in rows]
        parts["those"] = f"linked IN ({names(linked)})"
        documents = set(documents_of(store, linked))
    elif "{only}" in sequel.fill:
        documents = {str(row[keys.index("document")]) for row in rows}
    if "{only}" in sequel.fill:
        filling, among_them = among(store, documents, text="{text}" in sequel.fill)
        parts |= filling
        lists |= among_them
    met = " AND ".join(["true", *where])
    table: Table[dict[str, Any]] = Table(
        store._connection,
        sequel.fill.format(picked=f"SELECT {these}, unnest($places::INTEGER[]) AS place", where=met, **parts),
        {**lists, **(parameters or {} if sequel.again else {})},
        dict,
    )
    return Leaf(table, rows[-1][: len(keys)] if len(found) > cut.limit else None)


def _keys(sequel: Sequel, order: Order) -> dict[str, str]:
    return {
        name: f"coalesce({sql}, DATE '{UNDATED[order]}')" if type_ == "DATE" else sql
        for name, (sql, type_) in sequel.keys.items()
    }


def _beyond(names: Sequence[str], sign: str) -> str:
    """That a row stands beyond the place, by the first key in which they differ."""
    first, *rest = names
    if not rest:
        return f"{first} {sign} $after_{first}"
    return f"{first} {sign}= $after_{first} AND ({first} {sign} $after_{first} OR ({_beyond(rest, sign)}))"
