"""What a check has found, of which step and with what, and the sentences about it."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from gui.check_views.fault_chooser import Choice
from gui.number_editor import as_text
from gui.parameter_name import ParameterNames, name_in_files
from gui.words import words
from model.check_report import CheckReport
from model.next_step import NextStep

translate = QCoreApplication.translate


@dataclass(frozen=True, eq=False)
class Finding:
    """A report, and where it comes from."""

    report: CheckReport
    at: NextStep
    choice: Choice
    names: ParameterNames

    @property
    def agrees(self) -> bool:
        return self.report.verdict.kind == "agrees"

    def verdict(self) -> str:
        """The sentence that matters. With a fault that cannot show, the reason comes with it."""
        sentence = words(self.report.verdict.sentence)
        if self.choice.fault is None:
            return sentence
        fault = words(self.choice.fault.label)
        hidden = self.report.hidden
        if hidden is not None:
            text = translate("check", "The fault “{fault}” is not found. {why} {verdict}")
            return text.format(fault=fault, why=words(hidden), verdict=sentence)
        if self.report.verdict.kind == "disagrees":
            return translate("check", "The fault “{fault}” is found. {verdict}").format(fault=fault, verdict=sentence)
        return sentence

    def details(self) -> str:
        """The worst parameter with both numbers, the arrays that are wrong, and how many were skipped."""
        skipped = self.report.verdict.skipped
        parts = [self._worst(), self._wrong(), words(skipped) if skipped is not None else ""]
        return "\n".join(part for part in parts if part)

    def origin(self, now: int | None) -> str:
        """Of which step and batch, with which settings; `now`: the step that is shown, where that is another one."""
        text = translate(
            "check", "Checked at step {step:,}, on the batch of the next step ({samples:,} samples), h = {h}, {fault}."
        )
        fault = translate("check", "no fault")
        if self.choice.fault is not None:
            fault = translate("check", "fault: {name}").format(name=words(self.choice.fault.label))
        said = text.format(
            step=self.at.step,
            samples=len(self.at.batch),
            h=as_text(self.report.comparison.settings.step),
            fault=fault,
        )
        if self.at.experiment.precision != "float64":
            said += " " + translate("check", "In float64, whatever the training uses.")
        if now is not None:
            said += " " + translate("check", "The run has moved on to step {now:,}.").format(now=now)
        return said

    def sampled_names(self) -> tuple[str, ...]:
        """What the parameters of the curve are called in files."""
        comparison = self.report.comparison
        found = ((comparison.array_of(index), index) for index in self.report.sample)
        return tuple(name_in_files(each.entry, each.place_of(index)) for each, index in found)

    def _worst(self) -> str:
        worst = self.report.comparison.worst
        if worst is None:
            return ""
        each = self.report.comparison.array_of(worst.index)
        place = each.place_of(worst.index)
        text = translate(
            "check",
            "Largest error: {name}, {name_in_files}: backpropagation {analytic:.9g}, differences {numerical:.9g}, "
            "relative error {error:.1e}.",
        )
        return text.format(
            name=self.names.parameter(each.entry, place),
            name_in_files=name_in_files(each.entry, place),
            analytic=worst.analytic,
            numerical=worst.numerical,
            error=worst.error,
        )

    def _wrong(self) -> str:
        """Backward runs from the output to the inputs, so the mistake is where it meets the first wrong array."""
        wrong, arrays = self.report.comparison.wrong, self.report.comparison.arrays
        if self.report.verdict.kind != "disagrees" or not wrong:
            return ""
        if len(wrong) == len(arrays):
            return translate("check", "Every array is off: the mistake comes before backward has met any of them.")
        culprit = self.names.array(wrong[-1].entry)
        if len(wrong) == 1:
            return translate("check", "Only the {culprit} are off, all others agree.").format(culprit=culprit)
        text = translate(
            "check",
            "{wrong} of {arrays} arrays are off. Backward meets the {culprit} first: look there, or in the activation "
            "behind it.",
        )
        return text.format(wrong=len(wrong), arrays=len(arrays), culprit=culprit)

