"""The model's words in the language of the window.

The model marks its English texts for translation and knows nothing of languages; every text of it passes through here
on its way to the screen.
"""

from PySide6.QtCore import QCoreApplication

from model.message import Message


def words(text: Message | str) -> str:
    """The translated sentence, its numbers put in after the translation, since an order of words may differ."""
    if isinstance(text, str):
        return QCoreApplication.translate("model", text)
    values = {name: words(value) if isinstance(value, Message) else value for name, value in text.values.items()}
    count = values.get("n")
    if "%n" in text.source and isinstance(count, int):  # Qt picks the plural form that the language has for it
        return QCoreApplication.translate("model", text.source, None, count).format(**values)
    return QCoreApplication.translate("model", text.source).format(**values)


def input_symbol(name: str) -> str:
    """An input as it is written in formulas, the same in every language: x₁², sin x₂; without its unit in brackets."""
    for plain, printed in (("^2", "²"), ("x1", "x₁"), ("x2", "x₂")):
        name = name.replace(plain, printed)
    return name.split(" (")[0]
