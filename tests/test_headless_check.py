"""The command `check`, called in this process: its table, its verdict, its exit codes."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

import headless_check
from main import main
from model import gradient_check
from model.experiment_file import to_json
from model.layers.tanh import TanhLayer
from model.network import Network
from model.starters import starter
from model.trainer import Trainer

SMALL = (
    "linear",
    "xor",
    "spiral",
    "vanishing",
    "diverging",
    "curve",
    "iris",
)  # starters whose every parameter can be tried in milliseconds


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    """Exit code, the lines printed and the standard error."""
    code = main(["check", *arguments])
    output = capsys.readouterr()
    return code, output.out.splitlines(), output.err


@pytest.mark.parametrize("name", SMALL)
def test_every_starter_agrees_at_its_initial_weights(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines, err = checked(capsys, name)
    assert (code, err) == (0, "")
    experiment = starter(name)
    network = Network(experiment.network.layers, Trainer(experiment).network.shapes[0])
    assert [line.split()[0] for line in lines[1:-1]] == [entry.full_name for entry in network.layout.entries]
    assert lines[-1].startswith("After 0 steps, loss ")
    assert "agree: the largest relative error is" in lines[-1]


def test_the_table_has_the_worst_entry_of_each_array_with_both_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    _, lines, _ = checked(capsys, "xor")
    assert re.split(r"\s{2,}", lines[0]) == list(headless_check.COLUMNS)
    for line in lines[1:-1]:
        name, error, place, analytic, numerical, skipped = re.split(r"\s{2,}", line)
        assert name.startswith("layers[") and float(error) < 1e-6 and place.startswith("[")
        assert float(analytic) == pytest.approx(float(numerical), rel=1e-6)
        assert skipped == "0"


def test_after_some_steps_it_checks_the_trained_weights(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines, _ = checked(capsys, "linear", "--steps", "30")
    assert code == 0
    assert lines[-1].startswith("After 30 steps, loss ")
    assert lines[-1] != checked(capsys, "linear")[1][-1]


def test_a_stop_below_a_loss_does_not_end_the_steps_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = json.loads(to_json(starter("linear"))) | {"stop": {"step": None, "loss": 1e6}}
    path = tmp_path / "experiment.json"
    path.write_text(json.dumps(plain))
    assert checked(capsys, str(path), "--steps", "7")[1][-1].startswith("After 7 steps")


def test_a_wrong_layer_is_found(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def wrong(layer: TanhLayer) -> None:  # f'(x) forgotten
        np.copyto(layer.x.gradient, layer.y.gradient)

    monkeypatch.setattr(TanhLayer, "backward", wrong)
    code, lines, _ = checked(capsys, "spiral")
    assert code == 1
    assert "They disagree: for layers[" in lines[-1]


def test_a_diverged_run_is_said_and_cannot_be_compared(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines, err = checked(capsys, "diverging", "--steps", "500")
    assert code == 1
    assert err.startswith("downhill: diverged at step ")
    assert "Nothing can be compared" in lines[-1]


@pytest.mark.parametrize("arguments", [["none.json"], ["xor", "--steps", "0"], ["xor", "--out", "x"], []])
def test_bad_input_is_one_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, lines, err = checked(capsys, *arguments)
    assert (code, lines) == (2, [])
    assert err.startswith("downhill: ") and err.count("\n") == 1


def test_ctrl_c_ends_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(gradient_check, "compare", lambda *_, **__: None)
    assert checked(capsys, "xor") == (130, [], "downhill: interrupted\n")
    monkeypatch.setattr("main.run_to_the_end", lambda trainer: True)
    assert checked(capsys, "xor", "--steps", "5") == (130, [], "downhill: interrupted\n")


def test_float32_is_checked_in_float64(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = json.loads(to_json(starter("xor"))) | {"precision": "float32"}
    path = tmp_path / "experiment.json"
    path.write_text(json.dumps(plain))
    assert checked(capsys, str(path))[0] == 0


def test_no_line_of_help_is_wider_than_a_page() -> None:
    lines = (headless_check.CHECK_HELP + headless_check.CHECK_EXAMPLES).splitlines()
    assert max(map(len, lines)) <= 100
