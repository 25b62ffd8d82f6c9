#!/bin/sh
# Compiles the modules of this package apart from each other: then a fault costs the time of its own module, a third of what
# optimising across modules takes. The libraries stay as they are.
exec "$@" -C lto=off
