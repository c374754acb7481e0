"""The parts of the initial weights lab: its controls, the histograms, the plots of gradients and of training."""
