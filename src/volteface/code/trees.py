"""Small questions about one dependency tree, among them what parsers get wrong again and again."""

from __future__ import annotations

from volteface.annotate import Annotation, Token
from volteface.code.entities import is_party

SUBJECT = ("nsubj", "nsubjpass", "csubj")
NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X")
FINITE = frozenset({"VBD", "VBZ", "VBP"})
# "found himself summoned", "had their visas revoked": somebody undergoes it.
UNDERGOING = frozenset({"find", "get", "have", "see"})
# Past tenses to the parser, participles after a passive: "was summoned and handed a note".
GIVEN = frozenset(
    {"hand", "give", "deny", "tell", "order", "grant", "sentence", "jail", "fine", "charge", "deport"}
)
# The same of opinions, and of harm to things: "was condemned by X but welcomed in Y", "… and their cameras smashed".
JUDGED = frozenset(
    {"welcome", "praise", "condemn", "denounce", "criticise", "criticize", "hail", "applaud", "endorse", "deplore",
     "ridicule", "mock", "dismiss", "reject"}
)  # fmt: skip
DAMAGED = frozenset(
    {"smash", "burn", "destroy", "loot", "ransack", "torch", "overturn", "seize", "confiscate", "freeze", "wreck",
     "damage", "impound", "search", "raid", "blockade", "revoke", "expel", "deport", "detain",
     "arrest", "behead", "abduct", "kidnap"}
)  # fmt: skip
REFUSED = frozenset({"refuse", "promise", "award", "accord", "serve", "forbid"})
HURTING = frozenset({"wound", "injure", "hurt", "kill"})
# How far control and coordination are followed upwards; real sentences need four, hostile ones may nest thousands.
MOST_STEPS = 12


class Trees:
    """One annotation's trees: children, conjuncts, voice, mistaken edges."""

    def __init__(self, annotation: Annotation) -> None:
        self.annotation = annotation
        self.tokens = annotation.tokens

    def child(self, token: Token, *deps: str) -> list[Token]:
        """Children with one of these dependency labels."""
        return self.annotation.children(token, *deps)

    def has_to(self, verb: Token) -> bool:
        """Whether a verb stands with "to"."""
        return any(t.lemma == "to" for t in self.child(verb, "aux"))

    def conjuncts(self, i: int) -> list[int]:
        """The head and everything coordinated with it, left to right."""
        found = [i]
        for j in found:
            if len(found) > 40:
                break
            found += [
                c.i for c in self.child(self.tokens[j], "conj") if c.pos in NOMINAL and c.i not in found
            ]
        return sorted(found)

    def is_passive(self, verb: Token) -> bool:
        """Whether the verb's grammatical subject undergoes it."""
        if any(self.tokens[c].dep in ("nsubjpass", "auxpass") for c in verb.children):
            return True
        if verb.dep == "acl" and self.child(
            verb, "agent"
        ):  # "pelted by nationalists", a past tense to the parser
            return True
        if self.fronted(verb) is not None:
            return True
        head = self.tokens[verb.head]
        counted = verb.lemma in HURTING and any(t.pos == "NUM" for t in self.child(verb, "nsubj"))
        if counted and verb.tag in ("VBD", "VBN") and not self.child(verb, "dobj", "aux"):
            return True  # "and 27 injured"
        if (
            verb.dep == "conj"
            and verb.lemma in GIVEN
            and verb.tag == "VBD"
            and not self.child(verb, *SUBJECT)
        ):
            return self.is_passive(head)  # "was summoned and handed a note"
        if verb.dep == "conj" and verb.tag in ("VBD", "VBN") and self._is_bare_participle(verb):
            return self.is_passive(head)
        if verb.tag != "VBN" or self.child(verb, "aux"):
            return False
        if self.turned_subject(verb) or (verb.dep in ("xcomp", "oprd") and head.lemma in UNDERGOING):
            return True
        if verb.dep == "conj":  # "two were killed and five wounded" too, "are frozen and their owners barred"
            return head.lemma == "be" or (head.tag == "VBN" and self.is_passive(head))
        if verb.dep == "ccomp":
            return head.lemma in UNDERGOING
        if (verb.dep == "acl" and self.is_no(head)) or self.mistaken_relative(verb) is not None:
            return False
        return verb.dep in ("acl", "amod", "advcl") and not self.child(verb, "nsubj")

    def _is_bare_participle(self, verb: Token) -> bool:
        """`was condemned by X but welcomed in Y`, `were beaten and their cameras smashed`: participles that only the
        verb before has the "were" of."""
        if self.child(verb, "dobj", "ccomp", "xcomp", "aux"):
            return False
        subjects = self.child(verb, *SUBJECT)
        things = bool(subjects) and not any(is_party(t) for t in subjects)
        return (verb.lemma in JUDGED and not subjects) or (verb.lemma in DAMAGED and (things or not subjects))

    def turned_subject(self, verb: Token) -> list[Token]:
        """`freed by X were eleven sailors`, `detained in Y is a reporter`: who stands behind the "be" of a participle
        put first."""
        if verb.tag not in ("VBN", "VBD") or self.child(verb, *SUBJECT):
            return []
        head = self.tokens[verb.head]
        copulas = self.child(verb, "auxpass", "aux")
        copulas += [head] if verb.dep in ("csubj", "csubjpass", "advcl", "nsubj") else []
        later = [t for t in copulas if t.lemma == "be" and t.i > verb.i]
        return [s for t in later for s in self.child(t, "attr", "nsubj") if s.i > t.i]

    def mistaken_subject(self, verb: Token) -> list[Token]:
        """`Nauru denied entry`: a name right before a finite verb that the parser took for an adverb."""
        before = self.tokens[max(verb.i - 1, 0)]
        adverb = before.head == verb.i and before.dep in ("advmod", "npadvmod", "dep", "intj", "nmod")
        named = before.pos == "PROPN" and before.entity not in ("DATE", "TIME")
        return [before] if verb.tag in FINITE and adverb and named and before.i < verb.i else []

    def mistaken_relative(self, verb: Token) -> Token | None:
        """`the commission, which X's minister accused of …`: whom the minister accused, though parsers took "which
        X's minister" for a phrase of its own, accused."""
        noun = self.tokens[verb.head]
        relative = any(t.tag in ("WDT", "WP") for t in self.child(noun, "det"))
        if (
            verb.dep == "acl"
            and verb.tag == "VBN"
            and noun.dep == "appos"
            and relative
            and not self.child(verb, "agent")
        ):
            return self.tokens[noun.head]
        return None

    def swallowed(self, verb: Token) -> list[Token]:
        """`after X invaded the islands, Y and Z have agreed`: Y, whom the parser joined to the islands."""
        clauses = [c for c in self.child(verb, "advcl") if c.i < verb.i]
        objects = [t for c in clauses for t in self.child(c, "dobj")]
        objects += [t for c in clauses for p in self.child(c, "prep") for t in self.child(p, "pobj")]
        for thing in objects:
            commas = [t.i for t in self.child(thing, "punct") if t.text == ","]
            names = [t for t in self.child(thing, "conj") if commas and t.i > commas[0] and is_party(t)]
            if names and names[-1].i < verb.i:
                return names[:1]
        before = self.tokens[max(verb.i - 1, 0)]  # "ignoring an appeal for calm, X youths attacked"
        fronted = [c for c in self.child(verb, "csubj", "advcl") if c.tag == "VBG" and c.i < before.i]
        comma = any(t.text == "," for t in self.child(before, "punct"))
        return [before] if fronted and comma and before.pos in ("NOUN", "PROPN") and is_party(before) else []

    def fronted(self, verb: Token) -> tuple[Token, Token] | None:
        """`Denied visas by X, the Y wrestlers stayed home`: the visas and the wrestlers, where the parser took the
        participle at the beginning for an adjective."""
        first = self.annotation.sentences[verb.sentence]
        thing = self.tokens[verb.head]
        if verb.i != first.first or (verb.tag, verb.dep) != ("VBN", "amod") or thing.i != verb.i + 1:
            return None
        if verb.lemma not in GIVEN | REFUSED:
            return None
        rest = self.tokens[thing.i : first.last]
        comma = next((t.i for t in rest if t.text == ","), first.last)
        subject = next((t for t in self.tokens[comma : first.last] if t.dep in ("nsubj", "nsubjpass")), None)
        return (thing, subject) if subject is not None else None

    def is_no(self, noun: Token) -> bool:
        """`had at no point offered`: parsers hang the verb on the noun."""
        return noun.dep == "pobj" and any(t.lemma == "no" for t in self.child(noun, "det"))

    def joined_to(self, verb: Token) -> Token:
        """What a coordinated verb is joined to: `accused X of firing and withdrew its envoy`: a finite verb is joined
        to a finite one, whatever the parser hung it on."""
        head = self.tokens[verb.head]
        if verb.tag not in FINITE:
            return head
        above = head
        for _ in range(MOST_STEPS):
            if above.pos not in ("VERB", "AUX", "ADP") or above.head == above.i:
                break
            bare = all(t.lemma == "to" for t in self.child(above, "aux", "auxpass"))
            bare = bare and not (
                above.tag == "VBN" and self.child(above, "nsubj")
            )  # "rockets fired from X landed"
            if above.pos != "ADP" and not (above.tag in ("VBG", "VB", "VBN") and bare):
                break
            above = self.tokens[above.head]
        return above if above.tag in FINITE else head

    def mistaken_object(self, first: Token, second: Token) -> Token | None:
        """`X paid ten million dollars, and Y dropped the charges`: Y is who drops, though parsers join it to the
        dollars."""
        if second.tag not in FINITE or self.child(second, *SUBJECT):
            return None
        before = self.tokens[second.i - 1]
        if before.dep == "conj" and before.pos == "PROPN" and is_party(before) and before.i > first.i:
            return before  # "jailed a reporter on Wednesday and Warsaw demanded …"
        for thing in self.child(first, "dobj"):
            comma = any(t.text == "," for t in self.child(thing, "punct")) and not is_party(thing)
            for name in self.child(thing, "conj"):
                if is_party(name) and (name.i + 1 == second.i or (comma and name.i < second.i)):
                    return name
        return None

    def focus(self, clause: Token) -> list[Token]:
        """The X of `it was X that …`."""
        copula = self.tokens[clause.head]
        cleft = clause.dep == "ccomp" and any(t.lemma == "it" for t in self.child(copula, "nsubj", "expl"))
        return self.child(copula, "attr") if cleft and copula.lemma == "be" else []

    def apart(self, one: int, others: list[int]) -> bool:
        """Whether both phrases name a nationality: "the shooting by a Thai guard of two Danish sailors"."""
        return all(
            any(t.entity == "NORP" for t in self.child(self.tokens[i], "amod", "compound"))
            for i in (one, *others)
        )

    def is_free_relative(self, clause: Token) -> bool:
        """`what Manila described as …`, `what it called …`."""
        return clause.pos == "VERB" and any(
            t.lemma == "what" for t in self.child(clause, "dobj", "nsubj", "attr")
        )

    def named_in(self, clause: Token) -> list[int]:
        """What a clause of calling calls it: the words after the verb or after its "as"."""
        named = [t.i for t in self.child(clause, "oprd", "attr", "dobj", "ccomp") if t.lemma != "what"]
        named += [o.i for p in self.child(clause, "prep") if p.lemma == "as" for o in self.child(p, "pobj")]
        return [i for i in named if self.tokens[i].pos in NOMINAL and i > clause.i]

    def timeless(self, heads: list[int]) -> list[int]:
        """Without dates: "on Friday" takes nobody's place in "on Friday lifted sanctions on X", nor "in the space of
        an hour"."""

        def is_time(token: Token) -> bool:
            span = [o for p in self.child(token, "prep") if p.lemma == "of" for o in self.child(p, "pobj")]
            return any(t.entity in ("DATE", "TIME") for t in (token, *span))

        return [i for i in heads if not is_time(self.tokens[i])]
