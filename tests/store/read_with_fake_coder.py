"""What `volteface read` does, linking too, with a coder that needs no model: a real process with real workers, for the
crash test.

python -m tests.store.read_with_fake_coder DATABASE FOLDER
"""

from __future__ import annotations

import sys
from functools import partial

from tests.fakes import fake_coder
from volteface import linking, run
from volteface.store import Store

if __name__ == "__main__":
    run.BATCH_SECONDS = 0.05  # many commits, so that kills fall between and into them
    with Store.open(sys.argv[1], wait=None) as store:
        run.read_pages([sys.argv[2]], store, workers=2, make_coder=partial(fake_coder, seconds=0.02))
        linking.BATCH = 20
        linking.bring_up_to_date(store)
