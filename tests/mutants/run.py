"""Do the claims notice a broken kernel, and the tests broken judging?

Puts the faults of faults.toml into the sources, one at a time, builds, and checks the claims at their quick profile: first
those that the fault names, then all. A fault is noticed if a claim fails, breaks or turns vacuous. A fault that names tests
is put before these instead, because claims that hold would hold under judging that is too kind as well. Ends with an error if
a fault goes unnoticed that does not say why (`unnoticed`), or the other way round.

    python3 tests/mutants/run.py [WORDS...]     only the faults whose description or file contains one of the words

Needs Python 3.11. Works in a copy under target/mutants; first the claims that the faults name are checked in an unbroken
copy.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
PLACE = ROOT / "target" / "mutants"
TREE = PLACE / "tree"
ENVIRONMENT = dict(
    os.environ,
    CARGO_TARGET_DIR=str(PLACE / "build"),
    CARGO_INCREMENTAL="1",
    RUSTC_WORKSPACE_WRAPPER=str(ROOT / "tests" / "mutants" / "rustc.sh"),
)
# As tests are built: slower than a release, but a fault is built in a third of the time.
PROGRAM = PLACE / "build" / "debug" / "modewise"
NOTICED = {"fails", "broken", "vacuous"}


def copy_tree():
    """What git knows about, as it stands in the working copy."""
    shutil.rmtree(TREE, ignore_errors=True)
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\n")
    for name in filter(None, files):
        if (ROOT / name).is_file():
            (TREE / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, TREE / name)


def build():
    command = ["cargo", "build", "--locked", "--bin", "modewise"]
    done = subprocess.run(command, cwd=TREE, env=ENVIRONMENT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"it does not build:\n{done.stderr}")


def verdicts(claims=()):
    """Verdicts by claim; all claims if none is named."""
    command = [PROGRAM, "check", *claims, "--profile", "quick", "--store", PLACE / "store", "--json", "--quiet"]
    done = subprocess.run(command, cwd=TREE, env=ENVIRONMENT, capture_output=True, text=True)
    try:
        return {claim["id"]: claim["verdict"] for claim in json.loads(done.stdout)["claims"]}
    except (json.JSONDecodeError, KeyError):
        sys.exit(f"`modewise check` said nothing readable (exit {done.returncode}):\n{done.stderr}")


def noticed_by(claims=()):
    return [name for name, verdict in verdicts(claims).items() if verdict in NOTICED]


def failing(tests):
    """Those of the tests of the suite, by parts of their names, that fail."""
    command = ["cargo", "test", "--locked", "--test", "suite", "--", *tests]
    done = subprocess.run(command, cwd=TREE, env=ENVIRONMENT, capture_output=True, text=True)
    if "running " not in done.stdout:
        sys.exit(f"the tests do not build:\n{done.stderr}")
    return [line.split()[1] for line in done.stdout.splitlines() if line.endswith(" ... FAILED")]


def try_fault(fault):
    """The claims, or the tests, that notice it."""
    path = TREE / fault["file"]
    sound = path.read_text()
    found = sound.count(fault["find"])
    if found != 1:
        sys.exit(f"faults.toml: {fault['find']!r} occurs {found} times in {fault['file']} (allowed: once)")
    path.write_text(sound.replace(fault["find"], fault["replace"]))
    try:
        if "tests" in fault:
            return failing(fault["tests"])
        build()
        return (fault["claims"] and noticed_by(fault["claims"])) or noticed_by()
    finally:
        path.write_text(sound)


def main(words):
    faults = tomllib.loads((ROOT / "tests" / "mutants" / "faults.toml").read_text())["fault"]
    if words:
        faults = [fault for fault in faults if any(word in fault["what"] + fault["file"] for word in words)]
    copy_tree()
    build()
    claims = sorted({claim for fault in faults for claim in fault.get("claims", [])})
    tests = sorted({test for fault in faults for test in fault.get("tests", [])})
    if broken := (claims and noticed_by(claims)) + (tests and failing(tests)):
        sys.exit(f"without any fault these do not hold: {', '.join(broken)}")
    unnoticed, wrong = [], 0
    for number, fault in enumerate(faults, 1):
        begun = time.monotonic()
        noticed = try_fault(fault)
        seconds = time.monotonic() - begun
        by = ", ".join(noticed) or "NOBODY"
        print(f"{number:3}/{len(faults)} {fault['file']}: {fault['what']}: {by} ({seconds:.0f} s)", flush=True)
        if not noticed:
            unnoticed.append(fault)
        if bool(noticed) == ("unnoticed" in fault):
            wrong += 1
            print("    faults.toml says otherwise", flush=True)
    share = 1 - len(unnoticed) / max(len(faults), 1)
    print(f"{len(faults) - len(unnoticed)} of {len(faults)} faults noticed ({share:.1%})")
    for fault in unnoticed:
        print(f"    {fault['file']}: {fault['what']}: {fault.get('unnoticed', 'no reason given')}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
