"""Diagnosis: what is going on in a run, in words, with the number that shows it.

Each finding is a page: what it is, its measure, its threshold and why that one, and what to do. All thresholds were
chosen on runs: experiments in which it goes wrong must raise them, and the starters that learn well must raise none, at
no step and from no seed.
"""

from collections.abc import Callable, Iterator

from model.diagnosis.class_balance import class_balance
from model.diagnosis.divergence_finding import divergence
from model.diagnosis.evidence import Evidence
from model.diagnosis.feature_scale import feature_scale
from model.diagnosis.finding import KINDS, TITLES, Finding, Kind
from model.diagnosis.flat_units import flat_units
from model.diagnosis.gradient_flow import exploding, vanishing
from model.diagnosis.learning_rate import too_high, too_low
from model.diagnosis.overfitting import overfitting
from model.diagnosis.plateau import plateau
from model.diagnosis.sampled_network import SampledNetwork
from model.trainer import Trainer

Examination = Callable[[Evidence], Iterator[Finding]]

OF_LEARNING: tuple[Examination, ...] = (too_high, exploding, flat_units, vanishing, too_low, overfitting, plateau)
OF_DATA: tuple[Examination, ...] = (feature_scale, class_balance)


def diagnose(evidence: Evidence) -> tuple[Finding, ...]:
    """Everything that goes wrong, the most serious first; empty where nothing is conspicuous."""
    # What else is wrong with the numbers of a diverged run is an effect of that.
    of_run = (divergence,) if evidence.diverged else OF_LEARNING
    found = (finding for examine in (*of_run, *OF_DATA) for finding in examine(evidence))
    return tuple(sorted(found, key=lambda finding: finding.rank))


def evidence_of(trainer: Trainer, sampled: SampledNetwork | None = None) -> Evidence:
    """What is known of a run where it stands now. `sampled`: of the same network and data, where there is one."""
    return Evidence(
        experiment=trainer.experiment,
        parts=trainer.parts,
        record=trainer.record,
        snapshot=trainer.snapshot(),
        sampled=sampled or SampledNetwork(trainer.experiment, trainer.parts),
        diverged=trainer.diverged,
    )


__all__ = ["KINDS", "TITLES", "Evidence", "Finding", "Kind", "SampledNetwork", "diagnose", "evidence_of"]
