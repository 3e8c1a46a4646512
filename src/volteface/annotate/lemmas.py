"""Lemmas that the parser's tables get wrong: `staged` is no *stag*, `raped` no *rap*, `relaunched` no *relaunche*.

Every inflected form of the lexicon's verbs was put through the parser; what came back as another word is what these
rules undo. They hold for verbs of which the tables know nothing, too.
"""

from __future__ import annotations

import re

# A short word that doubles its last letter before an ending: "stag" would be "stagged", so "staged" is of "stage".
DOUBLING = re.compile(r"[^aeiou]*[aeiou][bdglmnprt]$")
# What is left of a word the parser does not know: "readmitte", "relaunche", "reoccupye".
DOUBLED = re.compile(r"([bdgmnprt])\1e$")
HUSHED = re.compile(r"(?<!a)(?:sh|[^ac]ch)e$")
ON_Y = re.compile(r"(?<=..)[^aeiou]ie$|(?<=..)[^aeiou]ye$")
LYING = frozenset({"belie", "underlie", "untie", "overlie"})
# Words whose end tells nothing.
OTHERS = {
    "airdrope": "airdrop", "ax": "axe", "co-hoste": "co-host", "cordone": "cordon", "decreed": "decree",
    "defunde": "defund", "deregistere": "deregister", "downblende": "downblend", "extoll": "extol",
    "instal": "install", "lambast": "lambaste", "openne": "open", "pre-empte": "pre-empt",
    "prepositione": "preposition", "rebuilt": "rebuild", "reappointe": "reappoint", "rearreste": "rearrest",
    "scapegoate": "scapegoat", "waterboarde": "waterboard",
}  # fmt: skip


def mended(word: str, tag: str, lemma: str) -> str:
    """The lemma of a word with a Penn tag, given what the parser says; all in lower case."""
    if not tag.startswith("VB"):
        return lemma
    if DOUBLING.match(lemma) and word in (lemma + "ed", lemma + "es", lemma + "ing"):
        return lemma + "e"
    if DOUBLED.search(lemma) or HUSHED.search(lemma):
        return DOUBLED.sub(r"\1", lemma) if DOUBLED.search(lemma) else lemma[:-1]
    if ON_Y.search(lemma) and lemma not in LYING:
        return lemma[:-2] + "y"
    return OTHERS.get(lemma, lemma)
