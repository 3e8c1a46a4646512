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

from volteface.store.among import among, documents_of, names
from volteface.store.store import Store
from volteface.store.table import Table

Order = Literal["oldest", "newest"]
Place = tuple[date | int | str, ...]
# What is not dated comes last.
UNDATED: Mapping[Order, date] = {"oldest": date.max, "newest": date.min}


@dataclass(frozen=True, slots=True)
class Sequel:
    """A list that can be gone on with. `keys`: what its rows are ordered by, together unique, as SQL by name, with
    their types; a date may be null. `pick`: what is picked from, with `{where}`, as SQL after the columns.
    `fill`: whole rows of `picked`, which has the keys and `carried`, in the order of `picked.place`; `again`: it has a
    `{where}` too. It may have what `among` gives for the documents of its rows, and of linked events `{those}`, what all
    rows of them meet, with the documents that report them."""

    name: str
    keys: Mapping[str, tuple[str, str]]
    pick: str
    fill: str
    carried: Mapping[str, str] = field(default_factory=dict)
    again: bool = False


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
    keys = {
        name: f"coalesce({sql}, DATE '{UNDATED[cut.order]}')" if type_ == "DATE" else sql
        for name, (sql, type_) in sequel.keys.items()
    }
    columns = ", ".join(f"{sql} AS {name}" for name, sql in {**keys, **sequel.carried}.items())
    way, sign = ("ASC", ">") if cut.order == "oldest" else ("DESC", "<")
    met = " AND ".join(["true", *where])
    sql = f"""SELECT * FROM (SELECT {columns} {sequel.pick.format(where=met)})
      WHERE {_beyond(list(keys), sign) if cut.after else "true"}
      ORDER BY {", ".join(f"{name} {way}" for name in keys)} LIMIT {int(cut.limit) + 1}"""
    given = {f"after_{name}": value for name, value in zip(keys, cut.after or (), strict=False)}
    found = store._rows(sql, {**parameters, **given})
    rows = found[: cut.limit]
    types = {name: type_ for name, (_, type_) in sequel.keys.items()} | dict.fromkeys(
        sequel.carried, "VARCHAR"
    )
    picked = ", ".join(f"unnest($picked_{name}::{type_}[]) AS {name}" for name, type_ in types.items())
    lists: dict[str, object] = {f"picked_{name}": [row[n] for row in rows] for n, name in enumerate(types)}
    lists["places"] = list(range(len(rows)))
    parts: dict[str, str] = {}
    if "{those}" in sequel.fill:
        linked = [row[list(keys).index("linked")] for row in rows]
        parts["those"] = f"linked IN ({names(linked)})"
        documents = set(documents_of(store, linked))
    elif "{only}" in sequel.fill:
        documents = {row[list(keys).index("document")] for row in rows}
    if "{only}" in sequel.fill:
        filling, among_them = among(store, documents, text="{text}" in sequel.fill)
        parts |= filling
        lists |= among_them
    table: Table[dict[str, Any]] = Table(
        store._connection,
        sequel.fill.format(
            picked=f"SELECT {picked}, unnest($places::INTEGER[]) AS place", where=met, **parts
        ),
        {**lists, **(parameters if sequel.again else {})},
        dict,
    )
    return Leaf(table, rows[-1][: len(keys)] if len(found) > cut.limit else None)


def _beyond(names: Sequence[str], sign: str) -> str:
    """That a row stands beyond the place, by the first key in which they differ."""
    first, *rest = names
    if not rest:
        return f"{first} {sign} $after_{first}"
    return f"{first} {sign}= $after_{first} AND ({first} {sign} $after_{first} OR ({_beyond(rest, sign)}))"
