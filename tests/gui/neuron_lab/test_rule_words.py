from gui.neuron_lab.rule_words import verdict
from model.perceptron import MOST_STEPS, PerceptronRule, Sample, most_mistakes


def test_a_run_that_was_cut_off_says_so():
    # Two samples hardly apart: a line is there, but far more steps away than one run does.
    rule = PerceptronRule([Sample((10000.0, 10000.0), 0), Sample((10000.0, 10001.0), 1)], 1.0)
    rule.run()
    assert len(rule.steps) == MOST_STEPS and not rule.separates() and rule.repeats() is None
    said = verdict(rule, most_mistakes(rule.samples))
    assert "No end so far; Run to the end goes on for another 5,000 steps." in said
    assert "a line separates these" in said
