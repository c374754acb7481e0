"""The trainer: one step of gradient descent after another.

A step is always the same five lines:

    1. draw a mini-batch
    2. forward: from the inputs to the loss
    3. backward: from the loss to the gradient of every parameter
    4. update: the optimizer moves the parameters a little way downhill (see `update`)
    5. write down what happened

Before the update the loss is looked at. If it is not a finite number any more, the run has *diverged*: the trainer
goes back to the parameters of the last finite loss and stops.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from msgspec import structs

from model.arrays import Indices
from model.batches import Batches
from model.checkpoint import Checkpoint
from model.data import Data, Parts, load
from model.divergence import AT_ONCE, Diverged, decay_of
from model.experiment import Experiment
from model.fitting import input_shape
from model.message import Message
from model.network import Network
from model.optimizers import Optimizer, Rule
from model.phases import PhasedStep, phased_step
from model.prepared_data import PreparedData
from model.record import Evaluation, Record
from model.snapshot import Snapshot, frozen_copy, no_samples
from model.step_wiring import StepWiring
from model.stopping import next_evaluation, stop_reason
from model.trajectory import History
from model.update import Update


class Trainer:
    """A run of an experiment, at some step. Knows nothing of windows, threads or files."""

    def __init__(
        self, experiment: Experiment, parts: Parts | None = None, in_evaluation: Callable[[], object] = bool
    ) -> None:
        """`parts`: the experiment's data where they are already loaded.

        `in_evaluation` is called before every piece of an evaluation. What it raises leaves it: nothing is written
        down, and `evaluate` makes up for it.
        """
        self.experiment, self._in_evaluation = experiment, in_evaluation
        self._wirings: dict[int, StepWiring] = {}
        self.network = Network(experiment.network.layers, input_shape(experiment), experiment.precision)
        self.network.initialize(experiment.weights.seed)
        self.steps = 0
        self._take_data(parts or load(experiment.data))
        self._take_batches(Batches(self._data.samples, experiment.batches.size, experiment.batches.seed))
        self._by_hand = -1  # the step after which a parameter was last set by hand
        self._batch = no_samples()
        self.diverged: Diverged | None = None
        self.record = Record(self.network.layout, self.network.gradient)
        self.history = History(self.network.layout.size)
        self.history.offer(0, self.network.parameters)
        self._update = Update(self.network, experiment)
        self._last = self._update.last
        self.evaluate()

    @property
    def rule(self) -> Rule:
        """The optimizer at work."""
        return self._update.rule

    @property
    def epoch(self) -> int:
        """Whole epochs done."""
        return self.batches.epochs(self.steps)

    def step(self) -> bool:
        """One mini-batch. False where the run has diverged: then nothing was changed but what `_diverge` undoes."""
        indices, at_work = self._draw_batch()
        for forward in at_work.forwards:
            forward()
        loss = at_work.loss.forward()
        if not math.isfinite(loss):
            return self._diverge(loss)
        at_work.loss.backward()
        for backward in at_work.backwards:
            backward()
        self._update.do(self.steps)
        for remember in at_work.remembers:
            remember()
        if self.steps == self.record.steps:  # else it was done before, with the same bits
            self.record.add(loss)
        self._batch = indices
        self.steps += 1
        return True

    def look_inside(self) -> PhasedStep:
        """The next step with all that is met in it, one layer at a time, without doing it: nothing is changed."""
        indices, at_work = self._draw_batch()
        return phased_step(self.steps, indices, at_work, self.network, self.experiment.loss, self.rule)

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
        self._plan()

    @property
    def finished(self) -> bool:
        """The run has diverged, or one of its stop conditions is met at this very step."""
        return self.diverged is not None or self.stop_reason is not None

    @property
    def stop_reason(self) -> Message | None:
        """Which of its stop conditions is met at this very step, in words."""
        return stop_reason(self.experiment.stop, self.record, self.steps)

    def evaluate(self) -> Evaluation:
        """Measure all parts now and write it down (once a step)."""
        self._plan()
        place = self.record.evaluation_at(self.steps)
        if place is not None:
            return self.record.evaluations[place]
        measured = self._data.measure(self.steps, self._in_evaluation)
        if not self.record.evaluations or self.record.evaluations[-1].step < self.steps:
            self.record.evaluations.append(measured)  # a run that went back adds nothing to its past
        return measured

    def retune(self, optimizer: Optimizer) -> None:
        """Take new hyperparameters without a reset, or another optimizer with fresh state."""
        self.change_update(optimizer=optimizer)

    def change_update(self, **fields: Any) -> None:
        """Take other fields of the experiment that say what an update does, such as its `regularization`."""
        before = self.experiment
        self.experiment = structs.replace(before, **fields)
        if type(self.experiment.optimizer) is type(before.optimizer):
            self._update.configure(self.experiment)
        else:
            self._update.take(self.experiment)
        self._changed()

    def set_parameter(self, index: int, value: float) -> None:
        """Set one number of the parameter vector by hand, between two steps."""
        with np.errstate(over="ignore"):  # float32 has no 1e300
            self.network.parameters[index] = value
        self._last.parameters[index] = self.network.parameters[index]
        self._by_hand = self.steps
        self._changed()

    def resize_batches(self, size: int) -> None:
        """Take another batch size: a begun epoch ends here."""
        self.experiment = structs.replace(self.experiment, batches=structs.replace(self.experiment.batches, size=size))
        self._end_epoch()

    def take_data(self, data: Data, parts: Parts | None = None) -> None:
        """Learn from other samples of the same kind (`parts`: already loaded): a begun epoch ends here."""
        self.experiment = structs.replace(self.experiment, data=data)
        self._take_data(parts or load(data))
        self._end_epoch()

    def follow(self, experiment: Experiment) -> None:
        """Take over the fields that change no number of the run: when to evaluate and when to stop."""
        self.experiment = structs.replace(self.experiment, evaluation=experiment.evaluation, stop=experiment.stop)
        self._plan()

    def snapshot(self) -> Snapshot:
        """Copies of everything that a picture of this moment needs."""
        network, met = self.network, self.record.steps if self.diverged else self.steps
        loss = self.record.losses(max(0, met - 1), met)
        return Snapshot(
            step=self.steps,
            epoch=self.epoch,
            numbers=frozen_copy(network.numbers),
            gradient=frozen_copy(network.gradient),
            update=frozen_copy(self._last.update()),
            batch=self._batch,
            batch_loss=float(loss[0]) if len(loss) else None,
        )

    def checkpoint(self) -> Checkpoint:
        """All that must be kept to go on from here."""
        parameters, state = frozen_copy(self.network.parameters), frozen_copy(self.rule.state)
        place = self.batches.begun, self.batches.first
        network_state = frozen_copy(self.network.state)
        return Checkpoint(self.steps, self.experiment, parameters, state, self.rule.count, *place, network_state)

    def restore(self, checkpoint: Checkpoint) -> None:
        """Go back (or on) to `checkpoint`. What the step before it met (gradient, update, batch) is not known there."""
        before, now = self.experiment, checkpoint.experiment
        self.experiment = structs.replace(now, evaluation=before.evaluation, stop=before.stop)
        if now.data != before.data:
            self._take_data(load(now.data))
        place = checkpoint.epoch_begun, checkpoint.epoch_first
        self._take_batches(Batches(self._data.samples, now.batches.size, now.batches.seed, *place))
        self._update.take(self.experiment)
        self.adopt(checkpoint)
        self._last.forget()
        self.network.gradient[:] = 0
        self.steps = checkpoint.step
        self.diverged, self._batch, self._by_hand = None, no_samples(), -1
        self._plan()

    def adopt(self, checkpoint: Checkpoint) -> None:
        """Take the numbers of `checkpoint` for those computed here: another machine may have rounded otherwise."""
        np.copyto(self.network.parameters, checkpoint.parameters)
        np.copyto(self.network.state, checkpoint.network_state)
        np.copyto(self.rule.state, checkpoint.state)
        self.rule.count = checkpoint.count

    def _draw_batch(self) -> tuple[Indices, StepWiring]:
        """The samples of the next step, gathered where the step works on them."""
        indices = self.batches.at(self.steps)
        at_work = self._wirings[len(indices)]
        # "clip" skips a check of every index; they are all in range.
        self._data.inputs.take(indices, 1, at_work.input_rows, "clip")
        self._data.targets.take(indices, 1, at_work.target_rows, "clip")
        for draw, stream in at_work.dice:
            draw(stream.at(self.steps))
        return indices, at_work

    def _changed(self) -> None:
        """After a change by hand. A divergence does not take it back, and a diverged run may try again."""
        self._last.known = False
        if self.diverged:
            self.diverged = None
            self.record.cut(self.steps)
            self.history.cut(self.steps)

    def _plan(self) -> None:
        self._due = next_evaluation(self.experiment.evaluation, self.batches, self.steps)

    def _take_data(self, parts: Parts) -> None:
        self._data = PreparedData(parts, self.network, self.experiment)
        self.parts, self.encoding = parts, self._data.encoding

    def _take_batches(self, batches: Batches) -> None:
        self.batches = batches
        sizes = {batches.size, batches.last_size}
        if set(self._wirings) != sizes:
            self._wirings = {size: StepWiring(self.network, self.experiment, size) for size in sizes}
        self._plan()

    def _end_epoch(self) -> None:
        self._take_batches(self.batches.resized(self._data.samples, self.experiment.batches.size, self.steps))
        self._changed()

    def _diverge(self, loss: float) -> bool:
        """The last update led to `loss`. Undo it: back to the parameters, state and step of the last finite loss.

        Where something was changed by hand since that update nothing is undone: it would undo the change as well.
        """
        by_hand = self._by_hand >= max(0, self.steps - AT_ONCE)
        rate = self.experiment.learning_rate_at(max(0, self.steps - 1))
        self.diverged = Diverged(self.steps + 1, loss, rate, by_hand, decay_of(self.experiment, rate))
        self.steps -= self._last.undo()
        return False
