"""Where the content of an accepted attribution begins and ends: the parser's clause, or less, or more.

Nearly half of the contents that are not exact go a phrase too far or stop a phrase too soon ("said it was over *and
left for the capital*"). `other_edges` proposes the places where a phrase begins or ends around each edge; a network
like the scorer's, over what stands at the place, chooses (docs/decisions/0031-attribution-scorer.md).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from volteface.annotate.attributions.candidates import Candidate
from volteface.annotate.attributions.drafts import runs
from volteface.annotate.attributions.scene import Scene
from volteface.annotate.attributions.scorer import Scorer
from volteface.annotate.tokens import Token

Side = Literal["end", "begin"]
SIDES: tuple[Side, ...] = ("end", "begin")
# Places looked at on either side of an edge as it is.
MOST_PLACES = 6
# Another edge must be this much likelier than the one there is (logits): of 0 and .5 both measured, .5 changes a
# third fewer contents for the same gain.
SURER = 0.5

_BREAKS = frozenset({",", ";", ":", "—", "–", "--", "-", "―", "(", ")", "…", "..."})
_CLOSING = frozenset({"”", '"', "''", "’’"})
_CLAUSES = frozenset({"conj", "cc", "advcl", "relcl", "acl", "ccomp"})
_FARTHEST_BOND = 20
_SIZES = (0, 1, 2, 3, 5, 8, 12, 20, 35)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass(frozen=True, slots=True)
class Edge:
    """One way to cut a content: `at` is the first token behind its end, or its first token; `moved` tokens more
    (or fewer, if negative) than before."""

    at: int
    content: frozenset[int]
    moved: int


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at an edge: the token before, the one behind it (and behind the `mark`, if there is one), whether
    a quotation is `opened` before and `still` open behind, and the highest phrase that begins there."""

    before: Token
    behind: Token
    mark: str
    opened: bool
    still: bool
    phrase: Token | None


@dataclass(slots=True)
class Edges:
    """The edges of one document's contents. `left` maps a token to the highest phrase that begins with it."""

    scene: Scene
    left: dict[int, Token] = field(default_factory=dict)

    def __post_init__(self) -> None:
        annotation = self.scene.annotation
        first: list[int] = list(range(len(annotation.tokens)))
        for sentence in annotation.sentences:
            for token in self._bottom_up(sentence.first, sentence.last):
                first[token.i] = min([token.i, *(first[i] for i in token.children)])
            for token in annotation.of(sentence):
                at = first[token.i]
                if token.head != token.i and first[token.head] == at:
                    continue
                self.left[at] = token

    def _bottom_up(self, first: int, last: int) -> list[Token]:
        tokens = self.scene.annotation.tokens
        order = [i for i in range(first, last) if tokens[i].head == i or not first <= tokens[i].head < last]
        for i in order:
            order.extend(j for j in tokens[i].children if first <= j < last)
        return [tokens[i] for i in reversed(order)]

    def others(self, c: Candidate, content: frozenset[int], side: Side) -> list[Edge]:
        """The content as it is, first, then with other ends, or other beginnings."""
        pieces = runs(content)
        first, last = pieces[-1] if side == "end" else pieces[0]
        at = last if side == "end" else first
        found = [Edge(at, content, 0)]
        seen = {self._words(content)}
        places = self._ends(c, first, last) if side == "end" else self._begins(c, first, last)
        for place in places:
            if place > at:
                span = frozenset(range(at, place))
                new = content | span if side == "end" else content - span
            else:
                span = frozenset(range(place, at))
                new = content - span if side == "end" else content | span
            words = self._words(new)
            if words and words not in seen:
                seen.add(words)
                found.append(Edge(place, new, len(new) - len(content)))
        return found

    def _words(self, content: frozenset[int]) -> frozenset[int]:
        tokens = self.scene.annotation.tokens
        return frozenset(i for i in content if tokens[i].pos != "PUNCT")

    def _ends(self, c: Candidate, first: int, last: int) -> list[int]:
        """Places where the last piece of a content, tokens `first:last`, could end."""
        scene = self.scene
        sentence = scene.annotation.sentences[scene.annotation.tokens[last - 1].sentence]
        limit = min([sentence.last, *(i for i in self._taken(c) if i >= last)])
        low = max(first, sentence.first)
        places = [i for i in range(low + 1, limit + 1) if i == limit or self._parts(i, scene.quoted[c.head])]
        here = bisect_right(places, last - 1)
        return places[max(0, here - MOST_PLACES) : here + MOST_PLACES]

    def _begins(self, c: Candidate, first: int, last: int) -> list[int]:
        """Places where the first piece of a content, tokens `first:last`, could begin."""
        scene = self.scene
        sentence = scene.annotation.sentences[scene.annotation.tokens[first].sentence]
        floor = max([sentence.first, *(i + 1 for i in self._taken(c) if i < first)])
        high = min(last, sentence.last)
        places = [i for i in range(floor, high) if i == floor or self._parts(i, scene.quoted[c.head])]
        here = bisect_right(places, first - 1)
        return places[max(0, here - MOST_PLACES) : here + MOST_PLACES]

    def _taken(self, c: Candidate) -> list[int]:
        return [*c.cue, c.head] if c.source is None else [*c.cue, c.head, c.source]

    def _parts(self, i: int, inside: int) -> bool:
        """Whether a phrase may end before token `i`, and one begin with it or behind the mark it is."""
        scene = self.scene
        tokens, quoted = scene.annotation.tokens, scene.quoted
        if quoted[i] >= 0 and quoted[i] != inside and quoted[i - 1] == quoted[i]:
            return False  # not within a quotation
        if tokens[i].text in _BREAKS or quoted[i - 1] != quoted[i] or tokens[i - 1].text in _BREAKS:
            return True
        phrase = self.left.get(i)
        return phrase is not None and (phrase.head < i or tokens[i].pos in ("CCONJ", "SCONJ"))

    def best(self, c: Candidate, scorer: Scorer) -> frozenset[int]:
        """The candidate's content with the likeliest end, then the likeliest beginning."""
        content = c.whole
        for side in SIDES:
            ways = self.others(c, content, side)
            if len(ways) > 1:
                logits = scorer.logits([scorer.rows(self.features(c, way, side)) for way in ways])[:, 0]
                likeliest = int(logits.argmax())
                if logits[likeliest] > logits[0] + SURER:
                    content = ways[likeliest].content
        return content

    def features(self, c: Candidate, edge: Edge, side: Side) -> list[str]:
        """What stands at an edge, as names."""
        place = self._place(edge.at)
        head = self.scene.annotation.tokens[c.head]
        way = "same" if edge.moved == 0 else "more" if edge.moved > 0 else "less"
        found = [
            *self._of_move(c, head, edge, way),
            *self._of_place(c, head, place, way),
            *self._of_rest(edge, side, place.mark),
        ]
        return [f"{side} {name}" for name in found]

    def _place(self, at: int) -> Place:
        scene, tokens = self.scene, self.scene.annotation.tokens
        end = len(tokens) - 1
        opened, still = (0 <= i <= end and scene.quoted[i] >= 0 for i in (at - 1, at))
        after = tokens[min(at, end)]
        marked = after.text in _BREAKS or (after.text in _CLOSING and still)
        behind = tokens[min(at + 1, end)] if marked else after
        mark = after.text if marked else "”" if opened and not still else ""
        return Place(tokens[max(at - 1, 0)], behind, mark, opened, still, self.left.get(behind.i))

    def _of_move(self, c: Candidate, head: Token, edge: Edge, way: str) -> Iterator[str]:
        """How far the edge would move, by cue."""
        length = bisect_right(_SIZES, len(edge.content) - 1)
        yield f"way={way}"
        yield f"way size={way}|{bisect_right(_SIZES, abs(edge.moved) - 1)}"
        yield f"way frame={way}|{c.frame}"
        yield f"way group={way}|{self._group(head)}"
        yield f"way lemma={way}|{head.lemma}"
        yield f"way source={way}|{c.how}"
        yield f"length={length}"
        yield f"length frame={length}|{c.frame}"

    def _group(self, head: Token) -> str:
        return self.scene.lexicon.groups.get(head.lemma, head.pos)

    def _of_place(self, c: Candidate, head: Token, place: Place, way: str) -> Iterator[str]:
        """The words and the mark at the edge, and the phrase that begins there."""
        mark, before, behind, phrase = place.mark, place.before, place.behind, place.phrase
        dep = phrase.dep if phrase is not None else "-"
        bond, group, word = self._bond(c, phrase), self._group(head), behind.text.lower()
        yield f"mark={mark}|{way}"
        yield f"dep={dep}|{mark}"
        yield f"dep tag={dep}|{phrase.tag if phrase is not None else behind.tag}|{mark}"
        yield f"dep bond={dep}|{bond}|{mark}"
        yield f"dep way={dep}|{way}|{bond}"
        yield f"dep frame={dep}|{c.frame}|{bond}"
        yield f"dep group={dep}|{group}|{mark}"
        yield f"dep lemma={dep}|{head.lemma}"
        yield f"word={word}|{mark}"
        yield f"word way={word}|{way}"
        yield f"word bond={word}|{bond}"
        yield f"word group={word}|{group}"
        yield f"behind={behind.tag}|{mark}|{way}"
        yield f"before={before.tag}|{behind.tag}"
        yield f"before word={before.text.lower()}"
        yield f"between={before.tag}|{mark}|{dep}"
        yield f"bond={bond}|{mark}|{way}"
        yield f"quoted={place.opened}|{place.still}|{mark}"
        yield f"quoted way={place.opened}|{way}|{c.mixed}"
        if c.root is not None:
            root = self.scene.annotation.tokens[c.root]
            yield f"root={root.dep}|{root.tag}|{dep}|{mark}"
        if phrase is not None:
            yield f"lemma={phrase.lemma}|{dep}"
            yield f"entity={phrase.entity}|{dep}"
            yield f"above={self.scene.annotation.tokens[phrase.head].pos}|{dep}|{mark}"
            if dep in _CLAUSES:
                yield from self._of_clause(phrase, head, mark, bond)

    def _bond(self, c: Candidate, phrase: Token | None) -> str:
        """What the phrase at the edge hangs on: the cue, the content's head, something below, something else."""
        if phrase is None:
            return "-"
        tokens = self.scene.annotation.tokens
        token, steps = phrase, 0
        while token.head != token.i and steps < _FARTHEST_BOND:
            token, steps = tokens[token.head], steps + 1
            if token.i == c.root:
                return "root" if steps == 1 else "below root"
            if token.i == c.head:
                return "cue" if steps == 1 else "below cue"
        return "off"

    def _of_clause(self, phrase: Token, head: Token, mark: str, bond: str) -> Iterator[str]:
        annotation, lexicon = self.scene.annotation, self.scene.lexicon
        token = phrase
        if phrase.dep == "cc":
            later = [t for t in annotation.children(annotation.tokens[phrase.head], "conj") if t.i > phrase.i]
            token = later[0] if later else phrase
        subject = bool(annotation.children(token, "nsubj", "nsubjpass", "expl"))
        cue = lexicon.groups.get(token.lemma, "-") if token.pos == "VERB" else "-"
        above = annotation.tokens[token.head]
        marks = " ".join(t.lemma for t in annotation.children(token, "mark"))
        yield f"clause={phrase.dep}|{token.tag}|{subject}|{mark}"
        yield f"clause bond={phrase.dep}|{token.tag}|{subject}|{bond}"
        yield f"clause like cue={phrase.dep}|{token.tag == head.tag}|{subject}"
        yield f"clause like above={phrase.dep}|{token.tag == above.tag}|{token.pos == above.pos}|{subject}"
        yield f"clause cue={phrase.dep}|{cue}|{subject}"
        yield f"clause marks={phrase.dep}|{marks}|{mark}"

    def _of_rest(self, edge: Edge, side: Side, mark: str) -> Iterator[str]:
        """What is left of the sentence behind an end, or before a beginning."""
        scene, tokens = self.scene, self.scene.annotation.tokens
        outermost = max(edge.content) if side == "end" else min(edge.content)
        sentence = scene.annotation.sentences[tokens[outermost].sentence]
        rest: Sequence[Token] = (
            tokens[edge.at : sentence.last] if side == "end" else tokens[sentence.first : edge.at]
        )
        words = [t for t in rest if t.pos != "PUNCT"]
        size = bisect_right(_SIZES, len(words) - 1) if words else -1
        yield f"rest={size}"
        yield f"rest mark={size}|{mark}"
        yield f"rest finite={any(t.tag in _FINITE for t in words)}|{mark}"
        quoted = any(scene.quoted[i] >= 0 for i in edge.content)
        yield f"rest quoted={any(scene.quoted[t.i] >= 0 for t in words)}|{quoted}"
        yield f"rest cue={any(t.pos == 'VERB' and t.lemma in scene.lexicon.groups for t in words)}"
        inner = [tokens[i] for i in edge.content if tokens[i].text in _BREAKS]
        yield f"breaks={min(len(inner), 4)}|{len(edge.content) > 12}"
