"""The database: the only place that imports duckdb."""

from volteface.store.acts import ActFilter, ActRow, Period
from volteface.store.adding import Reading, Return
from volteface.store.decisions import Decision
from volteface.store.export import write_csv, write_jsonl, write_parquet, written
from volteface.store.held import held
from volteface.store.identity import coder_id, page_id, page_key
from volteface.store.importing import Imported
from volteface.store.linked import ContestedRow, LinkRow, contested_events, linked_events
from volteface.store.listing import Filters
from volteface.store.profile import EvidenceRow, Fact, Partner, Profile
from volteface.store.reports import ReportRow, reports
from volteface.store.sandbox import query
from volteface.store.store import Store
from volteface.store.table import ActorRow, EventRow, QuoteRow, Table
from volteface.store.timeline import TimelineRow

__all__ = [
    "ActFilter",
    "ActRow",
    "ActorRow",
    "ContestedRow",
    "Decision",
    "EventRow",
    "EvidenceRow",
    "Fact",
    "Filters",
    "Imported",
    "LinkRow",
    "Partner",
    "Period",
    "Profile",
    "QuoteRow",
    "Reading",
    "ReportRow",
    "Return",
    "Store",
    "Table",
    "TimelineRow",
    "coder_id",
    "contested_events",
    "held",
    "linked_events",
    "page_id",
    "page_key",
    "query",
    "reports",
    "write_csv",
    "write_jsonl",
    "write_parquet",
    "written",
]
