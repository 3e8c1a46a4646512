"""What coders agree on, as validated data files: the ontology and every lexicon."""

from volteface.codebook.plover import Plover, plover

__all__ = ["Plover", "plover"]
