import math

from model.graph.node import apply, constant, variable
from model.graph.operations import ADD, LOG, MULTIPLY


def test_upstream_times_local_is_downstream() -> None:
    a, b = variable("a", 3.0), variable("b", 4.0)
    node = apply(MULTIPLY, a, b)
    node.forward()
    node.gradient = 10.0
    node.backward()
    assert (a.gradient, b.gradient) == (40.0, 30.0)


def test_gradients_are_added_up_where_a_value_is_used_twice() -> None:
    a = variable("a", 3.0)
    node = apply(ADD, a, a)
    node.forward()
    node.gradient = 5.0
    node.backward()
    assert a.gradient == 10.0


def test_behind_a_problem_everything_is_nan_without_a_problem_of_its_own() -> None:
    inside = apply(LOG, constant(-1.0))
    outside = apply(ADD, inside, constant(1.0))
    inside.forward()
    outside.forward()
    assert inside.problem and not outside.problem
    assert math.isnan(outside.value)


def test_a_variable_that_is_no_number_says_so_and_is_well_again_when_it_is() -> None:
    x = variable("x", math.inf)
    x.forward()
    assert str(x.problem) == "x is not a finite number"
    x.value = 1.0
    x.forward()
    assert x.problem is None


def test_what_depends_on_constants_alone_is_constant() -> None:
    two, x = constant(2.0), variable("x", 1.0)
    assert apply(ADD, two, two).constant
    assert not apply(ADD, two, x).constant and not x.constant


def test_every_node_says_its_rule() -> None:
    assert "added up" in str(variable("x", 1.0).rule)
    assert "stays" in str(constant(1.0).rule)
    assert "swaps" in str(apply(MULTIPLY).rule)
