"""Whole sentences: who did what to whom, and how many events a sentence tells of."""

from __future__ import annotations

import pytest

from tests.code.trees import coded, tell

# (sentence, what is proposed: actors > TYPE/mode trigger > recipients)
PREDICATES = [
    ("The convoy was bombed by Turkish jets.", ["Turkish jets > ASSAULT/aerial bombed > The convoy"]),
    ("Three villages were shelled.", ["- > ASSAULT/heavy-weapons shelled > Three villages"]),
    ("Protesters were arrested in Minsk.", ["Minsk > COERCE/arrest arrested > Protesters"]),
    ("Russia and Syria bombed the town.", ["Russia + Syria > ASSAULT/aerial bombed > the town"]),
    ("Egypt invaded Libya and Sudan.", ["Egypt > ASSAULT invaded > Libya + Sudan"]),
    ("The ambassador was expelled by Sylvania.", ["Sylvania > SANCTION/expel expelled > The ambassador"]),
    ("Soldiers guarding the embassy shot a protester.", ["Soldiers > ASSAULT/firearms shot > a protester"]),
    (
        "Russian President Vladimir Putin met with his Turkish counterpart in Ankara.",
        ["Russian President Vladimir Putin > CONSULT met with > his Turkish counterpart"],
    ),
    (
        "Iran condemned and threatened Israel.",
        ["Iran > ACCUSE/disapprove condemned > Israel", "Iran > THREATEN threatened > Israel"],
    ),
    (
        "France condemned the region that Russia annexed.",
        [
            "France > ACCUSE/disapprove condemned > the region",
            "Russia > COERCE/seize annexed > the region",
        ],
    ),
    (
        "Turkey accused Syria of bombing a village.",
        ["Turkey > ACCUSE/allege accused > Syria", "Syria > ASSAULT/aerial bombing > a village (alleged)"],
    ),
]

FIGURES = [
    ("Turkey scuttled the pact with Syria.", ["Turkey > REJECT scuttled > Syria"]),
    (
        "Spain turned its back on Cuba's request for loans.",
        ["Spain > REJECT turned > Cuba", "Cuba > REQUEST/assist request > Spain"],
    ),
    ("Turkey assured Syria that it had withdrawn.", []),
]

LIGHT_VERBS = [
    ("Israel launched an attack on Gaza.", ["Israel > ASSAULT launched > Gaza"]),
    ("Kyiv came under attack from Russian forces.", ["Russian forces > ASSAULT attack > Kyiv"]),
    ("Talks between Serbia and Kosovo began.", ["Serbia + Kosovo > CONSULT Talks > -"]),
    ("Sudan and Chad held talks.", ["Sudan + Chad > CONSULT held > -"]),
    ("Kenya broke off relations with Somalia.", ["Kenya > SANCTION/discontinue broke off > Somalia"]),
    (
        "Ukraine fired missiles across the border into Russia.",
        ["Ukraine > ASSAULT/heavy-weapons fired > Russia"],
    ),
    ("Police foiled an attack on the embassy.", ["Police > ASSAULT attack > the embassy (negated)"]),
]

NOMINALISATIONS = [
    (
        "The shelling of Kharkiv by Russian forces continued.",
        ["Russian forces > ASSAULT/heavy-weapons shelling > Kharkiv"],
    ),
    (
        "The downing of a Russian bomber by Turkey angered Moscow.",
        ["Turkey > ASSAULT/aerial downing > a Russian bomber"],
    ),
    ("The Saudi visit to Tehran ended.", ["Saudi > CONSULT/visit visit > Tehran"]),
    ("After talks with Chad, Sudan said the border would open.", ["Sudan > CONSULT talks > Chad"]),
    # who is blamed for a deed is its doer
    (
        "Turkey's invasion of Cyprus was condemned by Greece.",
        ["Turkey > ASSAULT invasion > Cyprus", "Greece > ACCUSE/disapprove condemned > Turkey"],
    ),
]

ONE_EVENT = [
    # the complement belongs to what governs it
    ("Japan refused to meet the delegation.", ["Japan > REJECT/meet refused > the delegation"]),
    ("Berlin called on Moscow to stop the attacks.", ["Berlin > REQUEST/yield called on > Moscow"]),
    ("Niger demanded that France withdraw its troops.", ["Niger > REQUEST/yield demanded > France"]),
    ("Kenya pledged to work with Uganda.", ["Kenya > AGREE pledged > Uganda"]),
    ("Ghana threatened to attack Togo.", ["Ghana > THREATEN/violence threatened > Togo"]),
    ("Canada cancelled a visit to Cuba.", ["Canada > REJECT/meet cancelled > Cuba"]),
    (
        "The United States suspended aid to Pakistan.",
        ["The United States > SANCTION/discontinue suspended > Pakistan"],
    ),
    # verb and noun say the same
    ("The ministers attended a meeting in Vienna.", ["The ministers > CONSULT attended > -"]),
    # a deed and how it ended
    ("The attack by Chad killed two.", ["Chad > ASSAULT attack > two (2 killed)"]),
    (
        "Turkish jets bombed a village on Monday, killing two.",
        ["Turkish jets > ASSAULT/aerial bombed > a village (2 killed)"],
    ),
    ("The attack left 12 dead.", ["- > ASSAULT attack > 12 dead (12 killed)"]),
]

FUTURES = [
    # a plan to cooperate is a promise, and an unwillingness to is a refusal
    ("France will send aid to Mali.", ["France > AGREE send > Mali (future)"]),
    ("Moscow will not meet Kyiv.", ["Moscow > REJECT/meet meet > Kyiv"]),
    (
        "Norway is preparing to expel two diplomats.",
        ["Norway > SANCTION/expel expel > two diplomats (future)"],
    ),
    ("Sudan did not attack the village.", ["Sudan > ASSAULT attack > the village (negated)"]),
]

WHO = [
    # who speaks of what "it" and "they" do, does it
    (
        "Burundi said it had shelled a Rwandan camp.",
        ["Burundi > ASSAULT/heavy-weapons shelled > a Rwandan camp"],
    ),
    (
        "The rebels claimed that they had attacked a convoy.",
        ["The rebels > ASSAULT attacked > a convoy (alleged)"],
    ),
    # … but not what those tell who speak of others
    (
        "Two witnesses said they had attacked a convoy.",
        ["they > ASSAULT attacked > a convoy"],
    ),
    (
        "A spokesman for the queen said she had met the emir.",
        ["she > CONSULT met > the emir"],
    ),
    ("Ghana completed its withdrawal of troops from Mali.", ["Ghana > RETREAT/withdraw withdrawal > Mali"]),
    # … and what a statement says, its author
    (
        "Amnesty issued a statement calling on Kenya to free the detainees.",
        ["Amnesty > REQUEST/yield calling on > Kenya"],
    ),
    # a date takes nobody's place
    ("Norway on Friday lifted sanctions on Iran.", ["Norway > RETREAT lifted > Iran"]),
    ("Washington pushed Sudan for a ceasefire.", ["Washington > REQUEST/yield pushed > Sudan"]),
    # nouns: who announces them, who hosts them, how much of them
    (
        "Nigeria announced the deployment of 200 troops to Liberia.",
        ["Nigeria > MOBILIZE/troops deployment > Liberia"],
    ),
    ("The king hosted the Bahraini emir for talks.", ["The king > CONSULT talks > the Bahraini emir"]),
    (
        "The European Union approved 50 million euros in aid for Jordan.",
        ["The European Union > AGREE approved > -", "The European Union > AID aid > Jordan"],
    ),
    (
        "An offensive by Turkish troops against Kurdish rebels began.",
        ["Turkish troops > ASSAULT offensive > Kurdish rebels"],
    ),
    (
        "Saudi-led airstrikes destroyed a bridge in Yemen.",
        ["Saudi > ASSAULT/aerial destroyed > a bridge in Yemen"],
    ),
    # what is given is not to whom
    ("Three judges were granted asylum by Chile.", ["Chile > AID granted > Three judges"]),
    ("Tokyo offered Seoul help after the earthquake.", ["Tokyo > AGREE offered > Seoul"]),
    ("The rebels were supplied with weapons by Libya.", ["Libya > AID supplied > The rebels"]),
    ("Britain sent soldiers to help the Kenyan army.", ["Britain > MOBILIZE/troops sent > the Kenyan army"]),
    ("India and China exchanged fire along the border.", ["India + China > ASSAULT exchanged fire > -"]),
]

NOTHING = [
    # idioms
    "The minister struck a balance.",
    "He suffered a heart attack.",
    # words that only look like events
    "The region voted in March.",
    "Attack helicopters stood on the field.",
]


# victims as subjects, clefts, joined acts: (sentence, what is proposed)
OTHER_WORDS = [
    (
        "Three Sylvanian monks died at the hands of Ruritanian soldiers.",
        ["Ruritanian soldiers > ASSAULT died > Three Sylvanian monks (3 killed)"],
    ),
    (
        "The sailors died as a result of torture in Syrian custody.",
        ["Syrian > ASSAULT/torture torture > The sailors"],
    ),
    (
        "The Turkish consul found himself summoned in Sudan.",
        ["Sudan > ACCUSE/disapprove summoned > The Turkish consul"],
    ),
    (
        "Two Chadian judges had their visas revoked by Sudan.",
        ["Sudan > SANCTION/discontinue revoked > Two Chadian judges"],
    ),
    (
        "Among those killed by Syrian gunmen were two Turkish drivers.",
        ["Syrian gunmen > ASSAULT killed > two Turkish drivers (2 killed)"],
    ),
    ("It was Turkey that bombed the town.", ["Turkey > ASSAULT/aerial bombed > the town"]),
    (
        "The arrest in Minsk of a Polish engineer was denied.",
        ["Minsk > COERCE/arrest arrest > a Polish engineer (negated)"],
    ),
    (
        "An exchange of prisoners between Chad and Sudan took place.",
        ["Chad + Sudan > COOPERATE exchange > -"],
    ),
    (
        "Syria accused Turkey of shelling a village and recalled its ambassador.",
        [
            "Syria > ACCUSE/allege accused > Turkey",
            "Turkey > ASSAULT/heavy-weapons shelling > a village (alleged)",
            "Syria > SANCTION/withdraw recalled > Turkey",
        ],
    ),
    (
        "A Turkish tanker was the target of a missile attack.",
        ["- > ASSAULT/heavy-weapons missile attack > A Turkish tanker"],
    ),
    (
        "Turkey shelled a boat carrying Syrian fishermen.",
        ["Turkey > ASSAULT/heavy-weapons shelled > a boat + Syrian fishermen"],
    ),
    (
        "Sudan lost nine soldiers to Chadian shelling.",
        ["Chadian > ASSAULT/heavy-weapons shelling > Sudan (9 killed)"],
    ),
    (
        "Syria bombed a Turkish village and Turkey shelled a Syrian base.",
        [
            "Syria > ASSAULT/aerial bombed > a Turkish village",
            "Turkey > ASSAULT/heavy-weapons shelled > a Syrian base",
        ],
    ),
    (
        "Chad thanked Sudan for its help and promised it two boats.",
        ["Chad > SUPPORT thanked > Sudan", "Chad > AGREE promised > Sudan"],
    ),
    (
        "Sudan freed the soldiers after Chad had threatened to cut the water.",
        [
            "Sudan > RETREAT/release freed > the soldiers",
            "Chad > THREATEN/relations threatened > the water + Sudan",
        ],
    ),
    # What quoted words do: nothing outside the quotation names it.
    ('Chad told Sudan: "Leave the town or face war."', ["Chad > THREATEN Leave > Sudan"]),
    ('Turkey told Syria "we will not sign the treaty".', ["we > REJECT sign > -"]),
    ('"You have violated our border," Chad told Sudan.', ["Chad > ACCUSE/allege violated > Sudan"]),
    ("Chad told Sudan it would bomb the port.", ["Chad > THREATEN bomb > Sudan"]),
    ("What Chad got from Sudan was condemnation.", ["Sudan > ACCUSE/disapprove condemnation > Chad"]),
    ("Sudan put an end to its shipments of oil to Chad.", ["Sudan > SANCTION/discontinue put > Chad"]),
]
# Who it is, where the sentence is not built as usual.
TURNED_ROUND = [
    (
        "Bolivia's recognition of Palestine was welcomed in Ramallah but criticised in Jerusalem.",
        ["Ramallah > SUPPORT welcomed > Bolivia", "Jerusalem > ACCUSE/allege criticised > Bolivia"],
    ),
    (
        "Two Polish reporters were beaten and their cameras smashed.",
        ["- > ASSAULT/beat beaten > Two Polish reporters", "- > ASSAULT smashed > their cameras"],
    ),
    (
        "It was the Kurds, not the Arabs, who bore the brunt of the Turkish raid.",
        ["Turkish > ASSAULT raid > the Kurds"],
    ),
    (
        "On the receiving end of the criticism was the council, which Poland's minister accused of delay.",
        [
            "- > ACCUSE/disapprove criticism > the council",
            "Poland's minister > ACCUSE/allege accused > the council",
        ],
    ),
    (
        "From Ottawa came a refusal when Haiti asked for the release of the soldiers.",
        ["Ottawa > REJECT refusal > Haiti", "Haiti > REQUEST/yield asked for > Ottawa"],
    ),
    (
        "What Chad got from Sudan was not praise but condemnation.",
        ["Sudan > ACCUSE/disapprove condemnation > Chad"],
    ),
    (
        "Thrown out of Chad, the Sudanese officials flew home.",
        ["Chad > SANCTION Thrown out > the Sudanese officials"],
    ),
    (
        "Denied visas by Chad, the Sudanese officials stayed at home.",
        ["Chad > REJECT Denied > the Sudanese officials"],
    ),
    (
        "Uganda's parliament is to vote on a bill that would jail rebels.",
        ["Uganda's parliament > COERCE/arrest jail > rebels (hypothetical)"],
    ),
    (
        "The Sudanese ambassador has been called home from Chad.",
        ["Sudanese > SANCTION/withdraw called home > Chad"],
    ),
    (
        "Chad closed the Sudanese consulate in Abeche.",
        ["Chad > SANCTION/withdraw closed > Sudanese"],
    ),
    (
        "Chad, which had sent guns to Sudan, promised it tanks.",
        ["Chad > AID sent > Sudan", "Chad > AGREE promised > Sudan"],
    ),
    (
        "The cable, published by a Chadian newspaper, accuses Sudan of bombing a village.",
        ["The cable > ACCUSE/allege accuses > Sudan", "Sudan > ASSAULT/aerial bombing > a village (alleged)"],
    ),
    (
        "Zambia said it would consider granting asylum to Sudanese rebels if they applied.",
        ["Zambia > AGREE granting > Sudanese rebels (future)"],
    ),
    (
        "Chad expelled two Sudanese diplomats and Khartoum promised to retaliate.",
        [
            "Chad > SANCTION/expel expelled > two Sudanese diplomats",
            "Khartoum > THREATEN/violence promised > Chad",
        ],
    ),
]


@pytest.mark.parametrize(
    ("sentence", "events"),
    [
        *TURNED_ROUND,
        *OTHER_WORDS,
        *PREDICATES,
        *FIGURES,
        *LIGHT_VERBS,
        *NOMINALISATIONS,
        *ONE_EVENT,
        *FUTURES,
        *WHO,
    ],
)
def test_events(sentence: str, events: list[str]) -> None:
    assert tell(sentence) == events


@pytest.mark.parametrize("sentence", NOTHING)
def test_nothing_happens(sentence: str) -> None:
    assert tell(sentence) == []


# (sentence, claims, what is proposed)
SAID = [
    # an obligation laid on somebody is a request
    (
        "Turkey must withdraw its troops, the minister said.",
        ("the minister", "said", "Turkey must withdraw its troops"),
        ["the minister > REQUEST withdraw > Turkey"],
    ),
    (
        "All forces in Yemen must withdraw, the envoy said.",
        ("the envoy", "said", "All forces in Yemen must withdraw"),
        ["the envoy > REQUEST withdraw > All forces in Yemen"],
    ),
    (
        "Chad is bound by treaty to withdraw its troops, the minister said.",
        ("the minister", "said", "Chad is bound by treaty to withdraw its troops"),
        ["the minister > REQUEST withdraw > Chad"],
    ),
    (
        "It is high time that Chad withdrew its troops, the minister said.",
        ("the minister", "said", "It is high time that Chad withdrew its troops"),
        ["the minister > REQUEST withdrew > Chad"],
    ),
    # … and so is an imperative, of whoever is told
    (
        '"Do not bomb the village," the minister told Chad.',
        ("the minister", "told", "Do not bomb the village"),
        ["the minister > REQUEST bomb > Chad"],
    ),
    # a verdict blames whoever is judged
    (
        "Turkey's decision was unacceptable, the Greek minister said.",
        ("the Greek minister", "said", "Turkey's decision was unacceptable"),
        ["the Greek minister > ACCUSE/disapprove unacceptable > Turkey's decision"],
    ),
    # … and for a deed, its doer
    (
        "The attack by Sudan was outrageous, Chad said.",
        ("Chad", "said", "The attack by Sudan was outrageous"),
        ["Sudan > ASSAULT attack > -", "Chad > ACCUSE/disapprove outrageous > Sudan"],
    ),
    # what a source says is in store for somebody, or would be taken for an act of war, it threatens
    (
        "Sudan risked an embargo if it bombed the camp, the minister said.",
        ("the minister", "said", "Sudan risked an embargo if it bombed the camp"),
        ["it > ASSAULT/aerial bombed > the camp (hypothetical)", "the minister > THREATEN risked > Sudan"],
    ),
    (
        "Any attack by Sudan would be treated as an act of war, Chad said.",
        ("Chad", "said", "Any attack by Sudan would be treated as an act of war"),
        [
            "Sudan > ASSAULT attack > - (hypothetical)",
            "- > ASSAULT act > -",
            "- > ASSAULT war > -",
            "Chad > THREATEN treated > Sudan",
        ],
    ),
    # who says that nobody was asked would have asked; what is done to one's own one complains of
    (
        "No Chadian soldier had been asked to leave, Sudan said.",
        ("Sudan", "said", "No Chadian soldier had been asked to leave"),
        ["Sudan > REQUEST/assist asked > No Chadian soldier (negated)"],
    ),
    (
        '"It is Chad that burns our villages," the Sudanese envoy said.',
        ("the Sudanese envoy", "said", "It is Chad that burns our villages"),
        [
            "Chad > ASSAULT/destroy burns > our villages",
            "the Sudanese envoy > ACCUSE/allege burns > Chad",
        ],
    ),
    # … unless it is denied
    ("The plan is not unacceptable, Chad said.", ("Chad", "said", "The plan is not unacceptable"), []),
]


@pytest.mark.parametrize(("sentence", "claim", "events"), SAID)
def test_what_a_source_lays_on_others(sentence: str, claim: tuple[str, str, str], events: list[str]) -> None:
    assert tell(sentence, claims=(claim,)) == events


def test_nobody_asks_where_nobody_speaks() -> None:
    assert tell("Turkey must withdraw its troops.") == [
        "Turkey > RETREAT/withdraw withdraw > - (hypothetical)"
    ]


def test_attributions_are_those_whose_content_holds_the_trigger_innermost_first() -> None:
    sentence = "A spokesman said Sudan had not bombed the camp."
    outer = ("A spokesman", "said", "Sudan had not bombed the camp")
    inner = ("Sudan", "had", "bombed the camp")
    elsewhere = ("A spokesman", "said", "A spokesman")
    _, proposals = coded(sentence, claims=(outer, inner, elsewhere))
    assert [p.attributions for p in proposals] == [("Q2", "Q1")]


# (sentence, phrases in which the event's place may stand)
PLACES = [
    ("Protesters were arrested in Minsk.", ["in Minsk"]),
    ("The ministers attended a meeting in Vienna.", ["in Vienna"]),
    ("Egypt invaded Libya and Sudan.", []),
]


@pytest.mark.parametrize(("sentence", "where"), PLACES)
def test_where(sentence: str, where: list[str]) -> None:
    annotation, proposals = coded(sentence)
    found = [annotation.text[slice(*annotation.span(*span))] for span in proposals[0].where]
    assert list(dict.fromkeys(found)) == where


def test_a_headline_says_again_what_the_body_says() -> None:
    from msgspec.structs import replace

    from tests.code.trees import tree
    from volteface.code.propose import propose
    from volteface.records import Block

    annotation = tree("Egypt invaded Libya and Sudan.", "Russia and Syria bombed the town.")
    cut = annotation.sentences[1].start
    blocks = (Block("headline", 0, cut - 1), Block("paragraph", cut, len(annotation.text)))
    annotation.document = replace(annotation.document, blocks=blocks)
    first, second = annotation.sentences
    annotation.sentences = [first, type(second)(1, second.start, second.end, second.first, second.last, 1)]
    assert [p.trigger.head for p in propose(annotation, (), ())] == [second.first + 3]
    annotation.document = replace(annotation.document, blocks=blocks[:1])
    annotation.sentences = [first]
    assert len(propose(annotation, (), ())) == 1  # a page that is only a headline


def test_confidence_grows_with_what_is_there() -> None:
    def confidence(sentence: str) -> float:
        return coded(sentence)[1][0].confidence

    full, half = confidence("Egypt invaded Libya and Sudan."), confidence("Three villages were shelled.")
    assert 0 < half < full <= 0.95
