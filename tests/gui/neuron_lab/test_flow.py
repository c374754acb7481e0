import pytest
from PySide6.QtWidgets import QWidget

from gui.neuron_lab.flow import Flow
from gui.neuron_lab.paragraph import Paragraph


@pytest.fixture
def holder(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def filled(holder, equal, count=4):
    flow = Flow(holder, equal=equal, gap=8)
    for _ in range(count):
        each = QWidget()
        each.setFixedHeight(20)
        each.setMinimumWidth(100)
        each.setBaseSize(100, 20)
        flow.addWidget(each)
    return flow


def test_equal_columns_fill_the_line(holder):
    flow = filled(holder, equal=True)
    holder.resize(220, 100)
    flow.setGeometry(holder.rect())
    places = [flow.itemAt(i).geometry() for i in range(4)]
    assert [(p.x(), p.y(), p.width()) for p in places] == [(0, 0, 106), (114, 0, 106), (0, 24, 106), (114, 24, 106)]
    assert flow.heightForWidth(220) == 44
    assert flow.heightForWidth(1000) == 20
    assert flow.heightForWidth(50) == 4 * 20 + 3 * 4
    assert flow.minimumSize().width() == 100


def test_items_can_be_taken(holder):
    flow = filled(holder, equal=False)
    assert flow.count() == 4 and flow.itemAt(4) is None and flow.takeAt(9) is None
    flow.takeAt(0)
    assert flow.count() == 3 and flow.hasHeightForWidth()


def test_a_paragraph_grows_and_never_shrinks(qtbot, switch):
    label = Paragraph("Name", 2)
    qtbot.addWidget(label)
    label.resize(200, 40)
    line = label.fontMetrics().lineSpacing()
    assert label.heightForWidth(200) == 2 * line
    label.setText("\n".join("abcd"))
    assert label.heightForWidth(200) == 4 * line
    label.setText("a")
    assert label.heightForWidth(200) == 4 * line  # what stands below does not jump
    assert label.accessibleName() == "Name" and label.accessibleDescription() == "a"
    label.setText("word " * 40)
    assert label.heightForWidth(100) > label.heightForWidth(400)
