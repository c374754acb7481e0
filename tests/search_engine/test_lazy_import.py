"""Optuna takes half a second and 60 MB: only the processes of a search load it."""

import subprocess
import sys

MODULES = "main", "model.search.search_spec", "search_engine.conductor", "gui.panels.search_panel", "gui.main_window"


def test_nothing_loads_the_engine_before_a_search_runs():
    code = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]:\n"
        "    importlib.import_module(name)\n"
        "    print(name, *(m for m in ('optuna', 'sqlalchemy', 'alembic') if m in sys.modules))"
    )
    root = __file__.partition("/tests/")[0]
    done = subprocess.run(
        [sys.executable, "-c", code, *MODULES], capture_output=True, text=True, timeout=60, cwd=root, check=True
    )
    assert done.stdout.split("\n") == [*MODULES, ""]
