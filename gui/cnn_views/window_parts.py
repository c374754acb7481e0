"""The images and the numbers that the figure of a window consists of."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from gui.cnn_views.flow import Closely, Flow, as_maps
from gui.cnn_views.image_sheet import largest
from gui.output_views.sample_card import ink_image
from gui.palette import diverging, image
from gui.theme import current_theme
from model.arrays import Floats
from model.one_window import ConvolutionSum, PooledWindow

translate = QCoreApplication.translate

CELLS = ("patch", "filter", "products")
Part = tuple[str, str, Floats, QImage]  # key, caption, numbers, picture


def images_of(shown: Closely, flow: Flow, channel: int) -> list[Part]:
    """The whole image, `channel` of the layer's input, the map that the number belongs to."""
    output = shown.output
    picture = ink_image(flow.image, float(flow.image.max()) or 1.0, current_theme())
    found: list[Part] = [("image", translate("cnn", "Image"), flow.image[0], picture)]
    if shown.layer is not None:
        x = as_maps(flow.signals[output.place - 1])
        at = min(channel, len(x) - 1)
        caption = translate("cnn", "Input {number}") if len(x) > 1 else translate("cnn", "Input")
        found.append(("input", caption.format(number=at + 1), x[at], coloured(x[at], largest(x))))
    y = as_maps(flow.signals[output.place])
    caption = translate("cnn", "Output {number}").format(number=output.channel + 1)
    found.append(("output", caption, y[output.channel], coloured(y[output.channel], largest(y))))
    return found


def cells_of(shown: Closely, flow: Flow, channel: int) -> list[Part]:
    """The window in numbers: of a convolution the patch, the filter and the products of one `channel`."""
    window = shown.window
    if isinstance(window, PooledWindow):
        return [("patch", translate("cnn", "Window"), window.patch, coloured(window.patch, largest(window.patch)))]
    if not isinstance(window, ConvolutionSum):
        return []
    at = min(channel, len(window.patch) - 1)
    name = translate("cnn", "Filter {number}").format(number=shown.output.channel + 1)
    captions = (translate("cnn", "Window"), name, translate("cnn", "Products"))
    arrays = (window.patch, window.weights, window.products)
    return [
        (key, caption, array[at], coloured(array[at], largest(array)))
        for key, caption, array in zip(CELLS, captions, arrays, strict=True)
    ]


def coloured(values: Floats, limit: float) -> QImage:
    """Signed numbers in the palette, one pixel each."""
    return image(diverging(values, limit, current_theme()))
