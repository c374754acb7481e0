"""One training step, written out by hand: the floor that the trainer is measured against.

The same work as `Trainer.step`: gather the batch, forward, loss, finite check, backward, the norm of each layer's
gradient, the SGD update and a note of the loss; in homogeneous coordinates, on buffers made once, every `out=` given,
no Python number as an operand. It can do one network shape (tanh between affine layers), one optimizer and one loss.
"""

import math
from itertools import pairwise

import numpy as np


class HandWritten:
    """2-8-8-8-1 and its like: tanh, mean squared error or softmax cross entropy, SGD."""

    def __init__(self, inputs, targets, sizes, batch, learning_rate, *, softmax=False):
        random = np.random.default_rng(1)
        self.batch, self.softmax = batch, softmax
        self.inputs, self.targets = np.ascontiguousarray(inputs.T), np.ascontiguousarray(targets.T)
        self.order = random.permutation(len(inputs))
        self.batches = len(inputs) // batch
        shapes = [(a + 1, b) for a, b in pairwise(sizes)]
        ends = np.cumsum([a * b for a, b in shapes])
        self.parameters = random.normal(0, 0.5, ends[-1])
        self.gradient = np.zeros(ends[-1])
        pieces = [slice(e - a * b, e) for e, (a, b) in zip(ends, shapes, strict=True)]
        self.w = [self.parameters[p].reshape(s) for p, s in zip(pieces, shapes, strict=True)]
        self.wt = [w.T for w in self.w]
        self.weights = [w[:-1] for w in self.w]
        self.g = [self.gradient[p].reshape(s) for p, s in zip(pieces, shapes, strict=True)]
        self.flat = [self.gradient[p] for p in pieces]
        rooms = [np.ones((batch, n + 1), order="F") for n in sizes]
        self.x1t = [r.T for r in rooms]
        self.x = [r[:, :-1] for r in rooms]
        self.x_rows = rooms[0].T[:-1]
        self.t_rows = np.zeros((sizes[-1], batch))
        self.t = self.t_rows.T
        self.z = [np.zeros((batch, n), order="F") for n in sizes]
        self.d = [np.zeros((batch, n), order="F") for n in sizes]
        self.zt, self.dt = [z.T for z in self.z], [d.T for d in self.d]
        self.e = np.zeros((batch, sizes[-1]), order="F")
        self.e_flat, self.t_flat = self.e.T.reshape(-1), self.t_rows.reshape(-1)
        self.exp = np.zeros_like(self.e, order="F")
        self.most, self.total = np.zeros((batch, 1)), np.zeros((batch, 1))
        self.step_vector = np.zeros_like(self.parameters)
        self.rate, self.share, self.one = np.array(learning_rate), np.array(1 / batch), np.array(1.0)
        self.layers = range(len(shapes))
        self.losses, self.norms = [], []
        self.steps = 0

    def step(self):
        at = self.steps % self.batches
        if at == 0 and self.steps:
            np.random.default_rng(self.steps).shuffle(self.order)
        indices = self.order[at * self.batch : (at + 1) * self.batch]
        self.inputs.take(indices, 1, self.x_rows, "clip")
        self.targets.take(indices, 1, self.t_rows, "clip")
        x, x1t, z, zt, d, dt, w, wt = self.x, self.x1t, self.z, self.zt, self.d, self.dt, self.w, self.wt
        last = len(w)
        for i in self.layers:
            np.dot(wt[i], x1t[i], out=zt[i + 1])
            if i + 1 < last:
                np.tanh(z[i + 1], out=x[i + 1])
        y = z[last]
        loss = self._softmax_loss(y, d[last]) if self.softmax else self._squared_loss(y, d[last])
        if not math.isfinite(loss):
            raise ArithmeticError("diverged")
        norms = []
        for i in reversed(self.layers):
            np.dot(x1t[i], d[i + 1], out=self.g[i])
            norms.append(self.flat[i].dot(self.flat[i]))
            if i:
                np.dot(self.weights[i], dt[i + 1], out=dt[i])
                np.multiply(x[i], x[i], out=z[i])
                np.subtract(self.one, z[i], out=z[i])
                np.multiply(d[i], z[i], out=d[i])
        np.multiply(self.gradient, self.rate, out=self.step_vector)
        np.subtract(self.parameters, self.step_vector, out=self.parameters)
        self.losses.append(loss)
        self.norms.append(norms)
        self.steps += 1

    def _squared_loss(self, y, d):
        np.subtract(y, self.t, out=self.e)
        np.multiply(self.e, self.share, out=d)
        return self.e_flat.dot(self.e_flat) / (2 * self.batch)

    def _softmax_loss(self, y, d):
        np.max(y, axis=1, keepdims=True, out=self.most)
        np.subtract(y, self.most, out=self.e)
        np.exp(self.e, out=self.exp)
        np.sum(self.exp, axis=1, keepdims=True, out=self.total)
        np.divide(self.exp, self.total, out=d)
        np.subtract(d, self.t, out=d)
        np.multiply(d, self.share, out=d)
        np.log(self.total, out=self.most)
        return (self.most.sum() - self.e_flat.dot(self.t_flat)) / self.batch
