"""The headless command as a person starts it: another process, no display, files."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

import numpy as np
import pytest
from msgspec import structs
from PySide6.QtGui import QImage

from model.experiment import Stop
from model.experiment_file import changed, from_json, to_json
from model.starters import starter
from model.trainer import Trainer

ROOT = Path(__file__).parents[2]
DISPLAYS = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
BARE = {name: value for name, value in os.environ.items() if name not in DISPLAYS}


def command(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "main.py"), *arguments]


def run(arguments: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), cwd=folder, env=BARE, text=True, capture_output=True, timeout=60, check=False
    )


def test_the_files_hold_the_same_bits_as_a_trainer_stepped_by_hand(tmp_path: Path) -> None:
    done = run(["train", "spiral", "--steps", "333", "--out", "made/run"], tmp_path)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "made" / "run"

    spiral = starter("spiral")
    experiment = changed(spiral, stop=structs.replace(spiral.stop, step=333))
    assert from_json((folder / "experiment.json").read_bytes()) == experiment

    trainer = Trainer(experiment)
    expected = [
        "step,epoch,batch_loss,train_loss,validation_loss,test_loss,train_accuracy,validation_accuracy,test_accuracy"
    ]
    for step in range(334):
        loss = ""
        if step > 0:
            trainer.step()
            loss = repr(float(trainer.record.losses()[-1]))
        measured = ",,,,,"
        if step % 50 == 0 or step == 333:
            e = trainer.evaluate()
            measured = f"{e.train_loss!r},,{e.test_loss!r},{e.train_accuracy!r},,{e.test_accuracy!r}"
        expected.append(f"{step},{step // 14},{loss},{measured}")  # 700 training samples in batches of 50
    assert (folder / "loss.csv").read_text().splitlines() == expected

    with np.load(folder / "weights.npz") as weights:
        for entry, values in trainer.network.layout.views(trainer.network.parameters):
            np.testing.assert_array_equal(weights[f"final.{entry.full_name}"], values)


@pytest.mark.parametrize(
    ("name", "plots"),
    [
        ("xor", {"loss", "accuracy", "gradient-norms", "output", "activation-functions", "path-of-the-network"}),
        ("diverging", {"loss", "gradient-norms", "output", "activation-functions", "path-of-the-network"}),
        (
            "iris",
            {"loss", "accuracy", "gradient-norms", "confusion-matrix", "sample-predictions", "activation-functions"}
            | {"path-of-the-network"},
        ),
    ],
)
def test_the_plots_are_written_without_a_display_and_without_a_word(name: str, plots: set[str], tmp_path: Path) -> None:
    done = run(["train", name, "--steps", "60", "--out", "run"], tmp_path)
    assert done.returncode == 0
    assert [line for line in done.stderr.splitlines() if "diverged" not in line] == []
    pictures = {path.stem: QImage(str(path)) for path in (tmp_path / "run").glob("*.png")}
    assert set(pictures) == plots
    for title, picture in pictures.items():
        assert picture.width() >= 3 * 500, title
        assert picture.height() >= 3 * 250, title
        # Axes, curves and words are some colours more than an empty page has.
        colors = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
        assert len(colors) > 5, title


def test_a_bad_file_and_a_missing_display_are_one_sentence_each(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"format": "downhill-experiment"')
    for arguments, sentence in ((["train", "bad.json"], "downhill: bad.json: $: "), ([], "downhill: ")):
        done = run(arguments, tmp_path)
        assert done.returncode == 2
        assert done.stderr.startswith(sentence)
        assert done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes that break, and no SIGINT for one process")
class TestSignals:
    def test_a_reader_who_leaves_early_is_answered_quietly(self, tmp_path: Path) -> None:
        with subprocess.Popen(
            command("schema"), cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 141

    def test_ctrl_c_writes_what_there_is(self, tmp_path: Path) -> None:
        endless = changed(starter("linear"), stop=Stop(step=10**9))  # hours
        (tmp_path / "endless.json").write_bytes(to_json(endless))
        import termios

        screen, terminal = os.openpty()
        termios.tcsetwinsize(terminal, (24, 80))
        with (
            subprocess.Popen(
                command("train", "endless.json", "--out", "run"), cwd=tmp_path, env=BARE, stderr=terminal
            ) as process,
            ExitStack() as cleanup,  # not even a test that fails leaves it running
        ):
            os.close(terminal)
            cleanup.callback(process.kill)
            seen = b""
            while not re.search(rb"[1-9]\d*/1000000000", seen):  # the progress bar moves: training is under way
                seen += os.read(screen, 1000)
            process.send_signal(signal.SIGINT)
            seen += _rest(screen)
            process.wait(timeout=60)
        assert process.returncode == 130
        assert b"interrupted after step" in seen
        assert b"Traceback" not in seen
        assert (tmp_path / "run" / "loss.csv").exists()


def _rest(screen: int) -> bytes:
    """What is still written to a terminal until its last writer closes it (Linux: an error; elsewhere: the end)."""
    seen = b""
    with suppress(OSError):
        while some := os.read(screen, 1000):
            seen += some
    os.close(screen)
    return seen


CNN = """{"data": {"dataset": {"type": "digits"}, "test": 0.2},
 "network": {"layers": [{"type": "convolution", "filters": 2, "size": 3}, {"type": "batch_norm"}, {"type": "relu"},
   {"type": "max_pooling"}, {"type": "flatten"}, {"type": "dropout", "rate": 0.2}, {"type": "affine", "units": 10}]},
 "loss": {"type": "softmax_cross_entropy"}, "batches": {"size": 50}}"""


def test_a_network_with_running_statistics_trains_and_is_checked(tmp_path: Path) -> None:
    (tmp_path / "cnn.json").write_text(CNN)
    done = run(["train", "cnn.json", "--steps", "30", "--out", "made"], tmp_path)
    assert done.returncode == 0, done.stderr
    trainer = Trainer(from_json((tmp_path / "made" / "experiment.json").read_bytes()))
    for _ in range(30):
        trainer.step()
    with np.load(tmp_path / "made" / "weights.npz") as arrays:
        for entry, values in trainer.network.state_layout.views(trainer.network.state):
            np.testing.assert_array_equal(arrays[f"final.{entry.full_name}"], values)
        np.testing.assert_array_equal(arrays["initial.layers[1].running_variance"], [1, 1])
    checked = run(["check", "cnn.json"], tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "layers[1].scale" in checked.stdout
