"""What the scorer is told of a candidate: named features of its cue, its source, its content, and what the
rules make of the same words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from volteface.annotate.attributions.candidates import Candidate, Said
from volteface.annotate.attributions.drafts import runs
from volteface.annotate.attributions.lexicon import unnamed
from volteface.annotate.attributions.quotes import is_title
from volteface.annotate.attributions.scene import Scene
from volteface.annotate.tokens import Annotation, Token

T = TypeVar("T")

# Upper ends of the buckets that counts and distances fall into.
_LENGTHS = (1, 2, 4, 7, 12, 20, 35, 60)
_GAPS = (0, 1, 2, 4, 8, 16)
_LONGEST_CLIMB = 12
_LIGHT_CHILDREN = frozenset({"aux", "auxpass", "neg", "mark", "prt", "det", "poss", "advmod", "amod"})


@dataclass(slots=True)
class Reader(Generic[T]):
    """Features of one document's candidates; parts that candidates share are worked out once. `keep` turns their
    names into what is kept of them: the names themselves, or their numbers."""

    scene: Scene
    said: list[Said]
    keep: Callable[[Iterable[str]], list[T]]
    by_head: dict[int, list[Said]] = field(default_factory=dict)
    inside: dict[int, int] = field(default_factory=dict)
    by_sentence: dict[int, list[Said]] = field(default_factory=dict)
    _heads: dict[int, list[T]] = field(default_factory=dict)
    _contents: dict[frozenset[int], list[T]] = field(default_factory=dict)
    _sources: dict[tuple[int, int | None], list[T]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for said in self.said:
            head = said.draft.head
            self.by_head.setdefault(head, []).append(said)
            self.by_sentence.setdefault(self.scene.annotation.tokens[head].sentence, []).append(said)
            for i in said.content:
                self.inside[i] = self.inside.get(i, 0) + 1

    def features(self, candidate: Candidate) -> list[T]:
        """The features this candidate has."""
        c, tokens = candidate, self.scene.annotation.tokens
        head = tokens[c.head]
        if (of_head := self._heads.get(c.head)) is None:
            of_head = self._heads[c.head] = self.keep(_of_head(self.scene, head, self.inside.get(c.head, 0)))
        if (of_content := self._contents.get(c.content)) is None:
            of_content = self._contents[c.content] = self.keep(_of_content(self.scene, c.content))
        key = (c.head, c.source)
        if (of_source := self._sources.get(key)) is None:
            of_source = self._sources[key] = self.keep(_of_source(self.scene, head, c.source))
        extra = " ".join(tokens[i].lemma for i in c.cue if i != c.head)
        root = tokens[c.root] if c.root is not None else None
        joint = [
            f"frame={c.frame}",
            f"how={c.how}",
            f"frame how={c.frame}|{c.how}",
            f"lemma frame={head.lemma}|{c.frame}",
            f"extra={extra}",
            f"lemma extra={head.lemma}|{extra}|{root.pos if root else ''}",
            f"extra frame={extra}|{c.frame}",
            f"tag frame={head.tag}|{c.frame}",
            f"group frame={self.scene.lexicon.groups.get(head.lemma, '-')}|{c.frame}",
            *_of_root(self.scene, c, root),
            *_of_place(self.scene, c),
            *self._of_rules(c),
        ]
        return [*of_head, *of_content, *of_source, *self.keep(joint)]

    def _of_rules(self, c: Candidate) -> Iterable[str]:
        own = self.by_head.get(c.head, ())
        shares = [_overlap(c.content, said.content) for said in own]
        best = max(shares, default=-1.0)
        yield f"rule own={_tenth(best)}"
        if own:
            said = own[shares.index(best)]
            yield f"rule group={said.draft.group}|{_tenth(best)}"
            yield f"rule source={said.draft.source_head == c.source}|{_tenth(best)}"
            yield f"rule nested={self.inside.get(c.head, 0) > (c.head in said.content)}"
        near = self.by_sentence.get(self.scene.annotation.tokens[c.head].sentence, ())
        other = max((_overlap(c.content, s.content) for s in near if s.draft.head != c.head), default=-1.0)
        yield f"rule other={_tenth(other)}"


def _tenth(share: float) -> str:
    return "none" if share < 0 else f"{int(share * 5)}"


def _overlap(left: frozenset[int], right: frozenset[int]) -> float:
    both = len(left & right)
    return both / (len(left) + len(right) - both) if both else 0.0


def _bucket(value: int, ends: tuple[int, ...]) -> int:
    return bisect_right(ends, value - 1)


def _of_head(scene: Scene, head: Token, inside: int) -> list[str]:
    annotation, lexicon = scene.annotation, scene.lexicon
    above = annotation.tokens[head.head]
    children = annotation.children(head)
    group = lexicon.groups.get(head.lemma, "-")
    found = [
        f"lemma={head.lemma}",
        f"text={head.text.lower()}",
        f"tag={head.tag}",
        f"pos dep={head.pos}|{head.dep}",
        f"tag dep={head.tag}|{head.dep}",
        f"end3={head.pos}|{head.lemma[-3:]}",
        f"end4={head.pos}|{head.lemma[-4:]}",
        f"start3={head.pos}|{head.lemma[:3]}",
        f"group={group}",
        f"noun cue={head.lemma in lexicon.nouns or head.lemma in lexicon.noun_prepositions}",
        f"adjective cue={head.lemma in lexicon.adjectives}",
        f"quoted={scene.quoted[head.i] >= 0}",
        f"quoted lemma={scene.quoted[head.i] >= 0}|{head.lemma}",
        f"inside={min(inside, 3)}",
        f"above={above.lemma}|{head.dep}",
        f"above pos={above.pos}|{head.dep}",
        f"deps={' '.join(sorted({t.dep for t in children if t.i > head.i}))}",
        f"deps before={' '.join(sorted({t.dep for t in children if t.i < head.i}))}",
        f"next={_word(annotation, head.i + 1)}",
        f"before={_word(annotation, head.i - 1)}",
        f"lemma next={head.lemma}|{_word(annotation, head.i + 1)}",
    ]
    for child in children:
        if child.dep in _LIGHT_CHILDREN:
            found.append(f"with {child.dep}={child.lemma}")
        elif child.dep == "dobj":
            found.append(f"object={child.lemma}")
            found.append(f"lemma object={head.lemma}|{child.lemma}")
    found.extend(_under(scene, head))
    block = annotation.document.blocks[annotation.sentences[head.sentence].block]
    found.append(f"block={'first' if block.start == 0 else block.kind}")
    return found


def _under(scene: Scene, head: Token) -> Iterable[str]:
    """Which cue of the lexicon the word stands under, and how: nested cues are rarely attributions."""
    annotation, token = scene.annotation, head
    for _ in range(_LONGEST_CLIMB):
        above = annotation.tokens[token.head]
        if above is token:
            break
        if above.pos == "VERB" and (group := scene.lexicon.groups.get(above.lemma)):
            yield f"under={group}|{token.dep}"
            yield f"under lemma={above.lemma}|{token.dep}"
            if scene.quoted[above.i] == scene.quoted[head.i] and token.dep in ("ccomp", "xcomp"):
                yield f"under clause={group}|{head.tag}"
            return
        token = above
    yield f"under=|{token.dep}"


def _of_source(scene: Scene, head: Token, source: int | None) -> list[str]:
    if source is None:
        return ["source=none", f"source none={head.tag}|{head.dep}", f"source none lemma={head.lemma}"]
    annotation = scene.annotation
    token = annotation.tokens[source]
    words = unnamed()
    kind = (
        "people"
        if token.lemma in words.people
        else "human"
        if token.lemma in words.humans
        else "institution"
        if token.lemma in words.institutions
        else "vague"
        if token.lemma in words.vague
        else token.entity or token.pos
    )
    first = min((t.i for t in annotation.subtree(token)), default=token.i)
    return [
        f"source={kind}",
        f"source kind dep={kind}|{token.dep}",
        f"source kind lemma={kind}|{head.lemma}",
        f"source tag={token.tag}",
        f"source lemma={token.lemma}",
        f"source group={kind}|{scene.lexicon.groups.get(head.lemma, '-')}",
        f"source quoted={scene.quoted[source] >= 0}|{scene.quoted[head.i] >= 0}",
        f"source before={source < head.i}|{_bucket(abs(source - head.i), _GAPS)}",
        f"source sentence={token.sentence == head.sentence}",
        f"source first={first == annotation.sentences[token.sentence].first}",
        *(f"source det={t.lemma}" for t in annotation.children(token, "det")),
    ]


def _of_content(scene: Scene, content: frozenset[int]) -> list[str]:
    annotation = scene.annotation
    tokens = annotation.tokens
    pieces = runs(content)
    first, last = pieces[0][0], pieces[-1][1] - 1
    quoted = sum(scene.quoted[i] >= 0 for i in content) / len(content)
    verbs = sum(tokens[i].tag in ("VBD", "VBZ", "VBP", "MD") for i in content)
    sentence = annotation.sentences[tokens[first].sentence]
    quotes = {scene.quoted[i] for i in content} - {-1}
    return [
        f"title={len(quotes) == 1 and is_title(annotation.text, scene.quotes[min(quotes)])}|{int(quoted * 4)}",
        f"length={_bucket(len(content), _LENGTHS)}",
        f"pieces={min(len(pieces), 4)}",
        f"first={tokens[first].text.lower()}",
        f"first tag={tokens[first].tag}",
        f"last tag={tokens[last].tag}",
        f"prior={_word(annotation, first - 1)}",
        f"after={_word(annotation, last + 1)}",
        f"content quoted={int(quoted * 4)}|{_bucket(len(content), _LENGTHS)}",
        f"finite={min(verbs, 2)}",
        f"begins={first == sentence.first}|{tokens[last].sentence == sentence.i}",
        f"ends={last >= sentence.last - 2}",
        f"capital={tokens[first].text[:1].isupper()}|{quoted > 0}",
    ]


def _of_root(scene: Scene, c: Candidate, root: Token | None) -> Iterable[str]:
    if root is None:
        yield "root=none"
        return
    head = scene.annotation.tokens[c.head]
    marks = " ".join(t.lemma for t in scene.annotation.children(root, "mark", "aux"))
    yield f"root={root.tag}|{root.dep}"
    yield f"root lemma={root.lemma}"
    yield f"root frame={root.pos}|{c.frame}"
    yield f"root pair={head.lemma}|{root.lemma}"
    yield f"root entity={root.entity}|{c.frame}"
    yield f"marks={marks}|{c.frame}"
    yield f"marks lemma={marks}|{head.lemma}"
    yield f"subject={bool(scene.annotation.children(root, 'nsubj', 'nsubjpass'))}|{c.frame}"


def _of_place(scene: Scene, c: Candidate) -> Iterable[str]:
    first, last = min(c.content), max(c.content)
    if first > c.head:
        where, gap = "after", first - max(i for i in c.cue if i < first) - 1
    elif last < c.head:
        where, gap = "before", c.head - last - 1
    else:
        where, gap = "around", 0
    yield f"where={where}|{_bucket(gap, _GAPS)}"
    yield f"where frame={where}|{c.frame}"
    if c.source is not None:
        order = "".join(k for _, k in sorted([(c.head, "c"), (c.source, "s"), (first, "t")]))
        yield f"order={order}"
        yield f"order frame={order}|{c.how}"
    if where == "after" and gap:
        between = scene.annotation.tokens[first - gap : first]
        yield f"between verb={any(t.pos in ('VERB', 'AUX') for t in between)}"
        yield f"between comma={any(t.pos == 'PUNCT' for t in between)}"


def _word(annotation: Annotation, i: int) -> str:
    return annotation.tokens[i].text.lower() if 0 <= i < len(annotation.tokens) else ""
