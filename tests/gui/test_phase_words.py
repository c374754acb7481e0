import pytest
from msgspec.structs import replace

from gui.phase_words import phase_sentence
from model.clipping import Clipping
from model.phases import Phase
from model.regularization import Regularization
from model.starters import starter
from model.trainer import Trainer


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "moves every parameter downhill"),
        ({"clipping": Clipping(norm=1.0)}, "goes by the gradient, clipped where it is too long"),
        ({"regularization": Regularization(l2=0.1)}, "goes by the gradient and the penalty's"),
        (
            {"regularization": Regularization(l1=0.1), "clipping": Clipping(norm=1.0)},
            "goes by the gradient and the penalty's, clipped",
        ),
    ],
)
def test_the_update_says_what_it_goes_by(qapp, fields, said):
    experiment = replace(starter("spiral"), **fields)
    step = Trainer(experiment).look_inside()
    assert phase_sentence(Phase("update"), experiment, step, None) == f"Update: Adam {said}"
