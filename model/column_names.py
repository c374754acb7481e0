"""What the columns of a network are called, on the screen and in sentences: Inputs, Hidden 1, Hidden 2, Output."""

from model.message import QT_TRANSLATE_NOOP, Message


def column_name(column: int, columns: int) -> Message:
    """The name of `stages(layers)[column]` in a network of that many `columns`; a negative one means the inputs."""
    if column < 0:
        return Message(QT_TRANSLATE_NOOP("model", "Inputs"))
    if column == columns - 1:
        return Message(QT_TRANSLATE_NOOP("model", "Output"))
    return Message(QT_TRANSLATE_NOOP("model", "Hidden {number}"), {"number": column + 1})
