"""What a regression is asked for, where the target was brought to the size of 1: "(price − 400,000) / 100,000"."""


def target_words(name: str, zero: float, unit: float) -> str:
    """The target called `name` less `zero`, divided by `unit`, as it is written."""
    moved = f"{name} − {zero:,.10g}" if zero > 0 else f"{name} + {-zero:,.10g}" if zero else name
    if unit == 1:
        return moved
    return f"({moved}) / {unit:,.10g}" if zero else f"{moved} / {unit:,.10g}"
