"""The neuron by itself: what one can say, how it learns, and what two layers of them can do that one cannot."""

from model.perceptron.activations import ACTIVATIONS, AnswerFunction
from model.perceptron.exercises import EXERCISES, Exercise
from model.perceptron.gates import CORNERS, GATES, Gate, Row, gate_of, pair_sums, truth_table
from model.perceptron.neuron import Neuron, Point
from model.perceptron.novikoff import margin, most_mistakes
from model.perceptron.numbers import NeuronNumbers
from model.perceptron.perceptron_rule import MOST_STEPS, PerceptronRule, Sample, Step, right_answers
from model.perceptron.two_layers import TWO_LINEAR_LAYERS, XOR_NETWORK, TwoLayers

__all__ = [
    "ACTIVATIONS",
    "CORNERS",
    "EXERCISES",
    "GATES",
    "MOST_STEPS",
    "TWO_LINEAR_LAYERS",
    "XOR_NETWORK",
    "AnswerFunction",
    "Exercise",
    "Gate",
    "Neuron",
    "NeuronNumbers",
    "PerceptronRule",
    "Point",
    "Row",
    "Sample",
    "Step",
    "TwoLayers",
    "gate_of",
    "margin",
    "most_mistakes",
    "pair_sums",
    "right_answers",
    "truth_table",
]
