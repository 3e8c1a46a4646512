"""Attributions inside what somebody else says: which stay attributions of their own."""

from __future__ import annotations

from volteface.annotate.attributions.drafts import Draft
from volteface.annotate.attributions.join import CONTINUING_WORDS
from volteface.annotate.attributions.scene import Scene
from volteface.annotate.tokens import Token
from volteface.records import Span

_NOBODY = frozenset({"nobody", "none", "no one", "neither"})
_TELLING = frozenset({"VBD", "VBZ", "VBP", "VBN", "VBG"})


def outermost(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """The drafts without those whose cue stands inside another's content, but for the ones that tell who says
    what of whom ("he said Ankara had accused Moscow of …")."""
    tokens = scene.annotation.tokens
    whole = {(q.start, q.end) for q in scene.quotes if q.words >= CONTINUING_WORDS}
    spans = sorted((s, e, d.head) for d in drafts for s, e in d.content)
    kept: list[Draft] = []
    active: list[tuple[int, int, int]] = []
    opened = 0
    for draft in sorted(drafts, key=lambda d: d.head):
        at = tokens[draft.head].start
        while opened < len(spans) and spans[opened][0] <= at:
            active.append(spans[opened])
            opened += 1
        active = [span for span in active if span[1] > at]
        inside = any(other != draft.head for _, _, other in active)
        draft.nested = inside
        if not inside or _tells(scene, draft, whole):
            kept.append(draft)
    return kept


def _is_wish(scene: Scene, draft: Draft, head: Token) -> bool:
    """Whether nobody says it: the subjunctive of "demanded that the council condemn the raid", and "asked why
    nobody had condemned it"."""
    tokens = scene.annotation.tokens
    if draft.source_head is not None and tokens[draft.source_head].lemma in _NOBODY:
        return True
    governor = tokens[head.head]
    wanted = head.dep == "ccomp" and scene.lexicon.groups.get(governor.lemma) == "request"
    return wanted and head.text.lower() == head.lemma


def _tells(scene: Scene, draft: Draft, whole: set[Span]) -> bool:
    """Whether a cue inside another's content is a claim by a third party: a verb of the `nesting` list with
    a clause or object, or one that brings its own quotation; not "he says what people think"."""
    head = scene.annotation.tokens[draft.head]
    if head.lemma == "accord":
        return True
    if not draft.source or head.tag not in _TELLING or _is_wish(scene, draft, head):
        return False
    if scene.quoted[draft.head] < 0 and len(draft.content) == 1 and draft.content[0] in whole:
        return True
    start = draft.content[0][0]
    free_relative = scene.annotation.text[start : start + 5].lower() == "what "
    return head.lemma in scene.lexicon.nesting and draft.root is not None and not free_relative
