"""`downhill search`, called in this process; its workers are real."""

import csv
import json
from pathlib import Path

import pytest
from msgspec import structs

import headless_search
from main import main
from model.experiment_file import from_json, to_json
from model.starters import starter
from model.trainer import Trainer


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plots have tests of their own, and take Qt. A search of four small trials is looked at often."""
    monkeypatch.setattr("search_engine.conduct.LOOK", 0.02)
    monkeypatch.setattr(headless_search, "plots", lambda study, trials, folder: [])


@pytest.fixture
def small(tmp_path: Path) -> str:
    """A file with an experiment that is trained in no time, without a validation part."""
    xor = starter("xor")
    data = structs.replace(xor.data, dataset=structs.replace(xor.data.dataset, samples=60))
    path = tmp_path / "small.json"
    path.write_bytes(to_json(structs.replace(xor, data=data, stop=structs.replace(xor.stop, step=20))))
    return str(path)


def test_the_command_says_so_with_its_exit_code(small, capsys):
    assert main(["search", small]) == 2
    assert "keeps no sample for it" in capsys.readouterr().err
    assert main(["search", small, "--validation", "0.2", "--storage", "foo://bar"]) == 2
    assert capsys.readouterr().err == (
        "downhill: foo://bar: this is no address of a database; it looks like sqlite:///search.db or "
        "postgresql://user@host/name.\n"
    )


def rows_of(folder: Path) -> list[list[str]]:
    return list(csv.reader((folder / "trials.csv").read_text().splitlines()))


def test_a_search_writes_its_table_and_its_winner_and_goes_on_where_it_was(small, tmp_path, capsys):
    out = tmp_path / "found"
    command = ["search", small, "--validation", "0.2", "--workers", "1", "--out", str(out)]
    assert main([*command, "--trials", "2"]) == 0
    first = rows_of(out)
    assert main([*command, "--trials", "4"]) == 0
    rows = rows_of(out)
    assert rows[:3] == first and [row[0] for row in rows] == ["trial", "1", "2", "3", "4"]
    said = capsys.readouterr().out
    assert "4 trials: " in said and "on the test part, which the search never saw: loss " in said
    assert f"trials.csv, best.json are in {out}" in said
    trainer = Trainer(from_json((out / "best.json").read_bytes()))
    while trainer.advance(100):
        pass
    complete = [row for row in rows[1:] if row[1] == "complete"]
    column = rows[0].index("validation_loss")
    best = min(complete, key=lambda row: float(row[column]))
    assert trainer.record.evaluations[-1].validation_loss == float(best[column]), "to the last bit"
    assert json.loads((out / "best.json").read_text())["data"]["validation"] == 0.2


def test_ctrl_c_ends_it_and_says_how_to_go_on(small, tmp_path, capsys, monkeypatch):
    from contextlib import contextmanager

    @contextmanager
    def pressed():
        yield [2]

    monkeypatch.setattr(headless_search, "ctrl_c", pressed)
    command = ["search", small, "--validation", "0.2", "--trials", "3", "--out", str(tmp_path / "found")]
    assert main(command) == 130
    assert "interrupted after 0 of 3 trials; the same command goes on with them" in capsys.readouterr().err


def test_no_line_of_help_is_wider_than_a_page() -> None:
    help_texts = headless_search.SEARCH_HELP + headless_search.SEARCH_EXAMPLES
    assert max(map(len, help_texts.splitlines())) <= 100
