import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from gui.words import words
from model.message import Message


class German(QTranslator):
    TEXTS = {
        "diverged at step {step}: the loss became {loss}": "Schritt {step}: Verlust {loss}, divergiert",
        "infinite": "unendlich",
        "%n sample(s) of {name}": "{name}: %n Beispiele",
    }

    def translate(self, context, source, disambiguation=None, n=-1):
        if context != "model" or source not in self.TEXTS:
            return None
        return self.TEXTS[source].replace("%n", str(n))

    def isEmpty(self):
        return False


@pytest.fixture
def german(qapp):
    translator = German()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def test_without_a_translation_the_english_source_is_shown(qapp):
    assert words("learning rate") == "learning rate"
    assert words(Message("at step {step:,}", {"step": 1200})) == "at step 1,200"
    assert words(Message("%n of {total}", {"n": 3, "total": 7})) == "3 of 7"


def test_numbers_and_words_go_in_after_the_translation(german):
    message = Message("diverged at step {step}: the loss became {loss}", {"step": 132, "loss": Message("infinite")})
    assert words(message) == "Schritt 132: Verlust unendlich, divergiert"
    assert words(Message("%n sample(s) of {name}", {"n": 2, "name": "moons"})) == "moons: 2 Beispiele"
