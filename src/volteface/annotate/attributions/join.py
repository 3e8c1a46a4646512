"""Quotations and cues brought together: a quote goes to the cue whose clause holds it, stands after it, or
leads up to it; else, where it goes on what somebody was saying, to that speaker."""

from __future__ import annotations

from bisect import bisect_left

from volteface.annotate.attributions.clauses import verb_cue
from volteface.annotate.attributions.drafts import Draft, merge, to_spans, trimmed
from volteface.annotate.attributions.nominal import LIGHT
from volteface.annotate.attributions.quotes import Quote, is_title
from volteface.annotate.attributions.scene import Scene
from volteface.annotate.attributions.sources import source_spans, subject_of
from volteface.annotate.tokens import Annotation, Token
from volteface.records import Span

# A cue stands at most so many tokens from its quotation: "…," Jane Roe, the opposition's spokeswoman on …,
# said.
FARTHEST_AFTER = 45
FARTHEST_BEFORE = 30
# A quotation that only goes on needs so many words: a shorter one is a title or a scare quote.
CONTINUING_WORDS = 4
# One that begins a sentence is speech, however it ends, from so many words on.
LONG_WORDS = 10
# Groups of cues whose speaker may go on in a quotation of its own.
_TELLING = frozenset({"speech", "claim", "denial", "accusation", "promise"})
_PAUSES = frozenset(",?!—–-…")
_SENTENCE_END = frozenset('.?!”"…')
_MARKS = "“”\"'’» "
_STOPPERS = frozenset({".", "?", "!", ":", ";", "“", '"', "''"})
_NAME_MARKS = frozenset({"—", "–", "―", "-", "--"})


def join_quotes(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Give every quotation to its cue. Returns all drafts, new ones among them; some have no content."""
    drafts.sort(key=lambda d: d.head)
    heads = [d.head for d in drafts]
    _absorb(scene, drafts)
    owners: dict[int, Draft] = {}
    holders = _holders(scene, drafts)
    for number, quote in enumerate(scene.quotes):
        holder = holders.get(number)
        owner = _inner(scene, drafts, heads, quote, holder) if holder else None
        if owner is not None:
            owner.content = [(quote.start, quote.end)]
        elif holder is not None:
            owner = holder
        else:
            owner = (
                _after(scene, drafts, heads, quote)
                or _before(scene, drafts, heads, quote)
                or _new(scene, drafts, heads, quote)
                or _dash(scene, drafts, quote)
                or _earlier(scene, owners, number, quote)
                or _told_before(scene, drafts, heads, quote)
            )
            if owner is not None:
                owner.content.append((quote.start, quote.end))
        if owner is not None:
            owners[number] = owner
    _lead_up(scene, owners)
    return drafts


def _lead_up(scene: Scene, owners: dict[int, Draft]) -> None:
    """A quotation left open at its paragraph's end, without a cue of its own, is whoever's the next paragraph's
    quotation is."""
    quotes, text = scene.quotes, scene.annotation.text
    for number in range(len(quotes) - 2, -1, -1):
        quote, following = quotes[number], quotes[number + 1]
        if quote.closed or number in owners or following.block != quote.block + 1:
            continue
        block = scene.annotation.document.blocks[following.block]
        owner = owners.get(number + 1)
        if owner is not None and not text[block.start : following.start].strip():
            owner.content.append((quote.start, quote.end))
            owners[number] = owner


def _inside(scene: Scene, draft: Draft) -> int:
    """The quote the cue itself stands in, or -1."""
    return scene.quoted[draft.head]


def _absorb(scene: Scene, drafts: list[Draft]) -> None:
    """A content that reaches into a quotation takes all of it; one inside a quotation never leaves it."""
    starts = [q.start for q in scene.quotes]
    for draft in drafts:
        inside = _inside(scene, draft)
        if inside >= 0:
            quote = scene.quotes[inside]
            draft.content = _clip(draft.content, (quote.start, quote.end))
            continue
        draft.content = [
            span for start, end in draft.content for span in _within_sentence(scene, draft, start, end)
        ]
        added: list[Span] = []
        for start, end in draft.content:
            i = max(0, bisect_left(starts, start) - 1)
            while i < len(starts) and starts[i] < end:
                quote = scene.quotes[i]
                if quote.end > start and _shares(quote, start, end):
                    added.append((quote.start, quote.end))
                i += 1
        if added:
            draft.content = merge(scene.annotation.text, [*draft.content, *added])


def _within_sentence(scene: Scene, draft: Draft, start: int, end: int) -> list[Span]:
    """The span cut where a quotation begins after a full stop (the parser has run two sentences into one),
    or after the dash or colon before a quotation that leads straight to its cue; the side of the cue is
    kept."""
    text = scene.annotation.text
    cue = scene.annotation.tokens[draft.head].start
    for quote in scene.quotes[bisect_left(scene.quotes, start, key=lambda q: q.start) :]:
        if quote.start >= end:
            break
        lead = text[start : quote.start].rstrip()
        if not lead:
            continue
        if lead[-1] in ".?!" and text[quote.start + 1 : quote.start + 3].lstrip("'")[:1].isupper():
            if cue < quote.start:
                return [(start, start + len(lead))]
            start = quote.start
        elif lead[-1] in "—–-:" and quote.end <= cue and _ends_in_pause(text, quote) and cue - quote.end < 60:
            start = quote.start
    return [(start, end)]


def _ends_in_pause(text: str, quote: Quote) -> bool:
    inner = text[quote.start : quote.end].rstrip(_MARKS)
    return bool(inner) and inner[-1] in _PAUSES


def _shares(quote: Quote, start: int, end: int) -> bool:
    return min(end, quote.end) - max(start, quote.start) > 1


def _clip(spans: list[Span], within: Span) -> list[Span]:
    return [(max(s, within[0]), min(e, within[1])) for s, e in spans if s < within[1] and e > within[0]]


def _holders(scene: Scene, drafts: list[Draft]) -> dict[int, Draft]:
    """For each quotation that is in a content already, by its number, the innermost such draft."""
    best: dict[int, tuple[int, Draft]] = {}
    starts = [quote.start for quote in scene.quotes]
    for draft in drafts:
        for start, end in draft.content:
            number = bisect_left(starts, start)
            while number < len(starts) and starts[number] < end:
                fits = scene.quotes[number].end <= end + 1 and _inside(scene, draft) != number
                if fits and (number not in best or end - start < best[number][0]):
                    best[number] = (end - start, draft)
                number += 1
    return {number: draft for number, (_, draft) in best.items()}


def _inner(scene: Scene, drafts: list[Draft], heads: list[int], quote: Quote, holder: Draft) -> Draft | None:
    """A cue right before the quotation, inside the content of another: "he said X, to which she replied:
    “…”"."""
    first = _token_at(scene, quote.start)
    n = bisect_left(heads, first) - 1
    if n < 0 or quote.words < CONTINUING_WORDS:
        return None
    draft = drafts[n]
    inside = any(s <= scene.annotation.tokens[draft.head].start < e for s, e in holder.content)
    if draft.content or not draft.quoting or not draft.source or not inside or first - draft.head > 2:
        return None
    return draft if scene.quoted[draft.head] < 0 else None


def _token_at(scene: Scene, offset: int) -> int:
    """The first token that starts at or after a character."""
    return bisect_left(scene.annotation.tokens, offset, key=lambda t: t.start)


def _after(scene: Scene, drafts: list[Draft], heads: list[int], quote: Quote) -> Draft | None:
    """ "…," X said: the cue clause begins where the quotation ends."""
    annotation = scene.annotation
    text, tokens = annotation.text, annotation.tokens
    end = annotation.document.blocks[quote.block].end
    inner = text[quote.start : quote.end].rstrip(_MARKS)
    outer = text[quote.end : quote.end + 2].lstrip()[:1]
    if not inner or not (inner[-1] in _PAUSES or outer in _PAUSES or inner[-1].isalnum()):
        return None
    first = _token_at(scene, quote.end)
    for n in range(bisect_left(heads, first), len(heads)):
        draft = drafts[n]
        if draft.head - first > FARTHEST_AFTER or tokens[draft.head].start >= end:
            return None
        if _inside(scene, draft) >= 0 or not draft.quoting or not draft.source:
            continue
        begin = min([s for s, _ in draft.source + draft.cue])
        between = text[quote.end : begin]
        if begin >= quote.end and not any(c.isalnum() for c in _without_link(between)):
            return draft
        if inner[-1].isalnum() and outer not in _PAUSES:
            return None
        if not draft.content and not any(c in '.?!“":;' for c in between) and begin - quote.end < 60:
            return draft
    return None


def _without_link(between: str) -> str:
    """The characters between a quotation and its cue, without an "as" or "and"."""
    words = between.strip(" ,").split()
    return "" if len(words) == 1 and words[0].lower() in ("as", "and", "then", "so") else between


def _before(scene: Scene, drafts: list[Draft], heads: list[int], quote: Quote) -> Draft | None:
    """X said: "…": the cue stands before, with no sentence end between."""
    annotation = scene.annotation
    text, tokens = annotation.text, annotation.tokens
    block = annotation.document.blocks[quote.block]
    first = _token_at(scene, quote.start)
    lead = text[block.start : quote.start].rstrip()
    if (
        not lead
        or (lead[-1] in '.?!”"' and not lead.endswith(":"))
        or (lead[-1] not in ",:" and is_title(text, quote))
    ):
        return None
    for n in range(bisect_left(heads, first) - 1, -1, -1):
        draft = drafts[n]
        head = tokens[draft.head]
        if first - draft.head > FARTHEST_BEFORE or head.start < block.start:
            return None
        if _inside(scene, draft) >= 0 or not draft.quoting:
            continue
        between = text[head.end : quote.start]
        if any(c in between for c in '.?!“”"') and not lead.endswith(":"):
            return None
        if any(s < quote.start and e > head.end for s, e in draft.content) and not lead.endswith(":"):
            return None
        if lead[-1] in ",:" or len(between.split()) <= 2 or between.split()[-1:] == ["that"]:
            return draft
        return None
    return None


def _new(scene: Scene, drafts: list[Draft], heads: list[int], quote: Quote) -> Draft | None:
    """A verb that no lexicon has, where only a verb of saying can stand: "…," she fumed; X went on the
    attack: "…", also when the colon ends the paragraph before."""
    annotation = scene.annotation
    if quote.words < CONTINUING_WORDS:
        return None
    verb = _verb_after(scene, quote) or _verb_before(scene, quote)
    first = _token_at(scene, quote.start)
    if verb is None or scene.quoted[verb.i] >= 0:
        return None
    speaker = subject_of(annotation, verb)
    if speaker is None or scene.quoted[speaker.i] >= 0:
        return None
    n = bisect_left(heads, verb.i)
    if n < len(heads) and heads[n] == verb.i and drafts[n].quoting:
        return drafts[n]
    source = source_spans(annotation, speaker, without={verb.i})
    cue = to_spans(annotation, _worded(annotation, verb, first))
    found = Draft(verb.i, "speech", source, speaker.i, cue, [], quoting=True)
    if source:
        drafts.insert(n, found)
        heads.insert(n, verb.i)
    return found if source else None


def _worded(annotation: Annotation, verb: Token, quote: int) -> list[int]:
    """The verb as a cue, with the noun that tells what follows ("had a warning for Khartoum: …")."""
    cue = verb_cue(annotation, verb, [])
    for noun in annotation.children(verb, "dobj"):
        if verb.i < noun.i < quote and verb.lemma in LIGHT:
            phrase = range(verb.i + 1, noun.i + 1)
            return sorted({*cue, *phrase})
    return cue


def _verb_after(scene: Scene, quote: Quote) -> Token | None:
    annotation = scene.annotation
    text, tokens = annotation.text, annotation.tokens
    inner = text[quote.start : quote.end].rstrip(_MARKS)
    if not inner or (inner[-1] not in _PAUSES and text[quote.end : quote.end + 1] != ","):
        return None
    first = _token_at(scene, quote.end)
    end = annotation.document.blocks[quote.block].end
    for token in tokens[first : first + 12]:
        if token.start >= end or token.text in _STOPPERS:
            return None
        if token.tag in ("VBD", "VBZ"):
            subjects = annotation.children(token, "nsubj")
            near = any(first <= s.i <= token.i + 6 for s in subjects)
            return token if near and token.pos == "VERB" else None
    return None


def _verb_before(scene: Scene, quote: Quote) -> Token | None:
    """The main verb of a sentence that ends in a colon right before the quotation."""
    annotation = scene.annotation
    text, tokens = annotation.text, annotation.tokens
    first = _token_at(scene, quote.start)
    if first == 0 or tokens[first - 1].text != ":" or text[tokens[first - 1].end : quote.start].strip():
        return None
    for token in reversed(tokens[max(0, first - FARTHEST_BEFORE) : first - 1]):
        if token.sentence != tokens[first - 1].sentence:
            return None
        if token.pos == "VERB" and scene.quoted[token.i] < 0 and annotation.children(token, "nsubj"):
            return token
    return None


def _dash(scene: Scene, drafts: list[Draft], quote: Quote) -> Draft | None:
    """ "…" — Name, the attribution line of a pull quote: a new draft with the dash for its cue."""
    annotation = scene.annotation
    tokens = annotation.tokens
    end = annotation.document.blocks[quote.block].end
    i = _token_at(scene, quote.end)
    if quote.words < CONTINUING_WORDS or i + 1 >= len(tokens) or tokens[i].text not in _NAME_MARKS:
        return None
    last = i + 1
    while last < len(tokens) and tokens[last].end <= end:
        last += 1
    if not 1 <= last - i - 1 <= 12 or tokens[i + 1].pos != "PROPN":
        return None
    source = trimmed(annotation, i + 1, last)
    if source is None:
        return None
    dash = Draft(i, "speech", [source], i + 1, [(tokens[i].start, tokens[i].end)], [], quoting=False)
    drafts.append(dash)
    return dash


def _earlier(scene: Scene, owners: dict[int, Draft], number: int, quote: Quote) -> Draft | None:
    """The speaker before, when the quotation begins a sentence of the same paragraph or the next
    paragraph."""
    annotation = scene.annotation
    text = annotation.text
    previous = scene.quotes[number - 1] if number else None
    if previous is None or (owner := owners.get(number - 1)) is None:
        return None
    block = annotation.document.blocks[quote.block]
    lead = text[block.start : quote.start].rstrip()
    if quote.block == previous.block:
        return owner if lead and lead[-1] in _SENTENCE_END and _utters(text, quote) else None
    if quote.block == previous.block + 1 and not lead:
        alone = not text[quote.end : block.end].strip() and text[previous.end :].lstrip()
        goes_on = not previous.closed or quote.words >= CONTINUING_WORDS
        return owner if goes_on or (alone and _utters(text, quote)) else None
    return None


def _told_before(scene: Scene, drafts: list[Draft], heads: list[int], quote: Quote) -> Draft | None:
    """Who was telling something in the reporter's words up to the very sentence before a quotation of whole
    sentences: "Roe said the plan was dead. “Nobody will miss it.”" """
    annotation = scene.annotation
    text, tokens = annotation.text, annotation.tokens
    first = _token_at(scene, quote.start)
    if first == 0 or first >= len(tokens) or quote.words < CONTINUING_WORDS or not _utters(text, quote):
        return None
    block = annotation.document.blocks[quote.block]
    lead = text[block.start : quote.start].rstrip()
    if not lead or lead[-1] not in ".?!":
        return None
    before = annotation.sentences[tokens[first - 1].sentence]
    for n in range(bisect_left(heads, first) - 1, -1, -1):
        draft = drafts[n]
        if draft.head < before.first:
            return None
        if draft.quoting and draft.content and draft.group in _TELLING and _inside(scene, draft) < 0:
            reaches = max(e for _, e in draft.content + draft.cue + draft.source) >= before.end - 2
            return _goes_on(scene, drafts, draft, first) if reaches and draft.source else None
    return None


def _goes_on(scene: Scene, drafts: list[Draft], draft: Draft, first: int) -> Draft:
    """A new draft for the quotation at token `first`, with the source of one before and the mark for its cue:
    what was reported stays indirect, what is quoted is direct."""
    mark = scene.annotation.tokens[first]
    cue = [(mark.start, mark.end)]
    again = Draft(first, "speech", list(draft.source), draft.source_head, cue, [], goes_on=True)
    drafts.append(again)
    return again


def _utters(text: str, quote: Quote) -> bool:
    """Whether the quotation is a sentence of its own: it ends like one inside the marks or, if it is more
    than a word or two, right after them; a long one may run on into the reporter's own words."""
    inner = text[quote.start : quote.end].rstrip(_MARKS)
    if not inner or quote.words >= LONG_WORDS:
        return bool(inner)
    after = text[quote.end : quote.end + 1] in (".", "?", "!") and quote.words >= CONTINUING_WORDS
    return inner[-1] in ".?!…—" or after or not quote.closed
