"""Event data that others made: what their files look like, and what of the codebook their rows are.

One file a format. Nothing here knows the database: `store` reads the lines, asks a `Format` what they mean, and keeps
them as acts.
"""

from volteface.imports.formats import Format, Kind, Party
from volteface.imports.gdelt import GDELT
from volteface.imports.icews import ICEWS
from volteface.imports.lines import Lines, read_lines
from volteface.imports.polecat import POLECAT

FORMATS = {each.origin: each for each in (ICEWS, GDELT, POLECAT)}

__all__ = ["FORMATS", "Format", "Kind", "Lines", "Party", "read_lines"]
