"""Map, timelines, groups and networks: what they show adds up to what is stored, and each mark leads to its events."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.types import ASGIApp

from tests.show import rooms
from tests.show.test_web_pages import Page
from volteface.analyse.coalitions import Coalitions, Member, Tie
from volteface.show.web import make_app, network
from volteface.show.web import map as maps
from volteface.show.web.bars import UNITS, start_of, timeline
from volteface.show.web.room import CONFIG
from volteface.store import ActFilter, Store
from volteface.store.exploring import DIMENSIONS, In, Question, groups, listed, total
from volteface.store.front import SIDES, Chosen, by_country, by_day, points
from volteface.store.front import listed as front_listed
from volteface.store.front import total as front_total

FIRST, LAST = date(2030, 1, 7), date(2031, 3, 5)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    stream = rooms.stream()
    stories = [
        rooms.SHELLED, rooms.FIRED, rooms.DENIED, rooms.hostile(),
        *(rooms.placed(story, "Bergen", "NOR", 3161732, 60.4, 5.3) for story in stream[:12]),
        *(rooms.placed(story, "Valletta", "MLT", 2562305, 35.9, 14.5) for story in stream[12:17]),
        *(rooms.placed(story, "Suva", "FJI", 2198148, -18.1, 178.4) for story in stream[17:20]),
        *stream[20:],
    ]  # fmt: skip
    return rooms.database(tmp_path_factory.mktemp("pictures") / "news.duckdb", *stories)


@pytest.fixture(scope="module")
def store(path: Path) -> Iterator[Store]:
    # The room has settings of its own, and one process opens a file with one set of them.
    with Store.open(path, read_only=True, config=CONFIG) as store:
        yield store


@pytest.fixture(scope="module")
def app(path: Path, store: Store) -> ASGIApp:
    return make_app(path)


# Words of a place's name, or of one that articles call it; places that are found, with their events.
SITED = [("Berg", ["Bergen"]), ("valletta", ["Valletta"]), ("Atlantis", []), ("a", []), ("Suva", ["Suva"])]


@pytest.mark.parametrize(("wanted", "names"), SITED)
def test_a_place_is_found_and_leads_to_its_events(
    app: ASGIApp, store: Store, wanted: str, names: list[str]
) -> None:
    found = rooms.ask(app, f"/search?kind=places&q={wanted}").text
    led = re.findall(r'<a href="(/\?place=\d+)#days">([^<]+)</a> <span class="from">.*?· (\d+) event', found)
    assert [name for _, name, _ in led] == names
    for address, name, events in led:
        page = rooms.ask(app, address).text
        assert re.search(rf"<strong>{events} events?</strong>, at {name}", page)
    hits = rooms.ask(app, f"/api/v1/search?kind=places&q={wanted}").json()
    assert [(hit["kind"], hit["title"]) for hit in hits["items"]] == [("place", name) for name in names]


def test_places_are_gone_through_one_by_one(tmp_path: Path) -> None:
    stories = [
        *(rooms.placed(story, "Valletta", "MLT", 2562305, 35.9, 14.5) for story in rooms.stream()[:3]),
        *(rooms.placed(story, "Vallersund", "NOR", 3132000, 63.8, 9.7) for story in rooms.stream()[3:8]),
    ]
    app = make_app(rooms.database(tmp_path / "news.duckdb", *stories))
    first = rooms.ask(app, "/api/v1/search?kind=places&q=valle&limit=1").json()
    second = rooms.ask(app, f"/api/v1/search?kind=places&q=valle&limit=1&cursor={first['next']}").json()
    found = [(hit["title"], hit["key"], hit["text"]) for hit in (*first["items"], *second["items"])]
    assert found == [("Vallersund", "3132000", "NOR"), ("Valletta", "2562305", "MLT")]
    assert second["next"] is None


CHOSEN = [
    Chosen(),
    Chosen(since=date(2030, 3, 1)),
    Chosen(since=date(2030, 3, 1), until=date(2030, 8, 31)),
    Chosen(until=date(2029, 1, 1)),
]


@pytest.mark.parametrize("chosen", CHOSEN)
def test_map_timeline_and_list_tell_of_the_same_events(store: Store, chosen: Chosen) -> None:
    countries = by_country(store, chosen)
    days = by_day(store, chosen)
    assert sum(countries.values()) == sum(a + b for _, a, b in days) == front_total(store, chosen)
    assert len(front_listed(store, chosen, limit=1000)) == front_total(store, chosen)
    line = timeline(by_day(store, chosen), FIRST, LAST)
    assert sum(bar.events for bar in line.bars) + line.before + line.after == front_total(store, chosen)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("chosen", CHOSEN)
def test_each_country_has_as_many_events_as_it_shows(store: Store, chosen: Chosen, side: str) -> None:
    here = Chosen(since=chosen.since, until=chosen.until, side=side)  # type: ignore[arg-type]
    for code, n in by_country(store, here).items():
        there = Chosen(since=here.since, until=here.until, side=here.side, country=code or "none")
        assert front_total(store, there) == n
    for spot in points(store, here, limit=100):
        assert (
            front_total(store, Chosen(since=here.since, until=here.until, place=spot.geonames)) == spot.events
        )


def test_what_the_front_page_shows_adds_up(app: ASGIApp, store: Store) -> None:
    text = rooms.ask(app, "/").text
    every = front_total(store, Chosen())
    assert f"<strong>{every} events</strong>, all days" in text
    shown = dict(re.findall(r'<a href="[^"]*" aria-label="([^":]*): (\d+) events?"', text))
    assert {"Norway": "12", "Malta": "5", "Fiji": "3", "Bergen": "12"}.items() <= shown.items()
    (without,) = re.findall(r"(\d+) events?</a>\s*have no known country", text)
    assert 12 + 5 + 3 + int(without) == every
    assert "shade-5" in text
    assert '<circle class="area' in text  # Malta can be hit


def test_country_and_days_narrow_each_other_and_can_be_let_go(app: ASGIApp) -> None:
    text = rooms.ask(app, "/?country=NOR&since=2030-02-01&until=2030-03-31").text
    assert re.search(
        r"<strong>(\d+) events</strong>, Norway \(where it happened\), 1 February 2030 to 31 March 2030", text
    )
    for path in ("/?country=NOR#days", "/?since=2030-02-01&amp;until=2030-03-31#days"):
        assert f'href="{path}"' in text
    assert 'aria-current="true"' in text
    assert "What happened there and then" in text


@pytest.mark.parametrize("address", ["/?side=actor", "/?country=NOR", "/?since=2030-02-01&until=2030-02-20",
                                     "/coalitions?window=month&at=2", "/course/MOL/SYL",
                                     "/explore?by=month&across=quad", "/explore?by=publisher"])  # fmt: skip
def test_every_link_of_a_picture_answers(app: ASGIApp, address: str) -> None:
    page = Page(rooms.ask(app, address).text)
    asked = {
        link.partition("#")[0]
        for link in page.links
        if link.startswith(("/?", "/explore?", "/events", "/coal"))
    }
    assert len(asked) > 3
    assert page.inline == []
    for link in sorted(asked)[::3]:
        assert rooms.ask(app, link).status_code == 200, link


REFUSED = ["/?country=Norway", "/?side=x", "/?place=x", "/?view=x", "/?since=now", "/explore?by=x", "/explore?across=x",
           "/explore?plot=pie", "/explore?group=x", "/explore?group=colour:red", "/explore/groups.csv",
           "/explore?" + "&".join(["group=type:AID"] * 7), "/coalitions?at=0", "/coalitions?at=two"]  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_what_cannot_be_asked_is_said(app: ASGIApp, address: str) -> None:
    assert rooms.ask(app, address).status_code == 400


# Groups


@pytest.mark.parametrize("by", DIMENSIONS)
def test_each_group_has_as_many_events_as_it_counts(store: Store, by: str) -> None:
    question = Question()
    found = groups(store, question, by)
    assert found
    for group in found:
        within = question.within(In(by, group.one))
        assert total(store, within)[0] == group.events == len(listed(store, within, limit=1000))
    if by in (
        "type",
        "quad",
        "status",
        "day",
        "week",
        "month",
        "place",
        "origin",
    ):  # an event has one of these
        assert sum(group.events for group in found) == total(store, question)[0]


@pytest.mark.parametrize(
    ("by", "across"),
    [("actor", "recipient"), ("month", "quad"), ("publisher", "status"), ("country", "voice")],
)
def test_each_cell_has_as_many_events_as_it_counts(store: Store, by: str, across: str) -> None:
    question = Question(filters=ActFilter(statuses=(), since=date(2030, 2, 1)))
    for group in groups(store, question, by, across):
        assert total(store, question.within(In(by, group.one), In(across, group.other)))[0] == group.events


def test_a_number_of_the_table_leads_to_its_events(app: ASGIApp) -> None:
    text = rooms.ask(app, "/explore?by=actor&across=type").text
    cells = re.findall(r'<td class="n"><a href="([^"]+)"[^>]*>(\d+)</a>', text)
    assert len(cells) > 3
    for link, n in cells:
        assert f"<strong>{n} event" in rooms.ask(app, link.replace("&amp;", "&")).text


def test_pages_of_a_list_have_each_event_once(store: Store) -> None:
    every = [row.act for row in listed(store, Question(), limit=1000)]
    pages = [
        row.act for n in range(0, len(every) + 5, 5) for row in listed(store, Question(), limit=5, offset=n)
    ]
    assert pages == every
    assert len(set(every)) == len(every) == total(store, Question())[0]


def test_groups_can_be_taken_away(app: ASGIApp, store: Store) -> None:
    rows = list(csv.DictReader(io.StringIO(rooms.ask(app, "/explore/groups.csv?by=actor&across=type").text)))
    assert [tuple(row) for row in rows[:1]] == [
        ("actor", "type", "events", "cooperation", "conflict", "score_mean")
    ]
    assert [int(row["events"]) for row in rows] == [
        g.events for g in groups(store, Question(), "actor", "type")
    ]
    assert rooms.ask(app, "/explore/groups.parquet?by=day").content[:4] == b"PAR1"
    acts = rooms.ask(app, "/explore/acts.jsonl?group=place:MLT").text.splitlines()
    assert len(acts) == 5
    reports = list(csv.DictReader(io.StringIO(rooms.ask(app, "/explore/events.csv?group=place:MLT").text)))
    assert len(reports) == 5


def test_a_line_of_time_has_its_empty_months(app: ASGIApp) -> None:
    text = rooms.ask(app, "/explore?by=month&plot=lines").text
    (line,) = re.findall(r'<polyline class="line plain"[^>]*points="([^"]*)"', text)
    assert len(line.split()) == 15  # January 2030 to March 2031


# Time, map and network, drawn


@given(
    st.dates(date(1950, 1, 1), date(2030, 1, 1)),
    st.integers(0, 20_000),
    st.lists(st.tuples(st.integers(-500, 25_000), st.integers(0, 9), st.integers(0, 9)), max_size=40),
)
def test_bars_follow_each_other_and_lose_nothing(
    first: date, length: int, told: list[tuple[int, int, int]]
) -> None:
    last = first + timedelta(length)
    days = sorted((first + timedelta(n), a, b) for n, a, b in told)
    line = timeline(days, first, last)
    assert line.bars[0].since == first
    assert line.bars[-1].until == last
    assert all(
        a.until + timedelta(1) == b.since == start_of(b.since, line.unit) for a, b in pairwise(line.bars)
    )
    assert sum(bar.events for bar in line.bars) + line.before + line.after == sum(a + b for _, a, b in told)
    for bar in line.bars:
        parts = re.findall(r'class="(\S+)".*? y="(\S+)".*? height="(\S+)"', bar.shapes)
        assert {kind for kind, *_ in parts} >= {"hit-area"}
        assert all(float(y) >= 0 and float(y) + float(height) <= line.height + 0.01 for _, y, height in parts)
        drawn = sum(float(height) for kind, _, height in parts if kind != "hit-area")
        assert (drawn > 0) == (bar.events > 0)
    assert len(line.bars) <= max(longest // 7 for _, longest in UNITS)


# Degrees, and where `pyproj.Proj("+proj=eqearth +R=1")` has them.
EARTH = [
    ((0, 0), (0, 0)),
    ((51.5, 0), (0, 0.964991)),
    ((-33.9, 151.2), (2.086640, -0.665255)),
    ((60, 180), (2.039060, 1.088301)),
]


@pytest.mark.parametrize(("degrees", "flat"), EARTH)
def test_places_come_to_the_map_as_its_shapes_did(
    degrees: tuple[float, float], flat: tuple[float, float]
) -> None:
    told = maps.shapes()
    x, y = maps.place(*degrees)
    assert (x / told["scale"] + told["left"], told["top"] - y / told["scale"]) == pytest.approx(
        flat, abs=2e-5
    )


def test_the_map_knows_every_country_of_the_codebook_but_the_smallest() -> None:
    from volteface.codebook.actors import countries

    told = maps.shapes()["countries"]
    assert set(told) <= set(countries())
    assert len(set(countries()) - set(told)) == 15
    for code, near in (("DNK", (56, 9.3)), ("FJI", (-17.8, 178)), ("USA", (39, -98)), ("NZL", (-43, 171))):
        x, y = maps.place(*near)
        assert abs(told[code]["x"] - x) + abs(told[code]["y"] - y) < 30, code


ONE = Member("NOR", 1, 0.5, None, 0.0)


def window(
    number: int, blocs: dict[str, int | None], ties: list[tuple[str, str, float, float]]
) -> Coalitions:
    members = tuple(Member(actor, bloc, 0.5, None, 0.0) for actor, bloc in sorted(blocs.items()))
    since = date(2030, number, 1)
    return Coalitions(since, since, members, tuple(Tie(*tie, acts=3) for tie in ties), 0.3)


def test_actors_stay_where_they_stood_unless_their_ties_change() -> None:
    ties = [
        ("DNK", "NOR", 3.0, 0.0),
        ("FIN", "ISL", 3.0, 0.0),
        ("DNK", "FIN", 0.0, 3.0),
        ("ISL", "NOR", 0.0, 3.0),
    ]
    blocs: dict[str, int | None] = {"DNK": 1, "NOR": 1, "FIN": 2, "ISL": 2}
    same = [window(n, blocs, ties) for n in (1, 2)]
    turned = window(3, {**blocs, "NOR": 2}, [("FIN", "NOR", 3.0, 0.0), ("DNK", "NOR", 0.0, 3.0), *ties[1:3]])
    first, second, third = network.layouts([*same, turned])
    assert network.layouts([*same, turned]) == [first, second, third]

    def far(spots: network.Spots, one: str, other: str) -> float:
        (a, b), (c, d) = spots[one], spots[other]
        return float(((a - c) ** 2 + (b - d) ** 2) ** 0.5)

    def moved(actor: str, before: network.Spots, after: network.Spots) -> float:
        return far({"a": before[actor], "b": after[actor]}, "a", "b")

    assert all(moved(actor, first, second) < 0.2 for actor in blocs)
    assert far(first, "DNK", "NOR") < far(first, "NOR", "ISL")
    assert far(third, "FIN", "NOR") < far(third, "DNK", "NOR")
    assert moved("NOR", second, third) == max(moved(actor, second, third) for actor in blocs)
    assert all(abs(v) <= 1.001 for spots in (first, second, third) for spot in spots.values() for v in spot)


def test_the_slider_has_each_window_and_works_without_script(app: ASGIApp) -> None:
    text = rooms.ask(app, "/coalitions?window=quarter&at=2").text
    (most,) = re.findall(r'type="range" min="1" max="(\d+)" value="2"', text)
    titles = set()
    for number in range(1, int(most) + 1):
        page = rooms.ask(app, f"/coalitions?window=quarter&at={number}").text
        titles |= set(re.findall(r'<h2 aria-live="polite">([^<]*)</h2>', page))
    assert len(titles) == int(most)
    assert rooms.ask(app, f"/coalitions?window=quarter&at={int(most) + 5}").status_code == 200
    assert (
        dict(parse_qsl(urlsplit("/coalitions?window=quarter&at=1").query)).items()
        <= dict(
            parse_qsl(
                urlsplit(re.findall(r'data-key="before" href="([^"]*)"', text)[0].replace("&amp;", "&")).query
            )
        ).items()
    )


def test_a_turn_leads_to_the_sentence_in_the_reader(app: ASGIApp) -> None:
    text = rooms.ask(app, "/course/MOL/SYL").text
    turns = text[text.index('id="turns"') :]
    links = re.findall(r'href="(/documents/[0-9a-f]+\?at=E\d+)#(E\d+)"', turns)
    assert len(links) >= 4
    for path, anchor in links:
        assert f'id="{anchor}"' in rooms.ask(app, path).text
    assert text.count('aria-label="7 January 2030: support, +5.0; the course stands at') == 1
