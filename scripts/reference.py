"""Write `docs/reference/schema.md` and `docs/reference/cli.md` from the schema and the commands themselves.

python scripts/reference.py
"""

from __future__ import annotations

import inspect
import re
import textwrap
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from volteface.cli import main
from volteface.store import Store

FOLDER = Path(__file__).parents[1] / "docs" / "reference"

SCHEMA = """\
# The database

One DuckDB file. Every row of what was coded carries the id of the coder that made it, so a document coded
again by a later version keeps both, and two coders' outputs can be compared. Ids follow from content: the
same input gives the same rows, whatever the number of processes and the interruptions.

- A **page** is an address something was read from. A **document** is a text, known by the SHA-256 of its
  characters.
- The same page changed is a new **version** of it: `versions` has its texts in the order they were read,
  one that came back once more; the latest reading is current.
- **page_lines** is what later runs tell a site's furniture by.
- The same text at several pages is one document, whose record is made from the page with the least key.
- Listings show **latest**: texts that are current at some page, by the latest coder that coded them.
- **acts** is what analyses read: who did what to whom, linked events and imported ones alike, in one row
  for each event and pair of its sides.
- Positions (`starts`, `ends`) are 0-based, half open; in SQL: `substring(text, starts + 1, ends -
  starts)`.
- A table `migrations` has the names of the schema changes applied. A database with a name that the
  program does not know was made by a newer version, and is refused.

```sql
-- who accuses whom, in current documents
SELECT a.country AS actor, r.country AS recipient, count(*) AS events
FROM events e SEMI JOIN latest USING (document, coder)
JOIN participants a ON (a.document, a.coder, a.event, a.side)
  = (e.document, e.coder, e.event, 'actor')
JOIN participants r ON (r.document, r.coder, r.event, r.side)
  = (e.document, e.coder, e.event, 'recipient')
WHERE e.type = 'ACCUSE' GROUP BY ALL ORDER BY events DESC
```

The rest of this page is what the database says about itself (`Store.schema()`); `python
scripts/reference.py` writes it.
"""

COMMANDS = """\
# The command line

Every command exits with 0 if all went well, 1 if something could not be done (each with a line on
standard error that names the file), 2 if it was called wrongly. Results go to standard output and nothing
else does. Pages are HTML, text as copied from a page, JSON objects and JSON Lines with `text` (or `html`)
and perhaps `headline`, `published`, `url`, `publisher`, `id`, each perhaps gzipped, folders of these, and
`-` for standard input. `python scripts/reference.py` writes this page.
"""


def schema() -> str:
    """The page on the database."""
    with TemporaryDirectory() as folder, Store.open(Path(folder, "empty.duckdb")) as store:
        return SCHEMA + "\n" + store.schema()


def commands() -> str:
    """The page on the commands."""
    return "\n".join([COMMANDS, *(_section(name, command) for name, command in main.commands.items())])


def _section(name: str, command: click.Command) -> str:
    text, _, example = inspect.cleandoc(command.help or "").partition("\b\nExample:\n")
    parts = [f"## {name}\n", text.strip() + "\n", f"```\n{textwrap.dedent(example).strip()}\n```\n"]
    context = click.Context(command)
    records = [p.get_help_record(context) for p in command.params if isinstance(p, click.Option)]
    if records:
        rows = [f"| {_code(record[0])} | {record[1].replace('|', '/')} |" for record in records if record]
        parts.append("\n".join(["| option | |", "| --- | --- |", *rows]) + "\n")
    return "\n".join(parts)


def _code(flags: str) -> str:
    return "`" + re.sub(r"[|]", r"\\|", flags.replace("INTEGER RANGE", "N").replace("FLOAT RANGE", "N")) + "`"


if __name__ == "__main__":
    (FOLDER / "schema.md").write_text(schema(), encoding="utf-8")
    (FOLDER / "cli.md").write_text(commands(), encoding="utf-8")
