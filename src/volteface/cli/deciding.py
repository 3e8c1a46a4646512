"""Commands on what is known of actors, and on what a person decides about actors and events."""

from __future__ import annotations

import sys
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

import click

from volteface.cli.common import database_option
from volteface.cli.output import Cells, format_options, plain, text_of, write

if TYPE_CHECKING:
    from volteface.store import Store

KINDS = ("actor", "same-actor", "different-actors", "same-event", "different-events", "wrong-event")
# How many actors of a name are looked at to find out which one is meant.
ALIKE = 500


def key_of(store: Store, name: str, filters: dict[str, Any]) -> str | None:
    """The key of the one actor that a name clearly means: the only one, or the only one called just so."""
    from volteface.store import Filters

    rows = list(islice(store.actors(Filters(name=name, **filters)), ALIKE))
    exact = [row for row in rows if name.casefold() in (row.name.casefold(), (row.key or "").casefold())]
    found = exact or rows
    return found[0].key if len(found) == 1 else None


def show_actor(store: Store, key: str, form: str, output: str | None) -> None:
    """The profile of an actor as a table; in other formats a row for each piece of evidence."""
    if form != "table" or output is not None:
        write(store.evidence(key), form, output)
        return
    from rich.console import Console

    from volteface.show import show_profile

    show_profile(store.profile(key), Console(file=sys.stdout))


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("subject")
@click.argument("rest", nargs=-1, metavar="[OTHER | FIELD=VALUE…]")
@click.option("--note", help="Why.")
@click.option("--by", "who", help="Who decides.")
@database_option
def decide(
    kind: str, subject: str, rest: tuple[str, ...], note: str | None, who: str | None, database: str
) -> None:
    """Correct what was coded, or join and part actors and events; nothing that was coded is changed.

    `actor KEY FIELD=VALUE…`: what an actor is (country, sector, role, name, wikidata). `same-actor A B`: A is B.
    `different-actors A B`. `same-event A B`, `different-events A B`, `wrong-event A`: events by DOCUMENT:START-END,
    start of a document's id and characters of the trigger, or DOCUMENT:E3. Listings follow at once, coding at the
    next `read` (of what is there: `--recode`).

    \b
    Example:
      volteface decide actor "NOR/Ada Moor" sector=GOV role="Foreign minister" --note "appointed on 3 March"
    """
    from volteface.store import Store

    pairs = [part.partition("=") for part in rest]
    if kind == "actor" and not (pairs and all(equals for _, equals, _ in pairs)):
        raise click.UsageError("actor KEY needs FIELD=VALUE, such as country=FRA")
    if kind != "actor" and len(rest) != (kind != "wrong-event"):
        raise click.UsageError(f"{kind} needs {'one' if kind == 'wrong-event' else 'two'}")
    with Store.open(database) as store:
        if kind == "actor":
            numbers = store.correct(subject, {field: value for field, _, value in pairs}, note=note, who=who)
        else:
            numbers = [store.decide(cast(Any, kind), subject, rest[0] if rest else None, note=note, who=who)]
    for number in numbers:
        click.echo(f"decision {number}; `volteface decisions --undo {number}` takes it back", err=True)


@click.command()
@click.option("--undo", type=click.IntRange(1), metavar="N", help="Take decision N back.")
@click.option("--all", "everything", is_flag=True, help="Also those that were taken back.")
@format_options
@database_option
def decisions(undo: int | None, everything: bool, form: str, output: str | None, database: str) -> None:
    """List what was decided, or take a decision back.

    \b
    Example:
      volteface decisions --undo 3
    """
    from volteface.store import Store

    if undo is not None:
        with Store.open(database) as store:
            store.undo(undo)
        click.echo(f"decision {undo} is undone", err=True)
        return
    with Store.open(database, read_only=True) as store:
        write(store.decision_table(undone=everything), form, output, cells=DECISION_CELLS)


DECISION_CELLS: Cells = {
    "number": plain("decision"),
    "kind": plain("kind"),
    "subject": plain("subject"),
    "what": lambda row: row["object"] or (f"{row['field']}={row['value']}" if row["field"] else ""),
    "note": plain("note"),
    "by": plain("who"),
    "made": lambda row: text_of(row["made"])[:16],
    "undone": lambda row: text_of(row["undone"])[:16],
}
