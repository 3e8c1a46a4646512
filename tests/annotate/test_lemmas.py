"""Lemmas: a table of word, Penn tag, what the parser says, and what it should have said."""

import pytest

from volteface.annotate.lemmas import mended

CASES = """
staged VBD stag stage
raping VBG rap rape
rapped VBD rap rap
fined VBN fin fine
fixed VBD fix fix
barred VBD bar bar
reoccupied VBD reoccupie reoccupy
belied VBD belie belie
died VBD die die
dyed VBN dye dye
gutted VBN gutte gut
relaunched VBD relaunche relaunch
cached VBD cache cache
waterboarded VBN waterboarde waterboard
stages NNS stage stage
"""


@pytest.mark.parametrize("case", CASES.split("\n")[1:-1])
def test_mended(case: str) -> None:
    word, tag, said, lemma = case.split()
    assert mended(word, tag, said) == lemma
