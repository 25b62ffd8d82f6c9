"""The same work in NumPy, SciPy, JAX and PyTorch and by this library, in turns.

    main.py OURS MODEWISE OUT [PART...]

OURS is the example `ours`, MODEWISE the program. Writes OUT.json and, from it, OUT.md; of the parts that are named, or
of all of them. Every peer does the work as a careful user would write it: in place, batched, compiled where the peer
compiles. A peer's time counts only if its result is ours.
"""

import importlib
import json
import pathlib
import sys

import machine

# In order. A module each, imported when its turn comes, because a library that is loaded starts threads. The report comes
# first, because the largest memory of a process counts what its parent held when it was started.
PARTS = ["report", "descent", "triplets", "claims", "shards", "growth"]


def main(ours, modewise, out, *wanted):
    unknown = set(wanted) - set(PARTS)
    if unknown:
        raise SystemExit(f"no part is called {', '.join(sorted(unknown))} (allowed: {', '.join(PARTS)})")
    found = {"format": 1, **machine.facts(modewise), "rows": [], "limits": [], "growth": []}
    for part in wanted or PARTS:
        print(f"{part} ...", file=sys.stderr)
        for kind, entries in importlib.import_module(part).measure(ours, modewise).items():
            found[kind] += entries
    import table

    out = pathlib.Path(out)
    out.with_suffix(".json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    out.with_suffix(".md").write_text(table.markdown(found), encoding="utf-8")


if __name__ == "__main__":
    machine.one_thread()
    main(*sys.argv[1:])
