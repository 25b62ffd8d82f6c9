"""The catalogue with fewer replicates of one claim, for work that would take Python many minutes."""

import contextlib
import pathlib
import re
import shutil
import tempfile

SPECS = pathlib.Path(__file__).resolve().parents[2] / "specs"


@contextlib.contextmanager
def with_replicates(claim, change):
    """A folder of specs in which every number of replicates of the claim, its controls included, is `change(number)`.
    The profiles are left alone; nothing here uses them."""
    with tempfile.TemporaryDirectory() as folder:
        specs = pathlib.Path(folder) / "specs"
        shutil.copytree(SPECS, specs)
        path = specs / f"{claim}.yaml"
        own, profiles = path.read_text(encoding="utf-8").split("\nprofiles:")
        own = re.sub(r"\breplicates: (\d+)", lambda found: f"replicates: {change(int(found[1]))}", own)
        path.write_text(f"{own}\nprofiles:{profiles}", encoding="utf-8")
        yield specs
