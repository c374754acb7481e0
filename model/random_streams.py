"""Random numbers that can be asked for again.

An ordinary generator is a tape: to hear number 1,000 again one must have played numbers 0 to 999, and whoever reads one
number more shifts the numbers of everybody after. A counter-based generator has no tape. It scrambles a counter with a
key, block by block,

    block(key, counter) = Philox-4x64-10(key, counter)          four 64-bit words from 128 bits of key, 256 of counter

so any place can be reached at once (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3", SC11).

Here every purpose ("the split", "the weights of layer 2", "the shuffles") has a key of its own, the pair (seed, hash of
the purpose's name), so a new purpose disturbs no other. Its epoch or step stands in the highest of the counter's four
words and the lower three count the blocks drawn, so that two epochs would meet only after 2^192 blocks. To rewind a run
it is therefore enough to know the step: no generator's state has to be kept.
"""

from hashlib import blake2b

import numpy as np

HIGHEST_WORD = 3  # NumPy keeps the counter's four words from the lowest to the highest


def stream(seed: int, purpose: str, counter: int = 0) -> np.random.Generator:
    """A new generator at the beginning of the place that `seed`, `purpose` and `counter` name.

    `seed` and `counter` lie in 0 .. 2^64 - 1; raises ValueError otherwise.
    """
    return np.random.Generator(_philox(seed, purpose, counter))


class Stream:
    """The places of one seed and purpose, one after the other: the same numbers as `stream`, sooner.

    A new generator costs about ten times what moving an existing one costs, and the training loop moves one per step.
    """

    def __init__(self, seed: int, purpose: str) -> None:
        self._bits = _philox(seed, purpose, counter=0)
        self._generator = np.random.Generator(self._bits)
        self._start = self._bits.state  # a fresh state: nothing drawn, nothing left over from an earlier draw
        self._counter = self._start["state"]["counter"]

    def at(self, counter: int) -> np.random.Generator:
        """The generator, moved to the beginning of `counter`. The same object every time: use it, don't keep it."""
        self._counter[HIGHEST_WORD] = counter
        self._bits.state = self._start
        return self._generator


def _philox(seed: int, purpose: str, counter: int) -> np.random.Philox:
    if not (0 <= seed < 2**64 and 0 <= counter < 2**64):
        raise ValueError(f"seed and counter must lie in 0 .. 2^64 - 1, not {seed} and {counter}")
    # blake2b and not hash(): Python's own hash of a text differs from one start of the program to the next.
    name = int.from_bytes(blake2b(purpose.encode(), digest_size=8).digest(), "little")
    return np.random.Philox(
        key=np.array([seed, name], dtype=np.uint64),
        counter=np.array([0, 0, 0, counter], dtype=np.uint64),
    )
