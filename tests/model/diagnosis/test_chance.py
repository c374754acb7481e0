import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model.diagnosis.chance import chance_level
from model.losses import LOSSES, MeanSquaredError, SigmoidCrossEntropy, SoftmaxCrossEntropy


def test_two_equally_frequent_classes_give_log_2():
    assert chance_level(SigmoidCrossEntropy(), np.array([[0.0], [1.0]])) == pytest.approx(math.log(2))
    assert chance_level(SoftmaxCrossEntropy(), np.eye(2)) == pytest.approx(math.log(2))


def test_by_hand():
    assert chance_level(MeanSquaredError(), np.array([[0.0, 1.0], [2.0, 1.0], [4.0, 1.0]])) == pytest.approx(4 / 3)
    shares = np.eye(3)[[0, 0, 1, 2]]  # 1/2, 1/4, 1/4: 3/2 bits
    assert chance_level(SoftmaxCrossEntropy(), shares) == pytest.approx(1.5 * math.log(2))
    assert chance_level(SigmoidCrossEntropy(), np.ones((5, 1))) == 0


@pytest.mark.parametrize("kind", LOSSES)
@given(
    targets=arrays(np.int64, st.integers(2, 20), elements=st.integers(0, 2)),
    answer=arrays(np.float64, 3, elements=st.floats(-5, 5)),
)
def test_no_constant_answer_is_better(kind, targets, answer):
    """The definition itself as the oracle: the loss of any constant output, by the code that trains."""
    encoded = np.eye(3)[targets]
    constant = np.tile(answer, (len(encoded), 1))
    assert kind().of_each(constant, encoded).mean() >= chance_level(kind(), encoded) - 1e-12
