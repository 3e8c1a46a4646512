"""The way through, top to bottom: a page goes in, a sourced record comes out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property

import msgspec

from volteface.annotate import DEFAULT_PIPELINE, Annotation, Parser, Phrase
from volteface.annotate.attributions import attribute, with_answers
from volteface.annotate.encoder import Encoder
from volteface.annotate.phrases import phrase_at
from volteface.annotate.tense import tense_at
from volteface.annotate.times import find_times
from volteface.code.propose import count, propose
from volteface.code.sight import Sight
from volteface.code.weigh import weigh
from volteface.codebook.versions import data_versions
from volteface.read import RawPage, Repeats, to_document
from volteface.records import NO_CORRECTIONS, Attribution, Corrections, Document, Extent, Record
from volteface.resolve.cast import Cast, cast
from volteface.resolve.events import settle
from volteface.resolve.places import Gazetteer, find_places
from volteface.resolve.register import Register, register
from volteface.resolve.voices import voices
from volteface.version import VERSION


class Coder:
    """Everything that is loaded once: the parser at once; networks, register of actors, gazetteer when first needed.

    `pipeline` is any installed spaCy pipeline. Raises `ModelError` or, at the first document, `CodebookError` if a
    part is missing or damaged. A coder may be used for any number of documents; what it returns depends on the
    document alone. `corrections`: what a person decided of actors (`Store.corrections`).
    """

    def __init__(
        self,
        *,
        pipeline: str = DEFAULT_PIPELINE,
        encoder: Encoder | None = None,
        corrections: Corrections = NO_CORRECTIONS,
    ) -> None:
        self.parser = Parser(pipeline)
        self.corrections = corrections
        self.encoder = encoder or Encoder()

    @cached_property
    def register(self) -> Register:
        """Who there is to act."""
        return register()

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Which places there are."""
        return Gazetteer.load()

    @cached_property
    def version(self) -> str:
        """Which coder this is: package, parser, rules, bundled data and corrections. Two records that one version
        made of one page are equal."""
        parts = [VERSION, self.parser.name, self.parser.version]
        parts += [self.corrections.digest()] if self.corrections else []
        return "+".join(
            [parts[0], hashlib.sha256("\n".join([*parts, *data_versions()]).encode()).hexdigest()[:12]]
        )

    def read(self, page: RawPage, *, published: str | None = None, repeats: Repeats | None = None) -> Record:
        """Read one page and code it. Raises `InputError` where there is no English article in it."""
        return self.code(to_document(page, published=published, repeats=repeats))

    def code(self, document: Document) -> Record:
        """Code one document: who is in it, who said what, what happened between whom, according to whom."""
        annotation = self.parser.annotate(document)
        published = document.published.date if document.published else None

        times = find_times(document.text, published, tense=tense_at(annotation))
        claims = attribute(annotation)
        sight = Sight(annotation, self.encoder)
        proposals = weigh(annotation, propose(annotation, times, claims, sight), sight)
        count(annotation, proposals)

        places = find_places(annotation, self.gazetteer)
        sources = {c.id: phrase_at(annotation, *c.source.spans[0]) for c in claims if c.source.spans}
        principals = {
            c.id: phrase_at(annotation, *c.source.principal.spans[0]) for c in claims if c.source.principal
        }
        parties = [p for event in proposals for p in (*event.actors, *event.recipients, *event.reached)]
        spoken = [(span, sources.get(c.id)) for c in claims for span in c.content.spans]
        people = cast(
            annotation,
            [*parties, *sources.values(), *principals.values()],
            self.register,
            published=published,
            speakers=spoken,
            places=places,
            corrections=self.corrections,
        )
        claims = tuple(_resolved(c, people, sources, principals) for c in claims)
        claims = with_answers(claims, annotation, people.actors)
        events = settle(annotation, proposals, people, places, voices(annotation, claims, people, sources))

        return Record(
            document=document,
            sentences=_extents(annotation),
            actors=people.actors,
            places=places,
            times=times,
            attributions=claims,
            events=events,
        )


def code(
    text: str,
    *,
    published: str | None = None,
    headline: str | None = None,
    source: str = "text",
    pipeline: str = DEFAULT_PIPELINE,
) -> Record:
    """Code one article whose text is given as it is.

    `published` is its ISO date. For more than one text make a `Coder` and keep it: loading takes seconds.
    Raises `InputError` if there is no English article in the text.
    """
    page = RawPage.of_text(text, source=source, headline=headline, published=published)
    return Coder(pipeline=pipeline).read(page)


def _extents(annotation: Annotation) -> tuple[Extent, ...]:
    return tuple(Extent(s.start, s.end) for s in annotation.sentences)


def _resolved(
    claim: Attribution, people: Cast, sources: Mapping[str, Phrase], principals: Mapping[str, Phrase]
) -> Attribution:
    """The claim with its source, and for whom it speaks, resolved to actors."""
    if claim.id not in sources:
        return claim
    principal = claim.source.principal
    if principal is not None:
        principal = msgspec.structs.replace(principal, actor=_actor(people, principals[claim.id]))
    source = msgspec.structs.replace(
        claim.source, actor=_actor(people, sources[claim.id]), principal=principal
    )
    return msgspec.structs.replace(claim, source=source)


def _actor(people: Cast, phrase: Phrase) -> str | None:
    return next((g.actor for g in people.of(phrase) if g.actor), None)
