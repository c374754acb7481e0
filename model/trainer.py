"""The trainer: one step of gradient descent after another.

A step is always the same five lines:

    1. draw a mini-batch
    2. forward: from the inputs to the loss
    3. backward: from the loss to the gradient of every parameter
    4. update: the optimizer moves the parameters a little way downhill
    5. write down what happened

Before the update the loss is looked at. If it is not a finite number any more, the run has *diverged*: the trainer
goes back to the parameters of the last finite loss and stops.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from msgspec import structs

from model.arrays import Floats
from model.batches import Batches
from model.data import Part, Parts, load
from model.evaluation import PartEvaluation
from model.experiment import Experiment
from model.fitting import input_shape, last_activation
from model.losses import Loss
from model.message import QT_TRANSLATE_NOOP, Message
from model.network import Network, Wiring
from model.optimizers import Optimizer
from model.record import Evaluation, Record
from model.snapshot import Snapshot, frozen_copy, no_samples
from model.targets import encoding
from model.trajectory import History


@dataclass(frozen=True)
class Diverged:
    """A run that stopped by itself: which step met a loss that is not a finite number."""

    step: int
    loss: float
    learning_rate: float

    @property
    def message(self) -> Message:
        first = QT_TRANSLATE_NOOP(
            "model",
            "diverged at step {step:,}: the loss of the initial weights is {loss}; they or the inputs are too large",
        )
        later = QT_TRANSLATE_NOOP(
            "model",
            "diverged at step {step:,}: the loss became {loss}; the learning rate {learning_rate} is the likely cause",
        )
        values: dict[str, object] = {"step": self.step, "loss": self.loss, "learning_rate": self.learning_rate}
        return Message(first if self.step == 1 else later, values)


class StepWiring:
    """A wired network, its loss, and where a batch of this size is written to."""

    def __init__(self, network: Network, experiment: Experiment, size: int, outputs: int) -> None:
        wiring: Wiring = network.wire(size)
        targets: Floats = np.zeros((size, outputs), network.parameters.dtype, order="F")
        self.loss: Loss = experiment.loss.wire(wiring.output, targets)
        # Memory lies feature by feature (see `signal`), so a batch is gathered as columns of the transposed data.
        self.input_rows = wiring.input.with_one.T[:-1]
        self.target_rows = targets.T
        self.wiring = wiring
        self.forwards, self.backwards = wiring.forwards, wiring.backwards


class Trainer:
    """A run of an experiment, at some step. Knows nothing of windows, threads or files."""

    def __init__(self, experiment: Experiment, parts: Parts | None = None) -> None:
        """`parts`: the experiment's data where they are already loaded."""
        self.experiment = experiment
        self.parts = parts if parts is not None else load(experiment.data)
        layers = experiment.network.layers
        self.network = Network(layers, input_shape(experiment), experiment.precision)
        outputs = self.network.shapes[-1][0]
        coded = encoding(
            experiment.loss, last_activation(layers), outputs, regression=experiment.data.dataset.task == "regression"
        )
        assert coded is not None, "an Experiment is checked when it is made"
        self.encoding = coded
        train = self.parts.train
        dtype = self.network.parameters.dtype
        self._inputs = np.ascontiguousarray(train.inputs.reshape(len(train.inputs), -1).T, dtype)
        self._targets = np.ascontiguousarray(coded.encode(train.targets).T, dtype)
        self.batches = Batches(len(train.inputs), experiment.batches.size, experiment.batches.seed)
        sizes = {self.batches.size, self.batches.last_size}
        self._wirings = {size: StepWiring(self.network, experiment, size, outputs) for size in sizes}
        self._evaluated = [
            self._evaluation(part) for part in (self.parts.train, self.parts.validation, self.parts.test)
        ]
        self._previous = np.empty_like(self.network.parameters)
        self.start_again()

    def start_again(self) -> None:
        """Back to step 0 and the same initial weights."""
        self.network.initialize(self.experiment.weights.seed)
        self.network.gradient[:] = 0
        self._previous[:] = self.network.parameters
        self.steps = 0
        self._undone_to = 0  # the update before this step is not known (any more) and cannot be undone
        self._batch = no_samples()
        self.diverged: Diverged | None = None
        self.record = Record(self.network.layout, self.network.gradient)
        self.history = History(self.network.layout.size)
        self.history.offer(0, self.network.parameters)
        self._take_optimizer(self.experiment.optimizer)
        self.evaluate()

    @property
    def epoch(self) -> int:
        """Whole epochs done."""
        return self.steps // self.batches.per_epoch

    def step(self) -> bool:
        """One mini-batch. False where the run has diverged: then nothing was changed but what `_diverge` undoes."""
        indices = self.batches.at(self.steps)
        at_work = self._wirings[len(indices)]
        # "clip" skips a check of every index; they are all in range.
        self._inputs.take(indices, 1, at_work.input_rows, "clip")
        self._targets.take(indices, 1, at_work.target_rows, "clip")
        for forward in at_work.forwards:
            forward()
        loss = at_work.loss.forward()
        if not math.isfinite(loss):
            return self._diverge(loss)
        at_work.loss.backward()
        for backward in at_work.backwards:
            backward()
        np.copyto(self._previous, self.network.parameters)
        if self._rule_remembers:
            np.copyto(self._previous_state, self.rule.state)
        self.rule.update()
        self.record.add(loss)
        self._batch = indices
        self.steps += 1
        return True

    def advance(self, steps: int, interrupted: Callable[[], bool] = bool) -> bool:
        """Up to `steps` steps with the evaluations between them; fewer where a stop condition is met.

        `interrupted` is asked before every step. False: a stop condition is met now, or the run has diverged. A stop
        condition is met once: the next call goes on past it.
        """
        due, stop = self.evaluation_interval, self.experiment.stop
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # step() looks at the loss itself
            for _ in range(steps):
                if self.diverged or interrupted() or not self.step():
                    break
                if self.steps % self.history.interval == 0:
                    self.history.offer(self.steps, self.network.parameters)
                if self.steps % due == 0 or self.steps == stop.step:
                    self.evaluate()
                    if self.finished:
                        break
        return not self.finished

    @property
    def finished(self) -> bool:
        """The run has diverged, or one of its stop conditions is met at this very step."""
        stop, evaluations = self.experiment.stop, self.record.evaluations
        if self.diverged or self.steps == stop.step:
            return True
        if stop.loss is None or evaluations[-1].step != self.steps:
            return False
        before = evaluations[-2].train_loss if len(evaluations) > 1 else math.inf
        return evaluations[-1].train_loss < stop.loss <= before

    @property
    def evaluation_interval(self) -> int:
        """Steps between two evaluations."""
        every = self.experiment.evaluation
        return every.every * (self.batches.per_epoch if every.unit == "epoch" else 1)

    def evaluate(self) -> Evaluation:
        """Measure all parts now and write it down (once a step)."""
        last = self.record.evaluations[-1:]
        if last and last[0].step == self.steps:
            return last[0]
        (train, train_right), (validation, validation_right), (test, test_right) = (
            part.measure() for part in self._evaluated
        )
        assert train is not None
        measured = Evaluation(self.steps, train, validation, test, train_right, validation_right, test_right)
        self.record.evaluations.append(measured)
        return measured

    def retune(self, optimizer: Optimizer) -> None:
        """Take new hyperparameters without a reset, or another optimizer with fresh state."""
        same = type(optimizer) is type(self.experiment.optimizer)
        self.experiment = structs.replace(self.experiment, optimizer=optimizer)
        if same:
            self.rule.configure(optimizer)
        else:
            self._take_optimizer(optimizer)
        self._recover()

    def set_parameter(self, index: int, value: float) -> None:
        """Set one number of the parameter vector by hand, between two steps."""
        self.network.parameters[index] = value
        self._previous[index] = value
        self._recover()

    def follow(self, experiment: Experiment) -> None:
        """Take over the fields that change no number of the run: when to evaluate and when to stop."""
        self.experiment = structs.replace(self.experiment, evaluation=experiment.evaluation, stop=experiment.stop)

    def snapshot(self) -> Snapshot:
        """Copies of everything that a picture of this moment needs."""
        network, loss = self.network, self.record.losses(max(0, self.record.steps - 1))
        with np.errstate(invalid="ignore"):  # a weight set to infinity by hand
            update = network.parameters - self._previous
        return Snapshot(
            step=self.steps,
            epoch=self.epoch,
            parameters=frozen_copy(network.parameters),
            gradient=frozen_copy(network.gradient),
            update=frozen_copy(update),
            batch=self._batch,
            batch_loss=float(loss[0]) if len(loss) else None,
        )

    def _recover(self) -> None:
        """After a change by hand a diverged run may try again, from the step that it went back to."""
        if self.diverged:
            self.diverged = None
            self.record.cut(self.steps)
            self.history.cut(self.steps)

    def _take_optimizer(self, optimizer: Optimizer) -> None:
        self.rule = optimizer.rule(self.network.parameters, self.network.gradient)
        self._rule_remembers = len(self.rule.state) > 0
        self._previous_state = self.rule.state.copy()

    def _diverge(self, loss: float) -> bool:
        """The last update led to `loss`. Undo it: back to the parameters, state and step of the last finite loss."""
        self.diverged = Diverged(self.steps + 1, loss, self.experiment.optimizer.learning_rate)
        if self.steps > self._undone_to:
            np.copyto(self.network.parameters, self._previous)
            np.copyto(self.rule.state, self._previous_state)
            self.rule.count = max(0, self.rule.count - 1)  # 0: an optimizer chosen just now, the update was another's
            self.steps -= 1
            self._undone_to = self.steps
        return False

    def _evaluation(self, part: Part) -> PartEvaluation:
        return PartEvaluation(
            self.network, self.experiment.loss, part.inputs, self.encoding.encode(part.targets), self.encoding
        )
