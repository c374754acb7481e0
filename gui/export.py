"""Pictures and tables of what is on the screen: PNG at three times the pixels, vector PDF, CSV.

pyqtgraph's own exporters are not used: its ImageExporter stays silent when a path cannot be written, and its
SVGExporter fails on Qt 6.11. Qt's painter gives both formats from the same `render`.

Files are written whole or not at all: into a file beside the target first, which then takes the target's name.
"""

import csv
import errno
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QPoint, QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter, QPicture
from PySide6.QtWidgets import QAbstractScrollArea, QFileDialog, QGraphicsScene, QGraphicsView, QMessageBox, QWidget

from gui.settings import Settings
from gui.theme import current_theme

translate = QCoreApplication.translate

Source = QWidget | QGraphicsScene
Table = tuple[Sequence[str], Iterable[Sequence[object]]]  # the header and the rows

PNG_SCALE = 3  # enough for print at the size that the plot has on the screen


class ExportError(Exception):
    """Says in one sentence which file could not be written, why, and what to do."""


def export_png(source: Source, path: Path) -> None:
    """A picture of `source` with 3 x 3 pixels for every one on the screen. Raises ExportError."""
    size = _size(source)
    picture = QImage(size * PNG_SCALE, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(PNG_SCALE)
    picture.fill(QColor(current_theme().panel))
    with _exporting(source, PNG_SCALE):
        painter = QPainter(picture)
        _paint(source, painter, size)
        painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(picture)
    write_whole(path, bytes(buffer.data().data()))


def export_pdf(source: Source, path: Path) -> None:
    """A page of the size that `source` has on the screen, drawn with lines and text. Raises ExportError."""
    size = _size(source)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    page = QPdfWriter(buffer)
    # The screen's resolution makes a dot of the page a pixel. No other will do: pyqtgraph's axes replay a QPicture,
    # which scales itself to the resolution of what it is painted on.
    resolution = QPicture().logicalDpiX()
    page.setResolution(resolution)
    paper = QPageSize(QSizeF(size) * 72 / resolution, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    page.setPageLayout(QPageLayout(paper, QPageLayout.Orientation.Portrait, QMarginsF()))
    with _exporting(source, 1):
        painter = QPainter(page)
        _paint(source, painter, size)
        painter.end()
    write_whole(path, bytes(buffer.data().data()))


def export_csv(header: Sequence[str], rows: Iterable[Sequence[object]], path: Path) -> None:
    """The numbers behind a picture, written row by row: a long run needs no second copy. Raises ExportError."""
    with _replacing(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        _write_rows(file, header, rows)


def export_dialog(parent: QWidget, source: Source, name: str, rows: Callable[[], Table] | None = None) -> Path | None:
    """Ask where to, write in the format of the chosen name, say in a sentence what went wrong. The path, if written.

    `name` is the proposed file name without its suffix; without `rows` there is no CSV to choose.
    """
    formats = {
        translate("export", "Picture, three times the pixels (*.png)"): ".png",
        translate("export", "Vector page (*.pdf)"): ".pdf",
    }
    if rows is not None:
        formats[translate("export", "Table of the data (*.csv)")] = ".csv"
    folder = Path(Settings().export_folder or Path.home())
    chosen, wanted = QFileDialog.getSaveFileName(
        parent, translate("export", "Export"), str(folder / f"{name}.png"), ";;".join(formats), next(iter(formats))
    )
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower() not in formats.values():
        path = path.with_name(path.name + formats.get(wanted, ".png"))
    elif wanted in formats and path.name == f"{name}.png":  # the proposed name, but another format was picked
        path = path.with_suffix(formats[wanted])
    try:
        _export(source, path, rows)
    except ExportError as error:
        QMessageBox.warning(parent, translate("export", "Export"), str(error))
        return None
    Settings().export_folder = str(path.parent)
    return path


def _export(source: Source, path: Path, rows: Callable[[], Table] | None) -> None:
    if path.suffix.lower() == ".csv" and rows is not None:
        export_csv(*rows(), path)
    elif path.suffix.lower() == ".pdf":
        export_pdf(source, path)
    else:
        export_png(source, path)


@contextmanager
def _exporting(source: Source, scale: float) -> Iterator[None]:
    """Let every plot in `source` prepare itself (`Plot.exporting`) and take its everyday looks back afterwards."""
    widgets = [source, *source.findChildren(QWidget)] if isinstance(source, QWidget) else []
    with ExitStack() as stack:
        for widget in widgets:
            prepare = getattr(widget, "exporting", None)
            if prepare is not None:
                stack.enter_context(prepare(scale))
        yield


def _size(source: Source) -> QSize:
    size = source.sceneRect().size().toSize() if isinstance(source, QGraphicsScene) else _canvas(source).size()
    return size.expandedTo(QSize(1, 1))


def _canvas(widget: QWidget) -> QWidget:
    """What of `widget` is drawn: of a view the inside without its frame, its scroll bars and what floats over it."""
    return widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget


def _paint(source: Source, painter: QPainter, size: QSize) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    target = QRectF(0, 0, size.width(), size.height())
    if isinstance(source, QGraphicsScene):
        source.render(painter, target, source.sceneRect())
    elif isinstance(source, QGraphicsView):
        source.render(painter, target, source.viewport().rect())
    else:
        _canvas(source).render(painter, QPoint())


def _write_rows(file: TextIO, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    writer = csv.writer(file)
    writer.writerow(header)
    writer.writerows(rows)


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path`, whole or not at all. Raises ExportError."""
    with _replacing(path) as part:
        part.write_bytes(content)


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; it takes the place of `path` when all is written, and is gone otherwise."""
    part = path.with_name(path.name + ".part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise ExportError(_sentence(path, error)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _sentence(path: Path, error: OSError) -> str:
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        text = translate("export", "{name} was not written: the folder {folder} does not exist; choose another one.")
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        text = translate(
            "export", "{name} was not written: the folder {folder} may not be written to; choose another one."
        )
    elif error.errno in (errno.ENOSPC, errno.EDQUOT):
        text = translate(
            "export", "{name} was not written: the disk of {folder} is full; free some space or choose another disk."
        )
    else:
        text = translate("export", "{name} was not written to {folder} ({reason}); choose another place.")
    return text.format(name=path.name, folder=path.parent, reason=error.strerror or error)
