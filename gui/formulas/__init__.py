"""Formulas on the screen: typeset, in rows of terms that can be pointed at."""
