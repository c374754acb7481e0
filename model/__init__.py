"""The textbook: a neural network, its training and its pictures in NumPy. Runs without a window.

Products of matrices run on one thread, everywhere: with two, BLAS adds the same numbers in another order and the last
bits of a run change. Learning must give the same bits every time on one machine.
"""

import numpy as np  # before the next line: only a BLAS that is loaded can be limited
from threadpoolctl import threadpool_limits  # pyright: ignore[reportMissingTypeStubs]

BLAS_THREADS = threadpool_limits(limits=1)
NUMPY_VERSION = np.__version__
