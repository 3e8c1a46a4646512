"""Who stands where round a verb or an event noun: subjects, objects and obliques, undone of voice, relative
clauses, control and coordination.

Everything is a token index of a phrase's head; `annotate.phrases.noun_phrase` turns it into the whole phrase.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from volteface.annotate import Annotation, Token
from volteface.code.clauses import Clauses
from volteface.code.entities import acts_as_many, is_party, is_person
from volteface.code.trees import MOST_STEPS, NOMINAL, SUBJECT, UNDERGOING
from volteface.codebook.lexicon import word_groups

RELATIVE_TAGS = ("WDT", "WP")
THIRD_PERSON = frozenset({"it", "they", "he", "she"})
# "stayed away from", "flew back to": what hangs on these is the verb's.
CARRIERS = frozenset({"far", "short", "instead"})
# "dismissed as baseless X's claim": their object after the predicate.
BRANDING = frozenset(
    {
        "dismiss",
        "reject",
        "denounce",
        "condemn",
        "describe",
        "brand",
        "criticise",
        "criticize",
        "deride",
        "slam",
        "hail",
    }
)
AWAY = frozenset({"away", "back", "home", "out", "close", "closer", "near", "nearer", "up", "forward"})
CLOCK = frozenset({"time", "moment", "date"})
OWNERS = frozenset({"its", "their", "his"})
# Who has, gets or is under these is to do, or may do, what they say.
ORDERS = frozenset(
    {
        "order",
        "instruction",
        "permission",
        "authority",
        "authorisation",
        "authorization",
        "mandate",
        "licence",
    }
)
HOLDING = frozenset({"have", "receive", "get", "obtain", "under"})
REFLEXIVES = frozenset({"himself", "herself", "itself", "themselves"})
# What may have been hung on the object of an "of": "the exchange of prisoners between X and Y".
BESIDE_OBJECT = frozenset({"between", "against", "to"})


@dataclass(slots=True)
class Roles:
    """The parties of one predicate. `agents` do it, `patients` undergo it; obliques by preposition lemma."""

    agents: list[int] = field(default_factory=list)
    patients: list[int] = field(default_factory=list)
    obliques: dict[str, list[int]] = field(default_factory=dict)
    passive: bool = False


class Syntax(Clauses):
    """Questions about one annotation's dependency trees, with answers remembered."""

    def __init__(self, annotation: Annotation) -> None:
        super().__init__(annotation)
        self._surface: dict[int, list[int]] = {}
        groups = word_groups("control")
        self._subject_control = groups["subject_control"]
        self._object_preps = groups["object_control_prepositions"]
        self._commitments = groups["commitment_nouns"]
        self._utterances = groups["utterance_nouns"]
        self._keeping = groups["keeping_nouns"]
        self._uttering = groups["uttering_verbs"]
        self._press = groups["press_nouns"]
        self._phrases = {
            phrase: name for name in ("by", "from", "for", "on", "as") for phrase in groups[f"meaning_{name}"]
        }

    # ---- subjects

    def surface(self, verb: Token, steps: int = 0) -> list[int]:
        """The grammatical subject of a verb, its own or the one that control, coordination or a relative
        clause lends it."""
        known = self._surface.get(verb.i)
        if known is not None:
            return known
        subjects = [t for t in self.child(verb, *SUBJECT) if t.dep != "csubj"]
        if not subjects and verb.pos == "VERB":  # "should Iraq attack", "China had frozen": hung amiss
            auxiliaries = self.child(verb, "aux")
            named = [t for t in self.child(verb, "compound") if t.pos == "PROPN"] if auxiliaries else []
            subjects = named or [t for a in auxiliaries for t in self.child(a, *SUBJECT)]
        subjects = (
            subjects or self.turned_subject(verb) or self._gerund_owner(verb) or self.mistaken_subject(verb)
        )
        subjects = subjects or (
            self.swallowed(verb) if verb.pos == "VERB" and not self.child(verb, "expl") else []
        )
        own = [self._antecedent(t, verb) for t in subjects]
        found = [j for i in own for j in self.conjuncts(i)] if own else self._lent(verb, steps)
        self._surface[verb.i] = found
        return found

    def _gerund_owner(self, verb: Token) -> list[Token]:
        """`killed by Indian shelling`, where the parser took the noun for a verb: India."""
        before = self.tokens[max(verb.i - 1, 0)]
        by = self.tokens[before.head]
        owned = (
            verb.tag == "VBG"
            and before.dep == "pobj"
            and before.entity == "NORP"
            and by.lemma in ("by", "in", "under")
        )
        return [before] if owned else []

    def _antecedent(self, pronoun: Token, verb: Token) -> int:
        """A relative pronoun stands for the noun its clause hangs on, "nobody from X" for X."""
        if pronoun.lemma in ("nobody", "none"):
            held = [o.i for p in self.child(pronoun, "prep") for o in self.child(p, "pobj")]
            return held[0] if held else pronoun.i
        if pronoun.tag in RELATIVE_TAGS or (pronoun.lemma == "that" and pronoun.dep in SUBJECT):
            clause, steps = verb, 0
            while clause.dep in ("conj", "xcomp", "aux") and clause.head != clause.i and steps < MOST_STEPS:
                clause, steps = self.tokens[clause.head], steps + 1
            if clause.dep in ("relcl", "acl") and clause.head != clause.i:
                return self._instead(self.tokens[clause.head])
            focus = self.focus(clause)
            if focus:
                return focus[0].i
        if pronoun.dep in SUBJECT and pronoun.text.lower() in THIRD_PERSON:
            return self._speaker(pronoun, verb)
        if pronoun.dep in SUBJECT and pronoun.text.lower() in REFLEXIVES:
            above = self.tokens[verb.head]
            return next(iter(self.surface(above)), pronoun.i) if above.i != verb.i else pronoun.i
        return pronoun.i

    def _instead(self, noun: Token) -> int:
        """`it was X, not Y, who …`: X."""
        above = self.tokens[noun.head]
        before = self.tokens[max(min(self.annotation.subtree(noun), key=lambda t: t.i).i - 1, 0)]
        return above.i if noun.dep == "appos" and before.dep == "neg" and before.head == above.i else noun.i

    def _speaker(self, pronoun: Token, verb: Token) -> int:
        """`X said it would attack`: who speaks of what "it" does speaks of what it does itself, as long as number
        and kind agree."""
        clause = verb
        for _ in range(MOST_STEPS):
            if clause.dep not in ("conj", "xcomp") or clause.head == clause.i:
                break
            clause = self.tokens[clause.head]
        above = self.tokens[clause.head]
        if clause.dep != "ccomp" or above.pos != "VERB" or above.i == clause.i:
            return pronoun.i
        subjects = [i for i in self.surface(above) if i != pronoun.i]
        agreeing = bool(subjects) and self._agree(pronoun.text.lower(), subjects)
        return subjects[0] if agreeing else pronoun.i

    def _agree(self, word: str, heads: list[int]) -> bool:
        """Whether a pronoun may stand for these: one body for "it", one person for "he", anybody else for "they"."""
        first = self.tokens[heads[0]]
        if first.pos not in ("NOUN", "PROPN"):
            return False
        several = len(heads) > 1 or first.tag in ("NNS", "NNPS")
        named_many = first.entity == "PERSON" and self.child(first, "det")  # "the Houthis"
        human = is_person(first) and not named_many
        if word == "they":
            return bool(named_many) or (acts_as_many(first) and (several or not human))
        if word == "their":
            return several or not human
        if word in ("it", "its"):
            return not several and not human
        if several or not (human or (first.pos == "PROPN" and not first.entity)):
            return False
        # "her lawyer said she …", "a spokesman for the queen said she …": not who speaks, but for whom
        owners = [t for t in self.child(first, "poss") if t.pos == "PRON" or is_person(t)]
        return not owners and not any(p.lemma == "for" for p in self.child(first, "prep"))

    def _lent(self, verb: Token, steps: int) -> list[int]:
        head = self.tokens[verb.head]
        if head.i == verb.i or steps > MOST_STEPS:
            return []
        if verb.dep in ("conj", "parataxis", "aux"):
            if verb.dep == "conj":
                head = self.joined_to(verb)
                mistaken = self.mistaken_object(head, verb)
                if mistaken is not None:
                    return [mistaken.i]
            return self.surface(head, steps + 1) if head.pos in ("VERB", "AUX") else []
        if verb.dep in ("xcomp", "ccomp"):
            return self._controlled(verb, head, steps)
        if verb.dep == "advcl":
            nearer = self._nearer_clause(verb, head)
            if nearer is not None:
                return self.surface(nearer, steps + 1)
            return self.surface(head, steps + 1) if head.pos in ("VERB", "AUX") else [head.i]
        if verb.dep == "pcomp":
            return self._after_preposition(head, steps)
        if verb.dep in ("acl", "relcl"):
            return self._on_noun(verb, head, steps)
        return []

    def _nearer_clause(self, participle: Token, head: Token) -> Token | None:
        """`X met Y, whose army had shelled Z, accusing it of …`: the army's accusing, though parsers hang the
        participle on the main verb."""
        if participle.tag != "VBG" or participle.i < head.i:
            return None
        for token in reversed(self.tokens[head.i + 1 : participle.i]):
            if token.dep == "relcl" and token.tag in ("VBD", "VBZ", "VBP") and self.child(token, *SUBJECT):
                return token
        return None

    def _controlled(self, verb: Token, governor: Token, steps: int) -> list[int]:
        """`ordered X to stop`: X; `promised X to stop`: the promiser; `called on X to stop`: X."""
        if governor.pos in ("ADJ", "NOUN"):
            above = self.tokens[governor.head]
            return self.surface(above, steps + 1) if above.i != governor.i else []
        if governor.lemma in self._subject_control or self.is_passive(governor):
            return self.surface(governor, steps + 1)
        objects = [t.i for t in self.child(governor, "dobj", "dative") if t.i < verb.i and t.pos in NOMINAL]
        if objects:
            return [j for i in objects for j in self.conjuncts(i)]
        asked = [p for p in self.child(governor, "prep", "dative") if p.lemma in ("on", "upon", "to", "with")]
        held = self.timeless([o.i for p in asked for o in self.child(p, "pobj") if o.i < verb.i])
        return [j for i in held for j in self.conjuncts(i)] or self.surface(governor, steps + 1)

    def _after_preposition(self, preposition: Token, steps: int) -> list[int]:
        """`accused X of bombing`: X; `supported X by bombing`: the supporter."""
        governor = self.tokens[preposition.head]
        before = self.tokens[max(preposition.i - 1, 0)]
        if (
            before.pos == "ADV" and before.lemma in CARRIERS
        ):  # "far from expelling", "stopped short of accusing"
            return self.surface(self.tokens[before.head], steps + 1) if before.head != before.i else []
        if governor.i == preposition.i:
            return []
        if governor.pos in ("VERB", "AUX"):
            if preposition.lemma in self._object_preps and governor.lemma not in self._subject_control:
                if self.is_passive(governor):
                    return self.surface(governor, steps + 1)
                objects = [t.i for t in self.child(governor, "dobj") if t.pos in NOMINAL]
                if objects:
                    return [j for i in objects for j in self.conjuncts(i)]
            return self.surface(governor, steps + 1)
        owners = [t.i for t in self.child(governor, "poss")]
        if owners or governor.pos not in ("NOUN", "PROPN", "ADJ"):
            return owners
        above = self.tokens[governor.head]
        return (
            self.surface(above, steps + 1) if above.pos in ("VERB", "AUX") and above.i != governor.i else []
        )

    def _on_noun(self, verb: Token, noun: Token, steps: int) -> list[int]:
        """Participles and infinitives on a noun: `appeals to X to stop` is X's stopping, `X's pledge to send`
        X's sending, `soldiers guarding` the soldiers' guarding, `among those killed were Y` Y's being killed."""
        among = self.tokens[noun.head]
        if self.is_no(noun):
            above = self.tokens[among.head]
            return [j for t in self.child(above, *SUBJECT) for j in self.conjuncts(t.i)] or [noun.i]
        if noun.lemma in ("those", "victim", "dead") and among.lemma == "among":
            copula = self.tokens[among.head]
            return [t.i for t in self.child(copula, "attr", "nsubj") if t.i > verb.i] or [noun.i]
        if self.has_to(verb):
            asked = [
                o.i
                for p in self.child(noun, "prep")
                if p.lemma in ("to", "on")
                for o in self.child(p, "pobj")
            ]
            if asked:
                return [j for i in asked for j in self.conjuncts(i)]
            owners = [t.i for t in self.child(noun, "poss")]
            if owners:
                return owners
            above = self.tokens[noun.head]
            ordered = noun.lemma in ORDERS and above.lemma in HOLDING  # "had orders to fire"
            if ordered or (
                noun.lemma in self._commitments and above.pos in ("VERB", "AUX") and above.i != noun.i
            ):
                return self.surface(above, steps + 1)
        elif noun.lemma in self._utterances:
            return self._author(noun, steps) or [noun.i]
        elif verb.tag == "VBG" and verb.lemma in self._uttering and noun.dep == "pobj":
            return self._sender(among, steps) or [noun.i]
        return [noun.i]

    def _sender(self, preposition: Token, steps: int) -> list[int]:
        """`sent a letter to X protesting at …`, `wrote to X asking for …`: who writes, though parsers hang the
        participle on X."""
        above = self.tokens[preposition.head]
        if preposition.lemma != "to":
            return []
        if above.lemma in self._utterances:
            return self._author(above, steps)
        sent = any(t.lemma in self._utterances for t in self.child(above, "dobj"))
        writing = above.pos == "VERB" and (sent or above.lemma == "write")
        return self.surface(above, steps + 1) if writing else []

    def _author(self, utterance: Token, steps: int) -> list[int]:
        """Who issued, sent, signed it, or whose it is."""
        around = self.parties(utterance)
        governor = self.governor(utterance)
        owners = around.get("by") or around.get("poss") or around.get("from")
        if owners or governor is None:
            return owners or []
        verb, edge = governor
        return (
            self.surface(verb, steps + 1)
            if edge in ("dobj", "in")
            else self.roles(verb).obliques.get("by", [])
        )

    def addressee(self, utterance: Token) -> list[int]:
        """Whom a letter, message or note goes to."""
        if utterance.lemma not in self._utterances:
            return []
        governor = self.governor(utterance)
        around = self.roles(governor[0]).obliques if governor is not None else {}
        return self.parties(utterance).get("to") or around.get("to") or around.get("dative") or []

    # ---- all parties

    def roles(self, verb: Token) -> Roles:
        """Agents, patients and obliques of a verb, with voice undone."""
        roles = Roles(passive=self.is_passive(verb))
        surface = self.surface(verb)
        fronted = self.fronted(verb)
        if fronted is not None:
            thing, subject = fronted
            roles.patients = roles.obliques["dative"] = self.conjuncts(subject.i)
            for preposition in (*self.child(thing, "prep", "agent"), *self.child(verb, "prep", "agent")):
                name, held = self.phrase_of(preposition)
                roles.obliques.setdefault(name, []).extend(held)
            roles.agents = roles.obliques.get("by", [])
            return roles
        told = self.mistaken_relative(verb)
        if told is not None:
            roles.agents, roles.patients = self.conjuncts(verb.head), [told.i]
            for preposition in self.child(verb, "prep"):
                name, held = self.phrase_of(preposition)
                roles.obliques.setdefault(name, []).extend(held)
            return roles
        direct = self.child(verb, "dobj")
        direct += [t for t in self.child(verb, "oprd") if direct and self.child(t, "nummod")]
        two = len(direct) == 2 and not self.child(direct[0], "cc")
        if two and (is_party(direct[0]) or direct[0].pos == "PRON") and not is_party(direct[1]):
            roles.obliques["dative"] = self.conjuncts(direct.pop(0).i)  # "offered Seoul help"
        mistaken = {t.i for v in self.child(verb, "conj") if (t := self.mistaken_object(verb, v)) is not None}
        main = self.tokens[verb.head]
        if verb.dep == "advcl" and not self.child(main, *SUBJECT):
            mistaken |= {j for t in self.swallowed(main) for j in self.conjuncts(t.i)}
        objects = [j for t in direct for j in self.conjuncts(self._antecedent(t, verb)) if j not in mistaken]
        beside = [
            p
            for a in self.child(verb, "advmod", "prt", "oprd")
            if a.lemma in AWAY
            for p in self.child(a, "prep")
        ]
        for preposition in (*self.child(verb, "prep", "agent", "dative", "prt"), *beside):
            name, held = self.phrase_of(preposition)
            if not held and preposition.dep == "dative" and preposition.pos in NOMINAL:
                roles.obliques.setdefault("dative", []).extend(self.conjuncts(preposition.i))
            elif held:
                roles.obliques.setdefault(name, []).extend(held)
        if not direct and not roles.passive and verb.lemma in BRANDING:  # "dismissed as baseless X's claim"
            after = self.tokens[min(verb.i + 1, len(self.tokens) - 1)]
            objects = roles.obliques.pop("as", []) if after.lemma == "as" else objects
        self._add_keeper(roles.obliques)
        above = self.tokens[verb.head]
        undergone = roles.passive and above.lemma in UNDERGOING  # "in X he found himself summoned"
        cleft = above.lemma == "be" and any(t.lemma == "it" for t in self.child(above, "nsubj", "expl"))
        if verb.dep == "ccomp" and (undergone or cleft):  # "it was from X that …"
            for preposition in self.child(above, "prep"):
                name, held = self.phrase_of(preposition)
                roles.obliques.setdefault(name, held)
        if roles.passive:
            roles.patients = surface or objects
            if surface and objects:  # "was granted asylum"
                roles.obliques.setdefault("dative", surface)
            roles.agents = roles.obliques.get("by") or self._by_inside(verb)
            said = [
                j
                for a in self.child(verb, "oprd", "acomp")
                for p in self.child(a, "prep")
                for j in self.held(p)
            ]
            roles.agents = roles.agents or self._by_below(roles, [*objects, *said]) or self._by_beside(verb)
            return roles
        roles.agents = surface
        relatives = [c for c in self.child(verb, "ccomp", "dobj") if self.is_free_relative(c)]
        named = [i for clause in relatives for i in self.named_in(clause)]
        roles.patients = named or objects or self._shared_objects(verb) or self._relative_object(verb)
        return roles

    def _by_inside(self, verb: Token) -> list[int]:
        """`was allowed to go home by X`: what is allowed is no passive, so X allows it."""
        clauses = [c for c in self.child(verb, "xcomp") if self.has_to(c) and not self.is_passive(c)]
        return [i for c in clauses for p in self.child(c, "agent", "prep") if p.lemma == "by" and p.dep == "agent"
                for i in self.timeless(self.held(p))]  # fmt: skip

    def _by_below(self, roles: Roles, direct: list[int]) -> list[int]:
        """`supplied with weapons by X`, `was dealt a blow by X`, `found guilty of murder by X`, where the parser hung X
        on the weapons."""
        objects = [self.tokens[i] for heads in (direct, *roles.obliques.values()) for i in heads]
        below = [p for noun in objects for p in self.child(noun, "prep", "agent") if p.lemma == "by"]
        return [i for p in below for i in self.timeless(self.held(p))]

    def _by_beside(self, verb: Token) -> list[int]:
        """`was seized and beaten by X`, `was seized by X and beaten`: both are X's doing."""
        others = [self.tokens[verb.head]] if verb.dep == "conj" else self.child(verb, "conj")
        if verb.dep == "conj" and any(t.lemma == "but" for t in self.child(others[0], "cc")):
            return []  # "was condemned by X but welcomed in Y"
        if verb.dep == "conj" and self.child(verb, "nsubj", "nsubjpass"):
            return []
        for other in others:
            if other.tag == "VBN" and not (other.i > verb.i and self.child(other, *SUBJECT)):
                found = [i for p in self.child(other, "agent") for i in self.phrase_of(p)[1]]
                if found:
                    return found
        return []

    def _add_keeper(self, at: dict[str, list[int]]) -> None:
        """`died in X custody`, `torture in X's jails`: what befalls the kept is their keeper's doing. Changes `at`."""
        for i in at.get("in", ()):
            if self.tokens[i].lemma in self._keeping and "by" not in at:
                around = self.parties(self.tokens[i])
                keeper = next((around[p] for p in ("poss", "amod", "of", "compound") if p in around), [])
                if any(is_party(self.tokens[j]) for j in keeper):
                    at["by"] = keeper
                    return

    def phrase_of(self, preposition: Token) -> tuple[str, list[int]]:
        """A preposition by its meaning, and what it governs, dates left out: `at the hands of X` is by X, `as a
        result of X` from X."""
        for noun in self.child(preposition, "pobj"):
            if (
                preposition.lemma == "by"
                and noun.lemma in CLOCK
                and self.child(noun, "relcl", "acl", "ccomp")
            ):
                return "until", []  # "held for two weeks by the time Y …"
            name = self._phrases.get(f"{preposition.lemma} {noun.lemma}")
            inner = self.child(noun, "prep") if name else []
            held = [i for p in inner if p.lemma == "of" for i in self.held(p)]
            held = held or [j for t in self.child(noun, "poss") if name for j in self.conjuncts(t.i)]
            if name and held:
                return name, self.timeless(held)
        return preposition.lemma, self.timeless(self.held(preposition))

    def held(self, preposition: Token) -> list[int]:
        """What a preposition governs: nouns, or the subject of a clause after it, or through a second one."""
        above = self.tokens[preposition.head]
        found = [
            j for t in self.child(preposition, "pobj") for j in self.conjuncts(self._antecedent(t, above))
        ]
        for clause in self.child(preposition, "pcomp"):
            if self.is_free_relative(clause):
                found += self.named_in(clause)
                continue
            found += [j for t in self.child(clause, "nsubj", "nsubjpass") for j in self.conjuncts(t.i)]
        for second in self.child(preposition, "prep"):
            if not found:
                found += [j for t in self.child(second, "pobj") for j in self.conjuncts(t.i)]
        return found

    def _shared_objects(self, verb: Token) -> list[int]:
        """`attacked and killed two`: the object after the last verb belongs to the first too."""
        for other in self.child(verb, "conj"):
            if (
                other.pos == "VERB"
                and not self.child(other, *SUBJECT)
                and not self.child(verb, "prep", "ccomp", "xcomp")
            ):
                return [j for t in self.child(other, "dobj") for j in self.conjuncts(t.i)]
        return []

    def _relative_object(self, verb: Token) -> list[int]:
        """`the region Russia annexed`: the noun a relative clause hangs on is its object, where its own
        subject is somebody else."""
        if verb.dep == "xcomp" and verb.tag in ("VB", "VBN"):  # "the men they were reported to have arrested"
            above = self.tokens[verb.head]
            return [above.head] if above.dep == "relcl" and self._misses_object(above) else []
        if verb.dep != "relcl" or self.child(verb, "ccomp", "xcomp"):
            return []
        subjects = self.child(verb, *SUBJECT)
        whose = any(t.tag == "WP$" for s in subjects for t in self.child(s, "poss"))  # "X, whose army fought"
        if not subjects or whose or any(t.tag in RELATIVE_TAGS or t.lemma == "that" for t in subjects):
            return []
        return [verb.head]

    def _misses_object(self, clause: Token) -> bool:
        """Whether a relative clause has a subject of its own, and so lacks something else."""
        subjects = self.child(clause, *SUBJECT)
        return bool(subjects) and not any(t.tag in RELATIVE_TAGS or t.lemma == "that" for t in subjects)

    def parties(self, noun: Token) -> dict[str, list[int]]:
        """Who stands round an event noun: `poss`, `compound`, `amod` and each preposition."""
        found: dict[str, list[int]] = {}
        for child in self.child(noun):
            if child.dep == "poss" and child.entity in ("DATE", "TIME"):
                continue  # "next month's visit"
            if child.dep == "poss":
                found.setdefault("poss", []).extend(self._owner(child, noun))
            elif child.dep in ("compound", "nmod"):
                found.setdefault("compound", []).extend(self.conjuncts(child.i))
            elif child.dep == "amod" and (child.entity in ("NORP", "GPE", "ORG") or child.pos == "PROPN"):
                found.setdefault("amod", []).extend(self.conjuncts(child.i))
            elif child.dep == "amod" and child.text.lower().endswith("led"):  # "U.S.-led", "Saudi - led"
                leaders = [
                    t.i for t in self.child(child, "npadvmod", "compound", "nmod", "nsubj") if is_party(t)
                ]
                found.setdefault("amod", []).extend(leaders or ([child.i] if "-" in child.text else []))
            elif child.dep in ("prep", "agent"):
                name, held = self.phrase_of(child)
                if held:
                    found.setdefault(name, []).extend(held)
            elif child.dep == "acl" and child.tag == "VBN":
                for agent in self.child(child, "agent", "prep"):
                    printed = noun.lemma in self._utterances and agent.lemma == "by"
                    held = [
                        i for i in self.held(agent) if not (printed and self.tokens[i].lemma in self._press)
                    ]
                    found.setdefault(agent.lemma, []).extend(
                        held
                    )  # a cable "published by a newspaper" is not its
        self._rehang(noun, found)
        self._add_keeper(found)
        return found

    def _rehang(self, noun: Token, found: dict[str, list[int]]) -> None:
        """Add what the parser hung on something beside an event noun. Changes `found`."""
        if "by" not in found and noun.i + 1 < len(self.tokens):  # "rose with the dispatch by X of …"
            after = self.tokens[noun.i + 1]
            verb = self.tokens[after.head]
            if after.lemma == "by" and verb.pos == "VERB" and verb.i < noun.i and not self.is_passive(verb):
                found["by"] = self.timeless(self.held(after))
        for i in found.get("by", ()):  # "an offensive by X against Y", where it hung Y on X
            for preposition in self.child(self.tokens[i], "prep"):
                held = self.timeless(self.held(preposition))
                thing = preposition.lemma == "of" and not any(is_party(self.tokens[j]) for j in held)
                if held and (preposition.lemma in ("against", "on") or thing):
                    found.setdefault(preposition.lemma, held)
        for i in [i for name in ("in", "at", "by", "from") for i in found.get(name, ())]:
            for preposition in self.child(self.tokens[i], "prep"):  # "the arrest in Minsk of a Pole"
                held = self.timeless(self.held(preposition))
                place = self.tokens[i].entity in ("GPE", "LOC", "FAC")
                if preposition.lemma == "of" and (place or self.apart(i, held)):
                    found.setdefault("of", held)
        below = [p for i in found.get("of", ()) for p in self.child(self.tokens[i], "prep", "agent")]
        if "by" not in found:  # "the downing of a bomber by X", where the parser hung X's `by` on the bomber
            held = [j for p in below if p.lemma == "by" for j in self.held(p)]
            found |= {"by": held} if held else {}
        for preposition in below:
            held = self.timeless(self.held(preposition)) if preposition.lemma in BESIDE_OBJECT else []
            if held and (preposition.lemma == "between" or not is_party(self.tokens[preposition.head])):
                found.setdefault(preposition.lemma, held)

    def _owner(self, owner: Token, noun: Token) -> list[int]:
        """Who is behind a possessor: `completed its withdrawal` is the withdrawal of who completed it, `had their
        visas revoked` the visas of who had that."""
        verb = self.tokens[noun.head]
        if noun.dep in ("nsubj", "nsubjpass") and verb.dep == "ccomp" and self.is_passive(verb):
            verb = self.tokens[verb.head]
        if noun.dep == "conj" and verb.lemma in UNDERGOING and self.child(noun, "acl"):
            subjects = self.surface(verb)  # "had their nets cut and their catch taken"
            return subjects if subjects and self._agree(owner.text.lower(), subjects) else [owner.i]
        if owner.text.lower() in OWNERS and (noun.dep == "dobj" or verb.i != noun.head):
            subjects = self.surface(verb)
            if subjects and self._agree(owner.text.lower(), subjects):
                return subjects
        return self.conjuncts(owner.i)
