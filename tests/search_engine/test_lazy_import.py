"""Optuna takes half a second and 60 MB: only the processes of a search load it."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "module",
    ["main", "model.search.search_spec", "gui.panels.search_panel", "search_engine.conductor", "gui.main_window"],
)
def test_nothing_loads_the_engine_before_a_search_runs(module):
    code = f"import sys, {module}; print([m for m in ('optuna', 'sqlalchemy', 'alembic') if m in sys.modules])"
    root = __file__.partition("/tests/")[0]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, cwd=root, check=True
    )
    assert done.stdout.strip() == "[]"
