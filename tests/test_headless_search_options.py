import pytest

from headless import CommandError
from headless_search_options import add_options, search_of
from main import Parser
from model.starters import starter


def asked(*arguments: str, name: str = "xor"):
    parser = Parser()
    parser.add_argument("--steps", type=int)
    add_options(parser)
    return search_of(starter(name), name, parser.parse_args(["--validation", "0.2", *arguments]))


def refusal(*arguments: str, name: str = "xor") -> str:
    with pytest.raises(CommandError) as refused:
        asked(*arguments, name=name)
    return str(refused.value)


def test_what_varies_by_default_and_the_options():
    spec = asked("--trials", "9", "--method", "tpe", "--seed", "4", "--no-pruning", "--steps", "70")
    assert [axis.path for axis in spec.axes] == ["optimizer.learning_rate", "regularization.l2"]
    assert (spec.trials, spec.method, spec.seed, spec.pruning, spec.steps) == (9, "tpe", 4, False, 70)
    assert spec.experiment.data.validation == 0.2


def test_what_varies_is_named_with_its_bounds():
    spec = asked("--vary", "learning_rate=1e-4..1:linear", "--vary", "units=2..9", "--vary", "weights=he,xavier")
    rate, units, rule = spec.axes
    assert (rate.low, rate.high, rate.scale) == (1e-4, 1, "linear")
    assert (units.path, units.low, units.high, units.whole) == ("network.layers[0].units", 2, 9, True)
    assert rule.options == ("he", "xavier")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--vary", "beta9"), "--vary beta9: there is no such hyperparameter"),
        (("--vary", "units=many"), "write the bounds as units=LOW..HIGH"),
        (("--vary", "units=9..2"), "must begin below its end"),
        (("--vary", "weights=he,she"), "must be one of"),
        (("--validation", "0"), "set the validation share to 0.2, say. --validation 0.2 does so."),
        (("--validation", "2"), "--validation 2: must be"),
        (("--validation", "0.8"), "leave no sample for training"),
        (("--method", "grid", "--vary", "weights"), "The grid has 3 different points"),
        (("--trials", "0"), "must be a whole number from 1 to 100,000, not '0'"),
        (("--seed", "-1"), "must be a whole number from 0 to 9,007,199,254,740,991, not '-1'"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(arguments, sentence):
    said = refusal(*arguments)
    assert sentence in said and "\n" not in said
