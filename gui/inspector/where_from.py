"""Which step and which sample the numbers on a page are from."""

from PySide6.QtCore import QCoreApplication

from gui.inspector.known import Known

translate = QCoreApplication.translate


def where_from(here: Known) -> str:
    """In one sentence."""
    step = here.step
    if step is None:
        return translate("inspector", "The numbers of the step that comes next are on their way.")
    if here.row is None:
        text = translate("inspector", "Step {step:,}, the whole batch: values are means, gradients are sums.")
        return text.format(step=step.step + 1)
    text = translate("inspector", "Step {step:,}, training sample {sample:,}.")
    if here.foretells:
        text = translate("inspector", "Step {step:,}, the next one: training sample {sample:,}.")
    return text.format(step=step.step + 1, sample=int(step.batch[here.row]) + 1)
