"""A button with a form behind it: what is too much for the tool bar and is wanted while the network learns."""

from PySide6.QtWidgets import QWidget

from gui.hyperparameter_editor import SpecForm
from gui.popup_button import PopupButton
from gui.update_form import UpdateForm


class FormButton(PopupButton):
    """Opens `form` under itself; its first box has the keyboard."""

    def __init__(self, text: str, tip: str, form: SpecForm | UpdateForm, parent: QWidget | None = None) -> None:
        super().__init__(text, tip, form, form.first, parent)
        self.form = form
