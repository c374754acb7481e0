"""A number of a feature map in words: the sum that it is, and how much of the image it has seen."""

from PySide6.QtCore import QCoreApplication

from gui.cnn_views.flow import Closely, Flow, as_maps
from gui.figures import figure
from gui.words import words
from model.layers import Activation
from model.one_window import ConvolutionSum, PooledWindow

translate = QCoreApplication.translate

DIGITS = 3


def result(shown: Closely, flow: Flow, channel: int) -> list[str]:
    """How the number comes about, in one or two lines."""
    window, output = shown.window, shown.output
    if isinstance(window, ConvolutionSum):
        return _convolution(window, channel)
    if isinstance(window, PooledWindow):
        return [_pooling(window)]
    if shown.layer is None:
        return [translate("cnn", "A number of the input: {value}").format(value=figure(shown.value))]
    name = words(shown.layer.label)
    if isinstance(shown.layer, Activation):
        x = as_maps(flow.signals[output.place - 1])[output.channel, output.row, output.column]
        return [translate("cnn", "{layer} of {x} is {y}").format(layer=name, x=figure(float(x)), y=figure(shown.value))]
    return [translate("cnn", "{layer}: {value}").format(layer=name, value=figure(shown.value))]


def _convolution(window: ConvolutionSum, channel: int) -> list[str]:
    sums = window.channel_sums
    total = float(sums.sum())
    bias, output = figure(window.bias), figure(window.output)
    if len(sums) == 1:
        text = translate("cnn", "Sum of the products {total}, bias {bias}: output {output}")
        return [text.format(total=figure(total), bias=bias, output=output)]
    mine = translate("cnn", "Sum of the products of channel {channel}: {value}")
    text = translate("cnn", "All {channels} channels {total}, bias {bias}: output {output}")
    return [
        mine.format(channel=channel + 1, value=figure(float(sums[channel]))),
        text.format(channels=len(sums), total=figure(total), bias=bias, output=output),
    ]


def _pooling(window: PooledWindow) -> str:
    count = window.patch.size
    if window.winner is None:
        return translate("cnn", "The mean of {count} numbers: {value}").format(count=count, value=figure(window.output))
    row, column = (i + 1 for i in window.winner)
    text = translate("cnn", "The largest of {count} numbers: {value}, in row {row}, column {column} of the window")
    return text.format(count=count, value=figure(window.output), row=row, column=column)


def seen(shown: Closely, flow: Flow) -> str:
    """Its receptive field in the image."""
    field = shown.fields[0]
    height, width = flow.image.shape[1:]
    if (len(field.rows), len(field.columns)) == (height, width):
        return translate("cnn", "It has seen the whole image.")
    text = translate("cnn", "It has seen {height}×{width} pixels of the image: rows {rows}, columns {columns}.")
    rows, columns = (f"{each[0] + 1}–{each[-1] + 1}" for each in (field.rows, field.columns))
    return text.format(height=len(field.rows), width=len(field.columns), rows=rows, columns=columns)
