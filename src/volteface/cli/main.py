"""The command `volteface`. Commands load what they need when they run, so that `--help` is quick."""

from __future__ import annotations

from importlib import metadata

import click

from volteface.cli import analysing, coding, courses, database, deciding, importing, linking, serving
from volteface.cli.common import Commands
from volteface.cli.doctor import doctor


def _version() -> str:
    try:
        return metadata.version("volteface")
    except metadata.PackageNotFoundError:  # run from a source tree
        return "unknown"


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(_version(), prog_name="volteface")
def main() -> None:
    """News pages into sourced, queryable records of international politics: who did or said what to whom,
    when, where, and according to whom."""


for command in (
    *(database.read, database.events, database.quotes, database.actors, database.show, database.query),
    *(deciding.decide, deciding.decisions),
    *(linking.links, linking.contested),
    *(analysing.dyad, analysing.dyads, analysing.timeline, importing.import_),
    *(courses.course_, courses.coalitions_, courses.digest, serving.serve),
    *(coding.code, coding.extract, coding.classify, coding.attribute, coding.geoparse, coding.timex, doctor),
):
    main.add_command(command)
