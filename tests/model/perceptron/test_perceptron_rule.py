from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from model.perceptron import EXERCISES, MOST_STEPS, Neuron, PerceptronRule, Sample, most_mistakes, right_answers

whole = st.integers(-6, 6)


def test_the_first_steps_of_and_by_hand():
    rule = PerceptronRule(EXERCISES["AND"].samples, 0.5)
    for x in ((0, 0), (0, 1), (1, 0)):  # u = 0: the answer is 0, and right
        step = rule.step()
        assert (step.sample.x, step.sum, step.output, step.error) == (x, 0, 0, 0)
        assert step.after == Neuron((0.0, 0.0), 0.0)
    step = rule.step()  # (1, 1) should be 1
    assert (step.sum, step.output, step.error) == (0, 0, 1)
    assert step.before == Neuron((0.0, 0.0), 0.0) and step.after == Neuron((0.5, 0.5), 0.5)
    step = rule.step()  # and now (0, 0) is wrong, too high
    assert (step.index, step.sum, step.error, step.after) == (0, 0.5, -1, Neuron((0.5, 0.5), 0.0))
    step = rule.step()  # (0, 1)
    assert (step.sum, step.error, step.after) == (0.5, -1, Neuron((0.5, 0.0), -0.5))
    assert (rule.mistakes, rule.passes, rule.next_index) == (3, 1, 2)


def learnt_plainly(samples, rate):
    """The rule as a plain loop of fractions: weights, mistakes, steps until a whole pass was right."""
    w1 = w2 = b = Fraction(0)
    mistakes = steps = row = 0
    while row < len(samples):
        x1, x2, target = samples[steps % len(samples)]
        error = target - (w1 * x1 + w2 * x2 + b > 0)
        w1, w2, b = w1 + rate * error * x1, w2 + rate * error * x2, b + rate * error
        mistakes, steps, row = mistakes + (error != 0), steps + 1, 0 if error else row + 1
    return (w1, w2, b), mistakes, steps


@settings(max_examples=60)
@given(st.lists(st.tuples(whole, whole), min_size=2, max_size=7, unique=True), whole, whole, whole)
def test_what_a_line_separates_is_learnt_within_novikoffs_bound(points, v1, v2, c):
    # The targets are a neuron's own answers, so that there is a line; no point lies on it.
    assume(all(v1 * x1 + v2 * x2 + c for x1, x2 in points))
    samples = [(x1, x2, int(v1 * x1 + v2 * x2 + c > 0)) for x1, x2 in points]
    rule = PerceptronRule([Sample((x1, x2), t) for x1, x2, t in samples], 0.5)
    rule.run()
    bound = most_mistakes(rule.samples)
    assume(len(rule.steps) < MOST_STEPS)
    assert rule.separates() and rule.repeats() is None
    assert right_answers(rule.neuron, rule.samples) == len(samples)
    assert bound is not None and rule.mistakes <= bound * (1 + 1e-9)
    weights, mistakes, steps = learnt_plainly(samples, Fraction(1, 2))
    assert (*rule.neuron.weights, rule.neuron.bias) == weights
    assert (rule.mistakes, len(rule.steps)) == (mistakes, steps)


@pytest.mark.parametrize("name", ["AND", "NAND", "OR", "clouds"])
@pytest.mark.parametrize("rate", [0.1, 0.3, 1.0])
def test_the_exercises_with_a_line_are_learnt(name, rate):
    rule = PerceptronRule(EXERCISES[name].samples, rate)
    rule.run()
    assert rule.separates()
    assert right_answers(rule.neuron, rule.samples) == len(rule.samples)
    assert rule.mistakes <= most_mistakes(rule.samples)


@pytest.mark.parametrize("name", ["XOR", "mixed"])
@pytest.mark.parametrize("rate", [0.1, 0.3, 1.0])
def test_without_a_line_the_weights_go_round_in_circles(name, rate):
    rule = PerceptronRule(EXERCISES[name].samples, rate)
    rule.run()
    assert not rule.separates() and most_mistakes(rule.samples) is None
    first, now = rule.repeats(), len(rule.steps)
    assert first is not None and first < now and (now - first) % len(rule.samples) == 0
    # From there on everything comes again: the next round makes the same steps.
    for _ in range(now - first):
        rule.step()
    earlier, later = rule.steps[first:now], rule.steps[now:]
    assert [step.error for step in earlier] == [step.error for step in later]
    assert any(step.error for step in earlier)


def test_xor_circles_at_once():
    # By hand from 0: after five steps and after nine the weights are (-1, 0), b = 0, and (0, 1) is due.
    rule = PerceptronRule(EXERCISES["XOR"].samples, 1.0)
    rule.run()
    assert (rule.repeats(), len(rule.steps)) == (5, 9)
    rule.back()
    assert rule.repeats() is None
    rule.step()
    assert rule.repeats() == 5
    assert rule.steps[4].after == rule.steps[8].after == Neuron((-1.0, 0.0), 0.0)


@pytest.mark.parametrize("rate", [0.1, 0.7])
def test_back_takes_every_step_back(rate):
    rule = PerceptronRule(EXERCISES["XOR"].samples, rate)
    states = [rule.neuron]
    for _ in range(9):
        rule.step()
        states.append(rule.neuron)
    for state in reversed(states[:-1]):
        rule.back()
        assert rule.neuron == state
    rule.back()
    assert rule.steps == [] and rule.mistakes == 0
    rule.step()
    assert rule.neuron == states[1]


def test_from_zero_the_rate_scales_the_weights_and_changes_no_answer():
    small, large = (PerceptronRule(EXERCISES["clouds"].samples, rate) for rate in (0.125, 2.0))
    for rule in (small, large):
        rule.run()
    assert [step.error for step in small.steps] == [step.error for step in large.steps]
    assert [16 * w for w in small.neuron.weights] == list(large.neuron.weights)


def test_it_may_start_from_other_weights():
    start = Neuron((0.5, 0.5), -0.7)
    rule = PerceptronRule(EXERCISES["AND"].samples, 0.1, start)
    rule.run()
    assert rule.neuron == start and rule.mistakes == 0 and len(rule.steps) == 4
