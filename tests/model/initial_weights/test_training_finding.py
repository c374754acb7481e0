from dataclasses import replace

from model.compared_runs import ComparedRuns, RunSoFar
from model.divergence import Diverged
from model.initial_weights import CANDIDATES, DeepNetwork, lab_experiment, training_finding
from model.message import Message
from model.record import Evaluation

LABELS = {key: Message(key.upper()) for key in "abcd"}


def run(*losses, diverged=False):
    evaluations = tuple(Evaluation(25 * i, loss, None, None) for i, loss in enumerate(losses))
    return RunSoFar(25 * (len(losses) - 1), evaluations, Diverged(9, float("inf"), 0.1, False) if diverged else None)


def test_the_best_the_stuck_and_the_diverged_are_named():
    so_far = {
        "a": run(2.3, 1.0, 0.25),
        "b": run(2.3, 2.3, 2.29),
        "c": run(2.0, 1.95, 1.9),
        "d": run(9.0, diverged=True),
    }
    assert str(training_finding(LABELS, so_far)) == (
        "After 50 steps A has the lowest training loss, 0.25. Hardly below the loss of the start: B, C. Diverged: D."
    )


def test_a_loss_is_said_of_the_step_at_which_it_was_measured():
    measured = run(2.3, 1.0)
    between = replace(measured, steps=40)
    assert str(training_finding(LABELS, {"a": between})).startswith("After 25 steps A has ")


def test_where_nobody_has_learnt():
    assert str(training_finding(LABELS, {"b": run(2.3, 2.3)})) == (
        "After 25 steps nothing was learnt. Hardly below the loss of the start: B."
    )


def test_before_anything_was_measured():
    assert training_finding(LABELS, {"a": RunSoFar(0, ())}) is None
    assert training_finding(LABELS, {}) is None


def test_a_loss_that_is_no_number_counts_as_diverged():
    assert "Diverged: B." in str(training_finding(LABELS, {"a": run(2.0, 1.0), "b": run(2.0, float("nan"))}))


def test_of_the_lab_itself():
    """tanh: std 0.01 stays where it began, and all rules with a derivation learn."""
    network = DeepNetwork(layers=4, units=50)
    chosen = {each.key: each for each in CANDIDATES if each.key in ("std_0.01", "xavier", "he")}
    runs = ComparedRuns({key: lab_experiment(network, None, each.weights) for key, each in chosen.items()})
    said = str(training_finding({key: each.label for key, each in chosen.items()}, runs.advance(up_to=100)))
    assert said.startswith("After 100 steps He has the lowest training loss")
    assert said.endswith("Hardly below the loss of the start: std 0.01.")
