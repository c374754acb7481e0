"""The neuron and perceptron lab: planes with handles to drag, and pages around them."""
