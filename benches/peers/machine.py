"""The machine, and what runs on it."""

import importlib.metadata
import os
import platform
import subprocess
import time

LIBRARIES = ["numpy", "scipy", "jax", "torch"]


def one_thread():
    """Keeps every library to one thread; to be called before any of them is loaded."""
    for library in ["OMP", "OPENBLAS", "MKL"]:
        os.environ[f"{library}_NUM_THREADS"] = "1"
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"


def facts(modewise):
    """What the numbers depend on, and nothing that names this machine or its places."""
    version = subprocess.run([modewise, "--version"], check=True, capture_output=True, text=True).stdout.split()[-1]
    versions = {name: importlib.metadata.version(name) for name in LIBRARIES}
    return {
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "machine": {
            "processor": processor(),
            "cores": os.cpu_count(),
            "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
            "system": f"{platform.system()}, {platform.machine()}",
        },
        "versions": {"modewise": version, "python": platform.python_version(), **versions},
    }


def processor():
    """Its model, and the widest registers it has."""
    lines = open("/proc/cpuinfo", encoding="utf-8").read().splitlines()
    values = {line.split(":")[0].strip(): line.split(":", 1)[1].strip() for line in lines if ":" in line}
    flags = values.get("flags", "").split()
    widest = next((name for flag, name in [("avx512f", "AVX-512"), ("avx2", "AVX2")] if flag in flags), None)
    return ", ".join(filter(None, [values.get("model name", platform.machine()), widest]))
