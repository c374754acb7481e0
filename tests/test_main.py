"""The command line, called in this process: what it prints, what it refuses, what it returns."""

import errno
import io
import json
import os
import signal
import sys
import tomllib
import types
from collections.abc import Callable
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import headless
import main as command_line
from main import COMMANDS, HELP, main
from model import run_files
from model.experiment import Experiment, Stop
from model.experiment_file import changed, to_json
from model.starters import STARTERS, starter
from model.trainer import Trainer

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def no_plots(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plots have tests of their own, and take Qt."""
    monkeypatch.setattr(headless, "plots", lambda trainer, folder: [])


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one sentence that a command line is refused with."""
    assert main(arguments) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("downhill: ")
    assert output.err.count("\n") == 1
    return output.err.removeprefix("downhill: ").rstrip("\n")


def written(tmp_path: Path, content: bytes | dict[str, Any]) -> str:
    path = tmp_path / "experiment.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return str(path)


def plain(name: str = "xor") -> Any:
    return json.loads(to_json(starter(name)))


# Help and version


def test_help_shows_every_command_every_starter_and_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    assert text == HELP
    assert ", ".join(STARTERS) in " ".join(text.split())
    assert all(f"downhill {command}" in text for command in COMMANDS)
    assert "python main.py train spiral --out" in text


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"downhill {command}" in capsys.readouterr().out


def test_no_line_of_help_is_wider_than_a_page() -> None:
    assert max(map(len, (HELP + command_line.TRAIN_HELP + command_line.TRAIN_EXAMPLES).splitlines())) <= 100


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert capsys.readouterr().out == f"Downhill {declared}\n"


def test_no_starter_is_called_like_a_command() -> None:
    assert not set(STARTERS) & set(COMMANDS)


# The window


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Experiment | None, str]]:
    """What a window was opened on, in place of the window."""
    calls: list[tuple[Experiment | None, str]] = []

    def open_window(experiment: Experiment | None, name: str) -> int:
        calls.append((experiment, name))
        return 0

    monkeypatch.setitem(sys.modules, "gui.application", types.SimpleNamespace(open_window=open_window))
    monkeypatch.setattr("gui.display.display_problem", lambda: None)
    return calls


def test_the_window_opens_on_nothing_a_starter_or_a_file(
    opened: list[tuple[Experiment | None, str]], tmp_path: Path
) -> None:
    path = written(tmp_path, to_json(starter("iris")))
    assert main([]) == main(["spiral"]) == main([path]) == 0
    assert opened == [(None, ""), (starter("spiral"), "spiral"), (starter("iris"), path)]


def test_the_window_opens_on_data_which_cannot_be_trained_on_alone(
    opened: list[tuple[Experiment | Path | None, str]], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "my.csv"
    path.write_text("a,b\n1,2\n3,4\n")
    assert main([str(path)]) == 0
    assert opened == [(path, str(path))]
    assert "this is data, not an experiment" in refusal(capsys, "train", str(path))
    assert "there is no such file" in refusal(capsys, str(tmp_path / "none.csv"))


def test_a_bad_file_opens_no_window(
    opened: list[tuple[Experiment | None, str]], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert "$: " in refusal(capsys, written(tmp_path, b"{"))
    assert not opened


def test_without_a_display_one_sentence_names_the_headless_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("gui.display.sys.platform", "linux")
    assert "python main.py train EXPERIMENT" in refusal(capsys)


# Bad input


def test_a_wrong_field_is_named_by_its_place_in_the_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    raw = plain()
    raw["network"]["layers"][2]["units"] = -3
    path = written(tmp_path, raw)
    said = refusal(capsys, "train", path)
    assert said.startswith(f"{path}: $.network.layers[2].units: ")
    assert "1" in said


def test_a_network_that_does_not_fit_is_named_by_its_place(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    raw = plain("iris")
    raw["network"]["layers"][2]["units"] = 2
    path = written(tmp_path, raw)
    assert refusal(capsys, "train", path).startswith(f"{path}: $.network.layers[2].units: ")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", to_json(starter("xor"))[:200], b"\xff\xfe\x00", b"\x89PNG\r\n\x1a\n", b"[]", b"null", b"[" * 200_000],
    ids=["empty", "brace", "truncated", "not UTF-8", "picture", "list", "null", "deep"],
)
def test_a_file_that_is_no_experiment(content: bytes, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path, content)
    said = refusal(capsys, "train", path)
    assert said.startswith(f"{path}: $: ")
    assert len(said) < len(path) + 250


def test_a_missing_file_a_folder_and_an_impossible_name(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "there is no such file" in refusal(capsys, "train", str(tmp_path / "none.json"))
    assert "this is a folder" in refusal(capsys, "train", str(tmp_path))
    assert "cannot be read" in refusal(capsys, "train", "nul\0l")
    assert "cannot be read" in refusal(capsys, "train", "x" * 5000)


def test_a_file_that_may_not_be_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def denied(_: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    path = written(tmp_path, b"{}")
    monkeypatch.setattr(Path, "read_bytes", denied)
    assert refusal(capsys, "train", path) == f"{path}: cannot be read (permission denied)"


@pytest.mark.parametrize(("typed", "meant"), [("sprial", "spiral"), ("XOR", None), ("digit", "digits")])
def test_a_mistyped_starter_gets_a_hint(typed: str, meant: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    said = refusal(capsys, "train", typed)
    assert said.endswith(f"did you mean {meant}?" if meant else f"starters are {', '.join(STARTERS)}")


@pytest.mark.parametrize("steps", ["0", "-5", "many", "1.5", "", "1000000001", "nan"])
def test_steps_must_be_a_sensible_number(steps: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert refusal(capsys, "train", "xor", f"--steps={steps}").startswith("--steps: must be a whole number from 1 to ")


@pytest.mark.parametrize(
    "arguments",
    [["train"], ["train", "xor", "--bogus"], ["train", "xor", "iris"], ["schema", "x"], ["a", "b"], ["--x"]],
)
def test_a_wrong_command_line_is_one_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    refusal(capsys, *arguments)


def test_a_run_without_an_end_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path, to_json(changed(starter("linear"), stop=Stop())))
    assert refusal(capsys, "train", path) == f"{path}: $.stop: the run has no end; give one with --steps N"
    assert main(["train", path, "--steps", "3"]) == 0


@pytest.mark.parametrize("inside", ["", "deeper"])
def test_the_folder_must_not_be_a_file(inside: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    assert "a file stands in the way" in refusal(
        capsys, "train", "linear", "--steps", "1", "--out", str(tmp_path / "taken" / inside)
    )


@pytest.mark.parametrize("out", ["nul\0l", "x" * 5000])
def test_the_folder_must_have_a_possible_name(out: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "cannot be written to" in refusal(capsys, "train", "linear", "--out", out)


def test_a_folder_that_may_not_be_written_to_is_found_out_before_training(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def denied(**_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("headless.tempfile.TemporaryFile", denied)
    monkeypatch.setattr(Trainer, "advance", lambda *_: pytest.fail("trained"))
    assert "cannot be written to (permission denied)" in refusal(capsys, "train", "xor", "--out", str(tmp_path))


def test_a_full_disk_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(run_files.np, "savez", full)
    assert main(["train", "linear", "--steps", "2", "--out", str(tmp_path)]) == 2
    assert capsys.readouterr().err == (
        f"downhill: {tmp_path}: the run could not be written (no space left on device)\n"
    )
    assert list(tmp_path.iterdir()) == []


# Training


def test_a_run_is_summed_up_and_nothing_goes_to_the_standard_error(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["train", "linear", "--steps", "60", "--out", str(tmp_path / "new" / "run")]) == 0
    output = capsys.readouterr()
    assert output.err == ""
    trainer = Trainer(changed(starter("linear"), stop=Stop(step=60)))
    trainer.advance(60)
    last = trainer.record.evaluations[-1]
    first, means, second = output.out.splitlines()
    assert first == (
        f"60 steps, 2 epochs; at step 60: training loss {last.train_loss:.4g} (accuracy {last.train_accuracy:.1%}), "
        f"test loss {last.test_loss:.4g} (accuracy {last.test_accuracy:.1%})"
    )
    part = trainer.parts.test
    said = trainer.network.outputs(part.inputs)[:, 0] > 0
    recall = np.mean([said[part.targets == 1].mean(), 1 - said[part.targets == 0].mean()])
    assert means.startswith("test, mean over the classes: precision ")
    assert f"recall {recall:.1%}, F1 " in means
    assert second == f"experiment.json, loss.csv, scores.csv, data.npz, weights.npz are in {tmp_path / 'new' / 'run'}"


def overfitting() -> dict[str, Any]:
    """Few noisy samples and a network large enough to learn them by heart."""
    return plain("spiral") | {
        "data": {"dataset": {"type": "gaussians", "samples": 60, "noise": 0.5}, "validation": 0.4, "seed": 4},
        "optimizer": {"type": "adam", "learning_rate": 0.03},
        "evaluation": {"every": 20, "unit": "step"},
        "stop": {"step": 5000, "patience": 5},
    }


def test_early_stopping_says_why_and_a_penalty_stands_beside_the_loss(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = written(tmp_path, overfitting() | {"regularization": {"l2": 1e-4}})
    assert main(["train", path]) == 0
    first, second, _, _ = capsys.readouterr().out.splitlines()
    assert first.startswith("stopped: early stopping: the validation loss was lowest at step ")
    assert ", 5 evaluations ago" in first
    step = int(first.split("step ")[1].split(" ")[0].replace(",", ""))
    assert second.startswith(f"{step + 100:,} steps, ")
    assert ", penalty 0.0" in second


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("stop", {"patience": 5}, "$.stop.patience: early stopping watches the validation loss, and there is no"),
        ("regularization", {"l2": -1}, "$.regularization.l2: must be a number, at least 0 and at most 10, not -1"),
        ("regularization", {"l3": 1}, '$.regularization.l3: is not known here: allowed are "l1", "l2"'),
        ("clipping", {"norm": 0}, "$.clipping.norm: must be a number, above 0 and at most 1000000000, or null, not 0"),
        ("schedule", {"type": "cosine", "horizon": 0}, "$.schedule.horizon: must be a whole number, at least 1"),
        ("schedule", {"type": "steps"}, '$.schedule.type: must be one of "constant", "step", "exponential", "cosine"'),
        ("optimizer", {"type": "adamw", "weight_decay": 11}, "$.optimizer.weight_decay: must be a number, at least 0"),
    ],
)
def test_the_fields_of_the_update_are_refused_with_their_place(
    field: str, value: object, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = written(tmp_path, plain() | {field: value})
    assert refusal(capsys, "train", path).startswith(f"{path}: {said}")


def test_without_a_folder_nothing_is_written_and_that_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["train", "linear", "--steps", "1"]) == 0
    assert "Nothing was written" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_the_steps_asked_for_replace_those_of_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "linear", "--steps", "5", "--out", str(tmp_path)]) == 0
    assert json.loads((tmp_path / "experiment.json").read_bytes())["stop"] == {
        "step": 5,
        "loss": None,
        "patience": None,
    }
    again = tmp_path / "again"
    assert main(["train", str(tmp_path / "experiment.json"), "--out", str(again)]) == 0
    for path in again.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes()


def test_a_run_that_stops_below_a_loss_needs_no_last_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, to_json(changed(starter("linear"), stop=Stop(loss=0.2))))
    assert main(["train", path]) == 0
    assert "training loss 0.1" in capsys.readouterr().out


def test_a_run_that_diverges_says_so_and_is_no_failure(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["train", "diverging", "--out", str(tmp_path)]) == 0
    output = capsys.readouterr()
    assert output.err.startswith("downhill: diverged at step ")
    assert "learning rate" in output.err
    assert output.err.count("\n") == 1
    assert "inf" not in output.out  # the summary is of the parameters that were kept
    assert (tmp_path / "loss.csv").exists()


def test_what_is_conspicuous_is_said_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "vanishing", "--steps", "50"]) == 0
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("downhill: Vanishing gradients: the first layer's gradient, ")
    assert line.endswith("or use fewer layers.")


def test_of_a_run_that_learns_well_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "xor", "--steps", "300"]) == 0
    assert capsys.readouterr().err == ""


def test_a_class_too_small_to_share_out_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    raw = plain("linear")
    raw["data"]["dataset"]["samples"] = 3
    assert main(["train", written(tmp_path, raw), "--steps", "1"]) == 0
    assert "Too few samples of class" in capsys.readouterr().err


def test_ctrl_c_ends_the_run_after_its_step_and_writes_what_there_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    step, before = Trainer.step, signal.getsignal(signal.SIGINT)

    def interrupted_step(trainer: Trainer) -> bool:
        if trainer.steps == 204:
            signal.raise_signal(signal.SIGINT)
        return step(trainer)

    monkeypatch.setattr(Trainer, "step", interrupted_step)
    assert main(["train", "xor", "--out", str(tmp_path)]) == 130
    assert capsys.readouterr().err == "downhill: interrupted after step 205\n"
    rows = (tmp_path / "loss.csv").read_text().splitlines()
    assert rows[-1].startswith("205,")
    assert not rows[-1].endswith(",")  # evaluated where it ended
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_ctrl_c_ends_at_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def never_ending_step(trainer: Trainer) -> bool:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        return pytest.fail("went on")

    monkeypatch.setattr(Trainer, "step", never_ending_step)
    assert main(["train", "xor"]) == 130
    assert capsys.readouterr().err == "downhill: interrupted\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_progress_bar_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(["train", "linear", "--steps", "250"]) == 0
    assert "250/250" in terminal.getvalue()


class Failing:
    """A finder that cannot import one module, for the given reason."""

    def __init__(self, name: str, error: ImportError) -> None:
        self.name, self.error = name, error

    def find_spec(self, name: str, *_: object) -> None:
        if name == self.name:
            raise self.error


@pytest.fixture
def import_fails(monkeypatch: pytest.MonkeyPatch, no_plots: None) -> Callable[[ImportError], None]:
    monkeypatch.undo()  # the real plots()
    monkeypatch.setenv("QT_QPA_PLATFORM", os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    monkeypatch.delitem(sys.modules, "gui.headless_plots", raising=False)

    def fail(error: ImportError) -> None:
        monkeypatch.setattr(sys, "meta_path", [Failing("gui.headless_plots", error), *sys.meta_path])

    return fail


def test_without_a_library_of_the_system_the_numbers_stand_alone(
    import_fails: Callable[[ImportError], None], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = "libEGL.so.1: cannot open shared object file: No such file or directory"
    import_fails(ImportError(words, name="PySide6.QtGui", path=f"QtGui{EXTENSION_SUFFIXES[0]}"))
    assert main(["train", "linear", "--steps", "2", "--out", str(tmp_path)]) == 0
    output = capsys.readouterr()
    assert output.err == f"downhill: the plots were not drawn: a library that Qt needs is missing ({words})\n"
    assert "weights.npz" in output.out


@pytest.mark.parametrize("error", [ModuleNotFoundError("no gui.plto"), ImportError("no Plto", path="gui/plot.py")])
def test_a_mistake_of_ours_in_the_plots_is_not_hidden(
    import_fails: Callable[[ImportError], None], error: ImportError, tmp_path: Path
) -> None:
    import_fails(error)
    with pytest.raises(ImportError):
        main(["train", "linear", "--steps", "2", "--out", str(tmp_path)])


# Schema


def test_the_schema_is_json_and_describes_an_experiment(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert {"data", "network", "optimizer"} <= set(schema["$defs"]["Experiment"]["properties"])


def test_a_regression_is_summed_up_by_r_squared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "curve", "--steps", "20"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    trainer = Trainer(changed(starter("curve"), stop=Stop(step=20)))
    trainer.advance(20)
    part = trainer.parts.test
    residue = np.square(part.targets - trainer.network.outputs(part.inputs)).mean()
    assert f"(R² {1 - residue / part.targets.var():.3g})" in first.split("test loss")[1]
    assert second.startswith("Nothing was written")
