"""The API: what the pages show, for programs (docs/decisions/0099-api.md)."""

from __future__ import annotations

from litestar import Router

from volteface.show.web.api import lists, movement
from volteface.show.web.api.asking import known_only
from volteface.show.web.api.described import PREFIX, config
from volteface.show.web.api.problems import Problems, is_api

__all__ = ["PREFIX", "Problems", "config", "is_api", "router"]

HANDLERS = (
    lists.documents,
    lists.document,
    lists.sentences,
    lists.events,
    lists.linked_events,
    lists.linked_event,
    lists.attributions,
    lists.actors,
    lists.actor,
    lists.search,
    movement.dyads,
    movement.dyad,
    movement.course,
    movement.windows,
)


def router() -> Router:
    """Everything under `/api/v1`."""
    return Router(PREFIX, route_handlers=HANDLERS, before_request=known_only, include_in_schema=True)
