"""What hangs on what: the clauses below a word, the verb above a noun."""

from __future__ import annotations

from volteface.annotate import Annotation, Token
from volteface.code.entities import is_party
from volteface.code.trees import MOST_STEPS, SUBJECT, Trees
from volteface.codebook.lexicon import word_groups

AMOUNTS = frozenset({"MONEY", "CARDINAL", "QUANTITY", "PERCENT"})


class Clauses(Trees):
    """Questions about complements and governors."""

    def __init__(self, annotation: Annotation) -> None:
        super().__init__(annotation)
        self._measures = word_groups("control")["measure_nouns"]

    def complements(self, token: Token) -> list[Token]:
        """Heads of the clauses, infinitives and gerunds that depend on a verb, noun or adjective."""
        found = self.child(token, "xcomp", "ccomp", "acl")
        for preposition in self.child(token, "prep"):
            found += self.child(preposition, "pcomp")
        if token.pos == "NOUN":  # "a request that it keep them"
            clauses = self.child(token, "relcl")
            found += [c for c in clauses if any(t.lemma == "that" for t in self.child(c, "mark"))]
        found += self._after_addressee(token, found)
        if token.pos == "ADJ" or token.dep == "acomp" or (self.is_passive(token) and not found):
            found += [t for t in self.child(token, "advcl") if token.pos == "ADJ" or self.has_to(t)]
        return [t for t in found if t.pos in ("VERB", "AUX", "NOUN", "ADJ")]

    def _after_addressee(self, noun: Token, known: list[Token]) -> list[Token]:
        """`appeals to X to stop`, `called on X on Monday to stop`: the infinitive after the addressee is the
        appeal's, wherever the parser hung it."""
        addressed = [p for p in self.child(noun, "prep") if p.lemma in ("to", "on", "upon")]
        if addressed and noun.pos == "VERB" and not known:
            last = max(t.i for t in self.annotation.subtree(noun)) + 1
            for i in range(addressed[0].i + 2, min(last, len(self.tokens) - 1)):
                infinitive = self.tokens[i + 1]
                if self.tokens[i].lemma == "to" and self.tokens[i].dep == "aux" and infinitive.tag == "VB":
                    return [infinitive]
            return []
        for preposition in addressed if noun.pos == "NOUN" else ():
            after = max((t.i for t in self.annotation.subtree(preposition)), default=noun.i) + 1
            if after + 1 < len(self.tokens) and self.tokens[after].lemma == "to":
                infinitive = self.tokens[after + 1]
                same = infinitive.sentence == noun.sentence and infinitive not in known
                if infinitive.tag == "VB" and same:
                    return [infinitive]
        return []

    def governor(self, noun: Token) -> tuple[Token, str] | None:
        """The verb that governs a noun and how: `dobj`, `nsubj`, `nsubjpass`, `attr` or the preposition between."""
        head = self.tokens[noun.head]
        steps = 0
        while (
            noun.dep == "conj" and head.i != noun.i and head.pos in ("NOUN", "PROPN") and steps < MOST_STEPS
        ):
            noun, head, steps = head, self.tokens[head.head], steps + 1
        if head.i == noun.i:
            return None
        if head.pos in ("VERB", "AUX"):
            clauses = self.child(head, "csubj") if noun.dep == "attr" else []
            for clause in clauses:  # "what X got from Y was Z"
                if any(t.lemma == "what" for t in self.child(clause, "dobj")):
                    return clause, "dobj"
            late = noun.dep == "dobj" and head.lemma in ("come", "follow") and not self.child(head, *SUBJECT)
            return head, "nsubj" if late else noun.dep  # "from X came a flat refusal"
        if noun.dep == "pobj" and head.head != head.i:
            above = self.tokens[head.head]
            if above.pos in ("VERB", "AUX"):
                return above, head.lemma
            if head.lemma in ("of", "in") and (above.entity in AMOUNTS or above.lemma in self._measures):
                return self.governor(
                    above
                )  # "approved 50 million euros in aid", "began a fifth round of talks"
            if above.lemma in ("responsibility", "date", "order", "plan") and head.lemma == "for":
                return self.governor(
                    above
                )  # "claimed responsibility for the attack", "set a date for the trial"
            if head.lemma == "for" and above.dep == "dobj" and is_party(above):
                return self.tokens[above.head], "for"  # "hosted the emir for talks"
            if above.pos == "PROPN" and above.dep == "pobj":  # "flew to Reykjavik for talks"
                outer = self.tokens[above.head]
                verb = self.tokens[outer.head]
                if verb.pos in ("VERB", "AUX") and verb.i != outer.i:
                    return verb, head.lemma
        return None
