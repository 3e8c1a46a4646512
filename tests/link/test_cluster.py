"""Groups follow from pairs and decisions, whatever their order."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volteface.link.cluster import average_linkage, connected

PAIRS = {"ab": 0.9, "bc": 0.9, "cd": 0.9}

# (pairs, decided the same, decided different, groups)
CASES = [
    ("", "", "", "a b c d"),
    ("ab 0.9", "", "", "ab c d"),
    ("ab 0.4", "", "", "a b c d"),
    ("ab 0.9, bc 0.9, ac 0.8", "", "", "abc d"),
    ("ab 0.9, bc 0.8", "", "", "ab c d"),  # a and c have nothing in common
    ("ab 0.9, bc 0.8, ac 0.3", "", "", "abc d"),
    ("ab 0.7, cd 0.8, bc 0.9", "", "", "a bc d"),
    ("ab 0.9", "", "ab", "a b c d"),
    ("ab 0.9, bc 0.9, ac 0.9", "", "ac", "ab c d"),  # not through others
    ("", "ab cd", "", "ab cd"),
    ("ac 0.9, bd 0.9", "ab", "", "abcd"),  # all of their groups
    ("ac 0.9, bd 0.9", "ab", "cd", "ab c d"),  # but for what is decided to be apart
    ("bc 0.9", "ab", "ac", "ab c d"),
    ("ab 0.2", "ab", "ab", "ab c d"),  # a contradiction: same wins
]


def _pairs(words: str) -> dict[tuple[str, str], float]:
    return {
        (pair[0], pair[1]): float(score) for pair, score in map(str.split, filter(None, words.split(", ")))
    }


def _decided(words: str) -> list[tuple[str, str]]:
    return [(pair[0], pair[1]) for pair in words.split()]


@pytest.mark.parametrize(("pairs", "same", "different", "wanted"), CASES)
def test_groups(pairs: str, same: str, different: str, wanted: str) -> None:
    groups = average_linkage(
        "abcd", _pairs(pairs), same=_decided(same), different=_decided(different), join=0.5
    )
    assert " ".join("".join(group) for group in groups) == wanted


@given(
    st.dictionaries(
        st.sampled_from(list(itertools.combinations("abcdefg", 2))),
        st.sampled_from([0.1, 0.4, 0.5, 0.6, 0.9]),
    ),
    st.randoms(),
)
def test_the_order_of_pairs_does_not_matter(pairs: dict[tuple[str, str], float], random: object) -> None:
    shuffled = list(pairs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    turned = {(pair if n % 2 else (pair[1], pair[0])): pairs[pair] for n, pair in enumerate(shuffled)}
    assert average_linkage("gfedcba", turned) == average_linkage("abcdefg", pairs)


@given(
    st.dictionaries(
        st.sampled_from(list(itertools.combinations("abcdefg", 2))),
        st.sampled_from([0.1, 0.4, 0.5, 0.6, 0.9]),
    )
)
def test_parts_that_no_pair_connects_do_not_matter_to_each_other(pairs: dict[tuple[str, str], float]) -> None:
    parts = connected("abcdefg", pairs)
    apart = [
        group
        for part in parts
        for group in average_linkage(part, {pair: score for pair, score in pairs.items() if pair[0] in part})
    ]
    assert sorted(apart) == average_linkage("abcdefg", pairs)


def test_a_group_has_a_day_in_common() -> None:
    pairs = _pairs("ab 0.9, bc 0.9, ac 0.9")
    assert average_linkage("abc", pairs, spans={"a": (1, 3), "c": (2, 5)}) == [["a", "b", "c"]]
    assert average_linkage("abc", pairs, spans={"a": (1, 3), "c": (4, 5)}) == [["a", "b"], ["c"]]
    assert average_linkage("abc", pairs, spans={"a": (1, 3), "c": (4, 5)}, same=["ac"]) == [["a", "b", "c"]]  # type: ignore[list-item]
