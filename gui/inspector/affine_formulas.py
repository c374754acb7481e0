"""The affine layer neuron by neuron: its sum on the way forward, its gradients on the way back."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from gui.formulas.term import MOST_TERMS, Row, Term, bracketed, known, number, sign, sum_of, symbol
from gui.inspector.known import Known, of_parameters
from gui.inspector.page import Section
from gui.selection import INPUTS, Sources, Unit
from model.layers import Affine

translate = QCoreApplication.translate


class Neuron:
    """Neuron k of a column, as its affine layer computes it."""

    def __init__(self, known_numbers: Known, stage: int, index: int) -> None:
        self.known, self.stage, self.k = known_numbers, stage, index
        self.layer = known_numbers.stages[stage].affine  # x goes in here, z comes out behind it
        self.inputs = known_numbers.units(self.layer)

    def weight(self, i: int) -> int:
        """The place of w[i, k] in the parameter vector."""
        return self.known.parameter(self.layer, "weights", i, self.k)

    @property
    def bias(self) -> int:
        return self.known.parameter(self.layer, "bias", self.k)

    # Forward

    def forward(self, keep: Sequence[int] = ()) -> Section:
        """z = sum of x w + b, in symbols and with numbers; the terms of the inputs to `keep` are always written."""
        note = count_note(self.inputs)
        if self.known.samples and self.known.row is None:
            note += translate("inspector", "Means over the batch: the mean of a sum is the sum of the means.")
        heading = translate("inspector", "Forward: the weighted sum")
        return Section(heading, (self.symbols(), self.numbers(keep)), note)

    def symbols(self) -> Row:
        left, total, plus, bias = Affine.neuron_formula.terms({"k": self.k + 1, "n": self.inputs})
        here, places = self.known, range(self.inputs)
        units = [here.unit(self.layer, i) for i in places]
        everything = Sources(frozenset(u for u in units if u is not None), frozenset(self.weight(i) for i in places))
        return (
            self._z(left),
            symbol(total, everything, translate("inspector", "all inputs, each times its weight")),
            symbol(plus),
            symbol(bias, of_parameters(self.bias), translate("inspector", "the bias")),
        )

    def numbers(self, keep: Sequence[int] = ()) -> Row:
        here, k = self.known, self.k
        bias = number(float(here.parameters[self.bias]), of_parameters(self.bias), f"b[{k + 1}]")
        row: list[Term] = [
            self._z(f"z_{{{k + 1}}} ="),
            *sum_of(self.inputs, self._product, keep),
            sign(" + "),
            bracketed(bias),
        ]
        total = here.value(self.layer + 1, k)
        if total is not None:
            row += [sign(" = "), number(total, here.sources(self.layer + 1, k), f"z[{k + 1}]")]
        return tuple(row)

    def _z(self, latex: str) -> Term:
        return symbol(latex, self.known.sources(self.layer + 1, self.k), f"z[{self.k + 1}]")

    def _product(self, i: int) -> Sequence[Term]:
        here, index = self.known, self.weight(i)
        sources = here.sources(self.layer, i, index)
        x = known(here.value(self.layer, i), f"x_{{{i + 1}}}", sources, self._x_name(i))
        w = number(float(here.parameters[index]), sources, f"w[{i + 1},{self.k + 1}]")
        return bracketed(x), sign("·"), bracketed(w)

    def _x_name(self, i: int) -> str:
        unit = self.known.unit(self.layer, i)
        return f"x[{i + 1}] ({self.known.name(unit)})" if unit is not None else f"x[{i + 1}]"

    # Backward

    def weight_gradient(self, i: int) -> tuple[Section, ...]:
        """∂L/∂w[i, k]: what this sample contributes, and the sum over the batch."""
        terms = Affine.weight_formula.terms({"i": i + 1, "k": self.k + 1, "N": self.known.samples or "N"})
        local = known(None, f"x_{{{i + 1}}}", self.known.sources(self.layer, i), f"x[{i + 1}]")
        return self._parameter_gradient(terms, f"w[{i + 1},{self.k + 1}]", self.weight(i), i, local)

    def bias_gradient(self) -> tuple[Section, ...]:
        """∂L/∂b[k]: the same, with an input that is always 1."""
        terms = Affine.bias_formula.terms({"k": self.k + 1, "N": self.known.samples or "N"})
        one = number(1, of_parameters(self.bias), translate("inspector", "the input of a bias is always 1"))
        return self._parameter_gradient(terms, f"b[{self.k + 1}]", self.bias, None, one)

    def _parameter_gradient(
        self, terms: Sequence[str], name: str, index: int, i: int | None, local: Term
    ) -> tuple[Section, ...]:
        here = self.known
        left, total, upstream, times, factor = terms
        z = here.sources(self.layer + 1, self.k)
        symbols = (
            symbol(left, of_parameters(index), f"∂L/∂{name}"),
            symbol(total),
            symbol(upstream, z, f"∂L/∂z[{self.k + 1}]", translate("inspector", "upstream")),
            symbol(times),
            symbol(factor, local.sources, local.name, translate("inspector", "local")),
        )
        heading = translate("inspector", "Upstream × local = downstream")
        rows: list[Row] = [symbols]
        if here.row is not None:
            rows.append(self._share(here.row, i, index, local))
        whole: tuple[Row, ...] = (self._sum(left, name, index, i),) if here.samples else ()
        sections = [Section(heading, tuple(rows), self._share_note())]
        if whole:
            heading = translate("inspector", "{gradient}, summed over the batch").format(gradient=f"∂L/∂{name}")
            sections.append(Section(heading, whole, self._batch_note()))
        return tuple(sections)

    def _share_note(self) -> str:
        if self.known.row is None or not self.known.samples:
            return ""
        return translate("inspector", "What this sample adds to the gradient.")

    def _batch_note(self) -> str:
        text = translate(
            "inspector", "{count} terms, one for each sample; they are divided by the batch size already, in the loss."
        )
        return text.format(count=self.known.samples)

    def _factors(self, row: int, i: int | None) -> tuple[float | None, float | None]:
        upstream = self.known.row_slope(row, self.layer + 1, self.k)
        return upstream, 1.0 if i is None else self.known.row_value(row, self.layer, i)

    def _share(self, row: int, i: int | None, index: int, one: Term) -> Row:
        here = self.known
        upstream, local = self._factors(row, i)
        z = here.sources(self.layer + 1, self.k)
        x = one.sources or Sources()
        latex, name = rf"\frac{{\partial L}}{{\partial z_{{{self.k + 1}}}}}", f"∂L/∂z[{self.k + 1}]"
        terms = [
            bracketed(known(upstream, latex, z, name, translate("inspector", "upstream"))),
            sign(" · "),
            bracketed(known(local, one.latex, x, one.name, translate("inspector", "local"))),
        ]
        if upstream is not None and local is not None:
            share = translate("inspector", "this sample's share")
            under = translate("inspector", "downstream")
            terms += [sign(" = "), number(upstream * local, of_parameters(index), share, under)]
        return tuple(terms)

    def _sum(self, left: str, name: str, index: int, i: int | None) -> Row:
        here = self.known
        gradient = here.gradient(index)

        def product(row: int) -> Sequence[Term]:
            upstream, local = self._factors(row, i)
            x = here.sources(self.layer, i) if i is not None else of_parameters(index)
            z = here.sources(self.layer + 1, self.k)
            both = Sources(x.units | z.units, frozenset([index]))
            title = translate("inspector", "sample {number} of the batch").format(number=row + 1)
            if upstream is None or local is None:
                return (known(None, rf"\delta_{{{row + 1}}}", both, title),)
            return (bracketed(number(upstream * local, both, title)),)

        if gradient is None:
            return (symbol(left, of_parameters(index), f"∂L/∂{name}"), _not_yet())
        total = number(gradient, of_parameters(index), f"∂L/∂{name}")
        lead = symbol(left, of_parameters(index), f"∂L/∂{name}")
        return (lead, *sum_of(here.samples, product), sign(" = "), total)


def count_note(count: int) -> str:
    """Of a sum that is shortened: how many terms it has."""
    if count <= MOST_TERMS:
        return ""
    return translate("inspector", "{count} terms, not all of them written; the total is that of all. ").format(
        count=count
    )


def output_gradient(here: Known, stage: int, k: int) -> Section | None:
    """∂L/∂y[k] of a hidden neuron: from every neuron of the next column, through the weight that leads there."""
    if stage + 1 >= len(here.stages):
        return None
    layer = here.stages[stage + 1].affine
    if (here.units(layer) != here.stages[stage].units and stage != INPUTS) or not here.is_affine(stage + 1):
        return None
    count = here.units(layer + 1)
    nexts = [Unit(stage + 1, j) for j in range(count)]
    weights = [here.parameter(layer, "weights", k, j) for j in range(count)]
    everything = Sources(frozenset(nexts), frozenset(weights))
    left, total, upstream, times, weight = Affine.input_formula.terms({"i": k + 1, "n": count})
    left = left.replace("x_", "y_", 1)
    me = here.sources(layer, k)
    symbols = (
        symbol(left, me, f"∂L/∂y[{k + 1}]"),
        symbol(total),
        symbol(upstream, everything, translate("inspector", "the gradients of the next column")),
        symbol(times),
        symbol(weight, of_parameters(*weights), translate("inspector", "the weights that lead there")),
    )

    def product(j: int) -> Sequence[Term]:
        both = here.sources(layer + 1, j, weights[j])
        latex = rf"\frac{{\partial L}}{{\partial z_{{{j + 1}}}}}"
        name = translate("inspector", "∂L/∂z of {neuron}").format(neuron=here.name(nexts[j]))
        slope = bracketed(known(here.slope(layer + 1, j), latex, both, name))
        return slope, sign("·"), bracketed(number(float(here.parameters[weights[j]]), both, f"w[{k + 1},{j + 1}]"))

    numbers: list[Term] = [symbols[0], *sum_of(count, product)]
    downstream = here.slope(layer, k)
    if downstream is not None:
        numbers += [sign(" = "), number(downstream, me, f"∂L/∂y[{k + 1}]")]
    heading = translate("inspector", "Its gradient, from the next column")
    note = count_note(count)
    if here.samples and here.row is None:
        note += translate("inspector", "Sums over the batch.")
    return Section(heading, (symbols, tuple(numbers)), note)


def _not_yet() -> Term:
    text = translate("inspector", "not yet known")
    return Term(text, name=text, muted=True)
