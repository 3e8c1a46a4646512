"""`/decisions`: what people decided, to be undone; and the forms of events and actors that decide.

The guard has checked who sends a form. Each is answered by leading on (303), so that loading a page again sends
nothing, and what is decided already is not decided twice: a form that is sent again finds its decision there.
"""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlencode

from litestar import MediaType, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import FromPath, FromQuery

from volteface.errors import StoreError
from volteface.linking import bring_up_to_date
from volteface.records.marks import clean
from volteface.show.web.guard import FORM_TOKEN, Visitor, visitor_of
from volteface.show.web.pages.common import number_of, render, sheet, window
from volteface.show.web.room import Room
from volteface.show.web.words import code_of, slug, unslug
from volteface.store import Decision, Profile, Store
from volteface.store.deciding import MOST_REPORTS, Meant, meant, newest, reports, sent_before, these
from volteface.store.decisions import Wish

LOG = logging.getLogger(__name__)
LONGEST_WHY, LONGEST_WHO, LONGEST_VALUE = 500, 80, 200
# The name that was given last is there again in the next form.
WHO = "volteface_who"
YEAR = 365 * 24 * 3600
FIELDS = ("name", "country", "sector", "role")
LINKED = re.compile(r"[0-9a-f]{12}")
ADDRESS = re.compile(r"(?:^|/events/)([0-9a-f]{12})(?:[?#].*)?$")
IN_DOCUMENT = re.compile(r"/documents/([0-9a-f]{64})(?:\?[^#]*)?#(E\d{1,9})$")
REFERENCE = re.compile(r"[0-9a-f]{8,64}:(?:\d{1,9}-\d{1,9}|E\d{1,9})", re.IGNORECASE)
NUMBERS = re.compile(r"\d{1,9}(?:,\d{1,9}){0,99}")
LEADING_ON = 303


@dataclass(frozen=True, slots=True)
class Deciding:
    """What templates need to show forms: who asks, and the name given last."""

    visitor: Visitor
    who: str
    longest_why: int = LONGEST_WHY
    longest_who: int = LONGEST_WHO

    @staticmethod
    def once() -> str:
        """A value for one form of one page."""
        return secrets.token_urlsafe(9)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was just decided; `later`: links do not show it yet."""

    decisions: Sequence[Decision]
    later: bool

    @property
    def held(self) -> list[Decision]:
        """Those that can be undone."""
        return [decision for decision in self.decisions if decision.undone is None]


@dataclass(frozen=True, slots=True)
class Row:
    """A decision of the list, with what it names."""

    decision: Decision
    subject: Meant | None
    object: Meant | None


def deciding_of(request: Request[Any, Any, Any]) -> Deciding:
    """Who may decide on this page."""
    who = " ".join(clean(unquote(request.cookies.get(WHO, ""))).split())
    return Deciding(visitor_of(request.scope), who[:LONGEST_WHO])


def kept_of(store: Store, decided: str, later: str) -> Kept | None:
    """The decisions that an address says were just made."""
    if not NUMBERS.fullmatch(decided):
        return None
    found = these(store, [int(number) for number in decided.split(",")])
    return Kept(found, later == "1") if found else None


@get("/decisions", sync_to_thread=True)
def listing(
    request: Request[Any, Any, Any],
    room: NamedDependency[Room],
    page: FromQuery[str] = "",
    decided: FromQuery[str] = "",
    later: FromQuery[str] = "",
) -> Response[str]:
    """What people decided, the newest first."""
    number = number_of(page)
    with room.open() as store:
        rows = newest(store, **window(number))
        names = [
            name
            for d in rows
            if d.kind.endswith(("event", "events"))
            for name in (d.subject, d.object)
            if name
        ]
        known = meant(store, names)
        kept = kept_of(store, decided, later)
    found = sheet([Row(d, known.get(d.subject), known.get(d.object or "")) for d in rows], number)
    return render("decisions.html", found=found, deciding=deciding_of(request), kept=kept)


@post("/decisions/undo", status_code=LEADING_ON, sync_to_thread=True)
def undo(request: Request[Any, Any, Any], room: NamedDependency[Room]) -> Response[bytes]:
    """Take decisions back."""
    given = ",".join(visitor_of(request.scope).fields.get("number", ()))
    if not NUMBERS.fullmatch(given):
        raise ClientException("Which decision is to be undone?")
    numbers = [int(number) for number in given.split(",")]
    with room.write() as store:
        store.undo(*numbers, repeated=True)
        later = _follow(store)
    told = f"?{urlencode(later)}" if later else ""
    return _response({"Location": f"/decisions{told}#d{numbers[0]}"})


@post("/events/{linked:str}/decisions", status_code=LEADING_ON, sync_to_thread=True)
def decide_event(
    request: Request[Any, Any, Any], room: NamedDependency[Room], linked: FromPath[str]
) -> Response[bytes]:
    """An event is wrong, one with another, or one of its reports is of something else."""
    if not LINKED.fullmatch(linked):
        raise NotFoundException
    form = visitor_of(request.scope)
    with room.write() as store:
        numbers = _sent(store, form) or _keep(store, _about_event(store, linked, form), form)
        later = _follow(store)
        path = _event_page(store, linked, numbers) if not later else "/decisions"
    return _lead_on(path, numbers, later, form)


@post("/actors/{key:str}/decisions", status_code=LEADING_ON, sync_to_thread=True)
def decide_actor(
    request: Request[Any, Any, Any], room: NamedDependency[Room], key: FromPath[str]
) -> Response[bytes]:
    """What an actor is, or that it is, or is not, another."""
    form = visitor_of(request.scope)
    with room.write() as store:
        numbers = _sent(store, form) or _keep(store, _about_actor(store.profile(unslug(key)), form), form)
        later = _follow(store)
        one = these(store, numbers[:1])[0]
    shown = one.object if one.kind == "same-actor" and one.object else one.subject
    return _lead_on(f"/actors/{slug(shown)}", numbers, later, form)


def _about_event(store: Store, linked: str, form: Visitor) -> list[Wish]:
    """What a form of an event decides."""
    own = reports(store, linked)
    if not own:
        raise NotFoundException
    what, report = form.first("what"), form.first("report")
    originals = dict(own)
    if what in ("wrong", "split") and report not in originals:
        raise ClientException("This report is not one of this event any more; load the page again.")
    if what == "wrong":
        return [Wish("wrong-event", report)]
    if what == "merge":
        return [Wish("same-event", own[0][0], _other(store, form))]
    if what not in ("all-wrong", "split"):
        raise ClientException("What is to be decided?")
    if len(own) > MOST_REPORTS:
        raise ClientException(
            f"More than {MOST_REPORTS} reports tell of this event: too many to decide on at once."
        )
    if what == "all-wrong":
        return [Wish("wrong-event", ref) for ref in originals]
    others = [ref for ref in originals if originals[ref] != originals[report]]
    others = others or [ref for ref in originals if ref != report]  # all are copies of one story
    if not others:
        raise ClientException("It is the only report of this event.")
    return [Wish("different-events", report, ref) for ref in others]


def _event_page(store: Store, linked: str, numbers: Sequence[int]) -> str:
    """Where to see what became of an event."""
    one = these(store, numbers[:1])[0]
    found = meant(store, [one.subject]).get(one.subject)
    if found is not None and found.linked is not None and one.kind != "wrong-event":
        return f"/events/{found.linked}"
    return f"/events/{linked}" if reports(store, linked) else "/decisions"


def _other(store: Store, form: Visitor) -> str:
    """The event that this one is merged with, as an address or what was chosen says."""
    given = form.first("address").strip() or form.first("other")
    if found := ADDRESS.search(given):
        others = reports(store, found[1])
        if not others:
            raise ClientException(f"There is no event {found[1]}.")
        return others[0][0]
    if found := IN_DOCUMENT.search(given):
        return f"{found[1]}:{found[2]}"
    if REFERENCE.fullmatch(given):
        return given
    raise ClientException("With which event? Choose one, or paste the address of its page.")


def _about_actor(found: Profile, form: Visitor) -> list[Wish]:
    """What a form of an actor decides."""
    what = form.first("what")
    if what == "correct":
        best = {"name": found.name, **{field: found.best(field) for field in ("country", "sector", "role")}}
        given = {field: _line(form.first(field), LONGEST_VALUE) for field in FIELDS}
        given["country"] = code_of(given["country"])
        changed = {field: value for field, value in given.items() if value and value != (best[field] or "")}
        if not changed:
            raise ClientException("Nothing was changed: a field that is left empty stays as it is.")
        return [Wish("actor", found.key, None, field, value) for field, value in changed.items()]
    if what not in ("merge", "part"):
        raise ClientException("What is to be decided?")
    other = _line(form.first("address") or form.first("other"), 2 * LONGEST_VALUE)
    if "/actors/" in other:
        other = unslug(unquote(other.rpartition("/actors/")[2].partition("?")[0]))
    if not other:
        raise ClientException("With whom? Choose one, or paste the address of its page or its key.")
    return [Wish("same-actor" if what == "merge" else "different-actors", found.key, other)]


def _keep(store: Store, wanted: Sequence[Wish], form: Visitor) -> list[int]:
    return store.decide_all(
        wanted,
        note=_line(form.first("why"), LONGEST_WHY) or None,
        who=_line(form.first("who"), LONGEST_WHO) or None,
        form=_form(form),
    )


def _sent(store: Store, form: Visitor) -> list[int]:
    once = _form(form)
    return sent_before(store, once) if once else []


def _form(form: Visitor) -> str | None:
    """What tells one sending of a form from another: each page shows its forms with a value of their own, and who goes
    back to one and sends something else decides something else. None where a program sends it without such a value."""
    if not form.first("once"):
        return None
    sent = sorted((name, values) for name, values in form.fields.items() if name != FORM_TOKEN)
    return hashlib.sha256(repr(sent).encode()).hexdigest()[:24]


def _follow(store: Store) -> dict[str, str]:
    """Bring links and acts up to date with what was decided; nothing, or for the address that they will be later.

    The decision is kept already: whatever prevents this, the next `read` or start of the room makes up for it.
    """
    try:
        bring_up_to_date(store)
    except StoreError:
        LOG.warning("decided, but links do not show it yet", exc_info=True)
        return {"later": "1"}
    return {}


def _line(text: str, longest: int) -> str:
    """A line without hidden characters. Raises `ClientException` if it is too long."""
    line = " ".join(clean(text).split())
    if len(line) > longest:
        raise ClientException(f"No more than {longest} characters can be kept; there are {len(line)}.")
    return line


def _lead_on(path: str, numbers: Sequence[int], later: dict[str, str], form: Visitor) -> Response[bytes]:
    told = urlencode({"decided": ",".join(map(str, numbers)), **later}, safe=",")
    headers = {"Location": f"{path}?{told}"}
    if who := _line(form.first("who"), LONGEST_WHO):
        headers["Set-Cookie"] = f"{WHO}={quote(who)}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Strict"
    return _response(headers)


def _response(headers: dict[str, str]) -> Response[bytes]:
    headers = {**headers, "Cache-Control": "no-store"}
    return Response(b"", status_code=LEADING_ON, media_type=MediaType.TEXT, headers=headers)
