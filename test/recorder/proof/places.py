"""Where things are: the repository, the recorder under test, and the cache that the proof may fill."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[2]
RECORDER = Path(os.environ.get("PROOF_RECORDER") or REPOSITORY / "src" / "recorder")
SCHEMA = REPOSITORY / "src" / "capture" / "capture.schema.json"
SITES = HERE / "sites"
STEADY = HERE / "steady"
BOOKSHOP = REPOSITORY / "examples" / "bookshop"
CACHE = REPOSITORY / ".cache" / "recorder-proof"
