from gui.neuron_lab.paragraph import Paragraph


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
