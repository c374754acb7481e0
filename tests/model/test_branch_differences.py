from types import SimpleNamespace

from msgspec import structs

from model.branch_differences import MOST_CHANGES, branch_differences, what_parted
from model.experiment_file import from_plain
from model.interventions import ChangeBatchSize, ChangeOptimizer, SetParameter
from model.optimizers import SGD
from model.timeline import Timeline

EXPERIMENT = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "gaussians", "samples": 50}},
        "network": {"layers": [{"type": "affine", "units": 1}]},
        "optimizer": {"type": "sgd", "learning_rate": 0.03},
    }
)


def timeline():
    """1: 20 steps. 2: leaves it at step 12 with another learning rate. 3: smaller batches from step 0 on."""
    made = Timeline(EXPERIMENT)
    made.advance(20)
    made.go_to(12)
    made.intervene(ChangeOptimizer(step=0, optimizer=SGD(learning_rate=0.5)))
    made.advance(8)
    made.begin(structs.replace(EXPERIMENT, batches=structs.replace(EXPERIMENT.batches, size=5)))
    made.advance(4)
    return made


def said(found):
    return [(str(each.label), *map(str, each.values)) for each in found]


def test_names_say_what_parted_a_branch_from_its_parent_or_a_run_from_the_first():
    views = timeline().views()
    assert [str(what_parted(each, views)) for each in views] == [
        "first run",
        "learning rate: 0.03 → 0.5 at step 12",
        "batch size: 10 → 5",
    ]


def test_a_run_begun_once_more_and_one_that_differs_in_much():
    made = timeline()
    made.begin(EXPERIMENT, keep=True)
    much = structs.replace(
        EXPERIMENT,
        optimizer=SGD(learning_rate=1.0),
        precision="float32",
        weights=structs.replace(EXPERIMENT.weights, seed=2),
    )
    made.begin(much, keep=True)
    views = made.views()
    assert str(what_parted(views[-2], views)) == "as the first run began"
    assert str(what_parted(views[-1], views)) == ("learning rate: 0.03 → 1, seed of the initial weights: 1 → 2, …")


def test_a_branch_that_nothing_was_changed_in_yet():
    made = timeline()
    made.part_from(1, 7)
    views = made.views()
    assert str(what_parted(views[-1], views)) == "from step 7 of 1"


def test_the_table_has_the_changes_that_not_all_have():
    views = timeline().views()
    assert said(branch_differences(views[:2])) == [("changed on the way", "–", "learning rate: 0.03 → 0.5 at step 12")]
    assert said(branch_differences(views)) == [
        ("batch size", "10", "10", "5"),
        ("changed on the way", "–", "learning rate: 0.03 → 0.5 at step 12", "–"),
    ]
    assert branch_differences([]) == [] == branch_differences(views[1:2])


def test_changes_in_common_are_left_out_and_very_many_are_counted():
    weight = SetParameter(step=1, layer=0, name="weights", at=(0, 0), value=2.0)
    many = [ChangeBatchSize(step=step, size=step) for step in range(2, 12)]
    views = [
        SimpleNamespace(experiment=EXPERIMENT, interventions=(weight,)),
        SimpleNamespace(experiment=EXPERIMENT, interventions=(weight, *many)),
    ]
    (row,) = branch_differences(views)
    lines = str(row.values[1]).split("\n")
    assert lines[0] == "batch size: 10 → 2 at step 2" and lines[1] == "batch size: 2 → 3 at step 3"
    assert len(lines) == MOST_CHANGES + 1 and lines[-1] == "and 2 more"
