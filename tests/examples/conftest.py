"""The desk is imported as the package that lies in examples/, as it is when the folder is run."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "examples"))
