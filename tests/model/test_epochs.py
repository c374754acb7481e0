from msgspec import structs

from model.epochs import Epochs
from model.experiment_file import from_plain
from model.interventions import ChangeBatchSize, ChangeData, SetParameter
from model.trainer import Trainer

EXPERIMENT = from_plain(
    {
        "format": "downhill-experiment",
        "data": {"dataset": {"type": "gaussians", "samples": 100}, "test": 0.2},
        "network": {"layers": [{"type": "affine", "units": 1}]},
        "batches": {"size": 10},
    }
)  # 80 samples: 8 steps an epoch


def test_without_a_change_all_epochs_are_equally_long():
    epochs = Epochs.of(EXPERIMENT)
    assert [epochs.done(step) for step in (0, 7, 8, 15, 16, 800)] == [0, 0, 1, 1, 2, 100]


def test_another_batch_size_ends_the_begun_epoch_and_makes_the_next_ones_longer():
    # Two epochs and four steps of 8; the third ends there, at step 20. From there 16 steps make an epoch.
    epochs = Epochs.of(EXPERIMENT, [ChangeBatchSize(step=20, size=5)])
    assert [epochs.done(step) for step in (16, 19, 20, 35, 36, 52)] == [2, 2, 3, 3, 4, 5]


def test_a_change_between_two_epochs_cuts_none_short():
    epochs = Epochs.of(EXPERIMENT, [ChangeBatchSize(step=16, size=20)])
    assert [epochs.done(step) for step in (15, 16, 19, 20)] == [1, 2, 2, 3]


def test_more_samples_make_longer_epochs_and_a_weight_set_by_hand_makes_none():
    twice = structs.replace(EXPERIMENT.data, dataset=structs.replace(EXPERIMENT.data.dataset, samples=200))
    weight = SetParameter(step=3, layer=0, name="weights", at=(0, 0), value=1.0)
    epochs = Epochs.of(EXPERIMENT, [weight, ChangeData(step=8, data=twice)])
    assert [epochs.done(step) for step in (7, 8, 23, 24)] == [0, 1, 1, 2]


def test_it_counts_as_the_trainer_does():
    trainer = Trainer(EXPERIMENT)
    found = []
    for size, steps in ((7, 21), (33, 4), (80, 5)):
        trainer.resize_batches(size)
        for _ in range(steps):
            found.append((trainer.steps, trainer.epoch))
            trainer.step()
    changes = [ChangeBatchSize(step=0, size=7), ChangeBatchSize(step=21, size=33), ChangeBatchSize(step=25, size=80)]
    epochs = Epochs.of(EXPERIMENT, changes)
    assert [(step, epochs.done(step)) for step, _ in found] == found
