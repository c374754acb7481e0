"""A deed: an intervention that a person made, with what undoing it and doing it again need to know."""

from dataclasses import dataclass

from model.interventions import AnyIntervention


@dataclass(eq=False)
class Deed:
    """See `Timeline.intervene`, `withdraw` and `repeat`."""

    step: int
    change: AnyIntervention
    before: int  # the branch that it was made in
    interventions_before: tuple[AnyIntervention, ...]
    after: int  # the branch that goes on with it; the same where there was no future to keep

    def joined(self, later: "Deed") -> "Deed":
        """Both as one: a slider that is dragged is one deed."""
        return Deed(self.step, later.change, self.before, self.interventions_before, later.after)
