"""What the model says in words: a source sentence plus its numbers.

A sentence that is put together with an f-string cannot be translated, because the translator never sees it whole.
A `Message` keeps the sentence and its numbers apart: the window looks the sentence up in its language and only then
puts the numbers in. A headless run calls `str(message)` and reads English.
"""

from dataclasses import dataclass, field


def QT_TRANSLATE_NOOP(context: str, source: str) -> str:
    """Mark `source` for the translators and return it unchanged.

    Qt's extraction tool finds its texts by this name; the model must not import Qt, so it brings its own.
    """
    return source


@dataclass(frozen=True)
class Message:
    """A sentence with named gaps, such as "diverged at step {step}", and what goes into them.

    A value may itself be a Message (a translated word inside a translated sentence).
    """

    source: str
    values: dict[str, object] = field(default_factory=dict[str, object])

    def __str__(self) -> str:
        return self.source.format(**self.values)


def literal(source: str) -> Message:
    """A label or a name as a message of its own, for inside a sentence: translated, its braces no gaps."""
    return Message(source.replace("{", "{{").replace("}", "}}"))
