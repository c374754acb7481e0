"""The list of findings: whatever they say, all of it can be read."""

import pytest

from gui.finding_list import FindingList, FindingsButton
from gui.text_label import TextLabel
from model.diagnosis import Finding
from model.message import Message

JUST_TOO_LONG = "The first layer's gradient, 4.6e-08, is 1/2,220,000 of the last layer's, 0.1."  # by its last word


@pytest.mark.parametrize("projector", [False, True])
def test_no_line_is_cut(qtbot, switch, projector):
    switch.set_projector(projector)
    finding = Finding("plateau", 1.0, Message(JUST_TOO_LONG), Message(JUST_TOO_LONG), "loss")
    inside = FindingList(lambda panel: panel)
    button = FindingsButton("What to do", inside, lambda: [finding])
    qtbot.addWidget(button)
    button.show()
    button.open()
    labels = [each for each in inside.findChildren(TextLabel) if each.isVisible()]
    assert len(labels) == 3
    assert all(each.height() >= each.heightForWidth(each.width()) for each in labels)
