"""The files that an experiment or a run has its data from: which they are, and their paths from a file and into one.

In memory paths are absolute. In an experiment's file the path of data in the same folder, or below it, is written from
there on, so that a folder with both can be moved, sent and opened anywhere.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from msgspec import structs

from model.data import Data
from model.data_files.source import File, Source
from model.datasets import AnyDataset, Arrays, OfFile, Table
from model.experiment import Experiment
from model.interventions import AnyIntervention, ChangeData
from model.saved_run import SavedBranch, SavedRun

Document = TypeVar("Document", Experiment, SavedRun)
Change = Callable[[File], File]


def datasets_of_files(document: Experiment | SavedRun) -> tuple[OfFile, ...]:
    """The data sets that have to be read before `document` can run, each once."""
    found = [data.dataset for data in _data(document) if isinstance(data.dataset, Table | Arrays)]
    return tuple(dict.fromkeys(found))


def from_folder(document: Document, folder: Path) -> Document:
    """As read from a file in `folder`: its relative paths become absolute."""
    return _changed(document, lambda file: structs.replace(file, path=str(folder.absolute() / file.path)))


def for_folder(document: Document, folder: Path) -> Document:
    """As to be written to a file in `folder`."""

    def relative(file: File) -> File:
        try:
            inside = Path(file.path).relative_to(folder.absolute())
        except ValueError:
            return file
        return structs.replace(file, path=inside.as_posix())

    return _changed(document, relative)


def moved(document: Document, path: str, to: Path) -> Document:
    """The file that was at `path` is now at `to`."""
    return _changed(
        document, lambda file: structs.replace(file, path=str(to.absolute())) if file.path == path else file
    )


def _data(document: Experiment | SavedRun) -> Iterator[Data]:
    if isinstance(document, Experiment):
        yield document.data
        return
    for branch in document.branches:
        yield branch.experiment.data
        for each in branch.interventions:
            if isinstance(each, ChangeData):
                yield each.data


def _changed(document: Document, change: Change) -> Document:
    if not datasets_of_files(document):
        return document
    if isinstance(document, Experiment):
        return _experiment(document, change)
    return replace(document, branches=tuple(_branch(each, change) for each in document.branches))


def _branch(branch: SavedBranch, change: Change) -> SavedBranch:
    interventions = tuple(_intervention(each, change) for each in branch.interventions)
    checkpoints = tuple(replace(each, experiment=_experiment(each.experiment, change)) for each in branch.checkpoints)
    experiment = _experiment(branch.experiment, change)
    return replace(branch, experiment=experiment, interventions=interventions, checkpoints=checkpoints)


def _intervention(each: AnyIntervention, change: Change) -> AnyIntervention:
    return structs.replace(each, data=_of_data(each.data, change)) if isinstance(each, ChangeData) else each


def _experiment(experiment: Experiment, change: Change) -> Experiment:
    return structs.replace(experiment, data=_of_data(experiment.data, change))


def _of_data(data: Data, change: Change) -> Data:
    return structs.replace(data, dataset=_dataset(data.dataset, change))


def _dataset(dataset: AnyDataset, change: Change) -> AnyDataset:
    def source(each: Source) -> Source:
        return change(each) if isinstance(each, File) else each

    if isinstance(dataset, Table):
        return structs.replace(dataset, source=source(dataset.source))
    if isinstance(dataset, Arrays):
        return structs.replace(dataset, files=tuple(map(source, dataset.files)))
    return dataset
