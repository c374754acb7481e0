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

import numpy as np
from msgspec import structs

from model.batches import Batches
from model.checkpoint import Checkpoint
from model.data import Data, Part, Parts, load
from model.divergence import Diverged
from model.evaluation import PartEvaluation
from model.experiment import Experiment
from model.fitting import input_shape, last_activation
from model.network import Network
from model.optimizers import Optimizer
from model.record import Evaluation, Record
from model.snapshot import Snapshot, frozen_copy, no_samples
from model.step_wiring import StepWiring
from model.targets import encoding
from model.trajectory import History


class Trainer:
    """A run of an experiment, at some step. Knows nothing of windows, threads or files."""

    def __init__(self, experiment: Experiment, parts: Parts | None = None) -> None:
        """`parts`: the experiment's data where they are already loaded."""
        self.experiment = experiment
        self._wirings: dict[int, StepWiring] = {}
        self._loaded: dict[Data, Parts] = {} if parts is None else {experiment.data: parts}
        layers = experiment.network.layers
        self.network = Network(layers, input_shape(experiment), experiment.precision)
        outputs = self.network.shapes[-1][0]
        coded = encoding(
            experiment.loss, last_activation(layers), outputs, regression=experiment.data.dataset.task == "regression"
        )
        assert coded is not None, "an Experiment is checked when it is made"
        self.encoding = coded
        self._take_data(experiment.data)
        self._previous = np.empty_like(self.network.parameters)
        self.start_again()

    def start_again(self) -> None:
        """Back to step 0 and the same initial weights."""
        self.steps = 0
        self._take_batches(Batches(self._inputs.shape[1], self.experiment.batches.size, self.experiment.batches.seed))
        self.network.initialize(self.experiment.weights.seed)
        self.network.gradient[:] = 0
        self._previous[:] = self.network.parameters
        self._by_hand = -1  # the step after which a parameter was last set by hand
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
        return self.batches.epochs(self.steps)

    def step(self) -> bool:
        """One mini-batch. False where the run has diverged: then nothing was changed but what `_diverge` undoes."""
        indices = self.batches.at(self.steps)
        at_work = self._wirings[len(indices)]
        # "clip" skips a check of every index; they are all in range.
        self._inputs.take(indices, 1, at_work.input_rows, "clip")
        self._targets.take(indices, 1, at_work.target_rows, "clip")
        for draw, stream in at_work.dice:
            draw(stream.at(self.steps))
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
        if self.steps == self.record.steps:  # else it was done before, with the same bits
            self.record.add(loss)
        self._batch = indices
        self.steps += 1
        return True

    def advance(self, steps: int, interrupted: Callable[[], bool] = bool) -> bool:
        """Up to `steps` steps with the evaluations between them; fewer where a stop condition is met.

        `interrupted` is asked before every step. False: a stop condition is met now, or the run has diverged. A stop
        condition is met once: the next call goes on past it.
        """
        stop = self.experiment.stop
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # step() looks at the loss itself
            for _ in range(steps):
                if self.diverged or interrupted() or not self.step():
                    break
                if self.steps % self.history.interval == 0:
                    self.history.offer(self.steps, self.network.parameters)
                if self.steps == self._due or self.steps == stop.step:
                    self.evaluate()
                    if self.finished:
                        break
        return not self.finished

    def replay(self, steps: int, interrupted: Callable[[], bool] = bool) -> None:
        """Do `steps` steps that were done before once more: nothing is measured, no stop condition is met."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            for _ in range(steps):
                if interrupted() or not self.step():
                    break
        self._due = self._next_evaluation()

    @property
    def finished(self) -> bool:
        """The run has diverged, or one of its stop conditions is met at this very step."""
        stop, evaluations = self.experiment.stop, self.record.evaluations
        if self.diverged or self.steps == stop.step:
            return True
        place = self.record.evaluation_at(self.steps) if stop.loss is not None else None
        if stop.loss is None or place is None:
            return False
        before = evaluations[place - 1].train_loss if place else math.inf
        return evaluations[place].train_loss < stop.loss <= before

    def evaluate(self) -> Evaluation:
        """Measure all parts now and write it down (once a step)."""
        self._due = self._next_evaluation()
        place = self.record.evaluation_at(self.steps)
        if place is not None:
            return self.record.evaluations[place]
        (train, train_right), (validation, validation_right), (test, test_right) = (
            part.measure() for part in self._evaluated
        )
        assert train is not None
        measured = Evaluation(self.steps, train, validation, test, train_right, validation_right, test_right)
        if not self.record.evaluations or self.record.evaluations[-1].step < self.steps:
            self.record.evaluations.append(measured)  # a run that went back adds nothing to its past
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
        self._by_hand = self.steps
        self._recover()

    def resize_batches(self, size: int) -> None:
        """Take another batch size: a begun epoch ends here."""
        batches = structs.replace(self.experiment.batches, size=size)
        self.experiment = structs.replace(self.experiment, batches=batches)
        self._take_batches(self.batches.resized(self.batches.samples, size, self.steps))
        self._recover()

    def take_data(self, data: Data) -> None:
        """Learn from other samples of the same kind: a begun epoch ends here."""
        self.experiment = structs.replace(self.experiment, data=data)
        self._take_data(data)
        samples = self._inputs.shape[1]
        self._take_batches(self.batches.resized(samples, self.experiment.batches.size, self.steps))
        self._recover()

    def follow(self, experiment: Experiment) -> None:
        """Take over the fields that change no number of the run: when to evaluate and when to stop."""
        self.experiment = structs.replace(self.experiment, evaluation=experiment.evaluation, stop=experiment.stop)
        self._due = self._next_evaluation()

    def snapshot(self) -> Snapshot:
        """Copies of everything that a picture of this moment needs."""
        network, met = self.network, self.record.steps if self.diverged else self.steps
        loss = self.record.losses(max(0, met - 1), met)
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

    def checkpoint(self) -> Checkpoint:
        """All that must be kept to go on from here."""
        return Checkpoint(
            step=self.steps,
            experiment=self.experiment,
            parameters=frozen_copy(self.network.parameters),
            state=frozen_copy(self.rule.state),
            count=self.rule.count,
            epoch_begun=self.batches.begun,
            epoch_first=self.batches.first,
        )

    def restore(self, checkpoint: Checkpoint) -> None:
        """Go back (or on) to `checkpoint`. What the step before it met (gradient, update, batch) is not known there."""
        before, now = self.experiment, checkpoint.experiment
        self.experiment = structs.replace(now, evaluation=before.evaluation, stop=before.stop)
        if now.data != before.data:
            self._take_data(now.data)
        begun, first = checkpoint.epoch_begun, checkpoint.epoch_first
        self._take_batches(Batches(self._inputs.shape[1], now.batches.size, now.batches.seed, begun, first))
        self._take_optimizer(now.optimizer)
        np.copyto(self.rule.state, checkpoint.state)
        self.rule.count = checkpoint.count
        np.copyto(self.network.parameters, checkpoint.parameters)
        np.copyto(self._previous, checkpoint.parameters)
        self.network.gradient[:] = 0
        self.steps = self._undone_to = checkpoint.step
        self.diverged, self._batch, self._by_hand = None, no_samples(), -1
        self._due = self._next_evaluation()

    def _recover(self) -> None:
        """After a change by hand a diverged run may try again, from the step that it went back to."""
        if self.diverged:
            self.diverged = None
            self.record.cut(self.steps)
            self.history.cut(self.steps)

    def _next_evaluation(self) -> int:
        """The first step after this one at which all parts are measured."""
        every, unit = self.experiment.evaluation.every, self.experiment.evaluation.unit
        if unit == "step":
            return (self.steps // every + 1) * every
        batches = self.batches
        epoch = (batches.epochs(self.steps) // every + 1) * every
        return batches.begun + (epoch - batches.first) * batches.per_epoch

    def _take_data(self, data: Data) -> None:
        if data not in self._loaded:
            self._loaded = {data: load(data)} | dict(list(self._loaded.items())[:3])
        self.parts = self._loaded[data]
        train, dtype = self.parts.train, self.network.parameters.dtype
        self._inputs = np.ascontiguousarray(train.inputs.reshape(len(train.inputs), -1).T, dtype)
        self._targets = np.ascontiguousarray(self.encoding.encode(train.targets).T, dtype)
        self._evaluated = [
            self._evaluation(part) for part in (self.parts.train, self.parts.validation, self.parts.test)
        ]

    def _take_batches(self, batches: Batches) -> None:
        self.batches = batches
        sizes = {batches.size, batches.last_size}
        if set(self._wirings) != sizes:
            self._wirings = {size: StepWiring(self.network, self.experiment, size) for size in sizes}
        self._due = self._next_evaluation()

    def _take_optimizer(self, optimizer: Optimizer) -> None:
        self.rule = optimizer.rule(self.network.parameters, self.network.gradient)
        self._rule_remembers = len(self.rule.state) > 0
        self._previous_state = self.rule.state.copy()

    def _diverge(self, loss: float) -> bool:
        """The last update led to `loss`. Undo it: back to the parameters, state and step of the last finite loss."""
        rate, by_hand = self.experiment.optimizer.learning_rate, self._by_hand >= max(0, self.steps - 1)
        self.diverged = Diverged(self.steps + 1, loss, rate, by_hand)
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
