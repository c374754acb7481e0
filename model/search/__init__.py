"""Hyperparameter search: choosing what training itself cannot learn.

A learning rate has no gradient: whether 0.01 is better than 0.1 is found out by training twice and comparing. A search
does that many times. Each try is a *trial*: values for the hyperparameters that vary, a network trained with them, and
the loss on the *validation* part as its mark.

**Why the test part stays unseen.** The best of a hundred marks is the best partly by luck, and the luck is bought from
the very samples that gave the marks. The validation part is used up by choosing. So a trial neither computes nor keeps
a figure of the test part; it is measured once, for the winner, and that number alone says how good the network is on
data that had no influence at all.

**Why by chance and not on a grid.** Of several hyperparameters usually one or two matter. A grid of 9 trials over two
of them tries 3 values of each; 9 random trials try 9 of each, at the same price. (J. Bergstra and Y. Bengio, "Random
Search for Hyper-Parameter Optimization", Journal of Machine Learning Research 13 (2012) 281-305.)

**Why on a logarithmic scale.** From 0.001 to 0.002 a learning rate changes as much as from 0.1 to 0.2: what counts is
the factor. Drawn evenly between 0.0001 and 1, nine of ten would lie above 0.1. Drawn evenly in the exponent, each power
of ten gets its share (`space`).

**How to learn from the trials before.** TPE, the tree-structured Parzen estimator, models where the good trials lie,
l(x), and where the others lie, g(x), and tries where l(x) / g(x) is large. (J. Bergstra et al., "Algorithms for
Hyper-Parameter Optimization", Advances in Neural Information Processing Systems 24 (2011).)

**Why some trials end early.** A trial that is worse than most others half-way seldom wins (`pruning`).

These pages are the mathematics of a search. What runs it, processes on all cores with Optuna's storage and its TPE, is
in `search_engine`.
"""
