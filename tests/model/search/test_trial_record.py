from model.search.space import Range
from model.search.trial_record import TrialRecord, table, winner
from model.search.trial_run import Result

AXES = (Range(path="rate", low=0.1, high=1),)


def trial(place, state, loss=None, how="complete"):
    result = Result(how=how, step=10, validation_loss=loss) if state in ("complete", "pruned") else None
    return TrialRecord(place=place, state=state, values={"rate": 0.25}, curve={5: 1.0}, result=result)


def test_the_winner_went_the_whole_way_and_has_the_lowest_loss():
    trials = [
        trial(0, "complete", 0.5),
        trial(1, "pruned", 0.1, "hopeless"),
        trial(2, "complete", 0.2),
        trial(3, "running"),
    ]
    assert winner(trials).place == 2
    assert winner([trial(4, "complete", 0.2), trial(1, "complete", 0.2)]).place == 1
    assert winner([trial(0, "running"), trial(1, "pruned", None, "diverged")]) is None


def test_the_table_has_all_numbers_in_full():
    rows = table(AXES, [trial(0, "complete", 1 / 3), trial(1, "pruned", None, "diverged"), trial(2, "running")])
    assert rows[0] == ["trial", "state", "rate", "step", "train_loss", "validation_loss", "validation_accuracy", "note"]
    assert rows[1] == [1, "complete", 0.25, 10, "", 1 / 3, "", ""]
    assert rows[2][:2] == [2, "diverged"] and rows[3][:4] == [3, "running", 0.25, ""]
