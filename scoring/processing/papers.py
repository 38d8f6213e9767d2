"""Outcome processing of tests: from what became of the items to the outcomes of the whole. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from itembank.faults import Fault
from itembank.qti.model import Node, Test
from scoring.processing.errors import BadItem, ScoringFailed
from scoring.processing.expressions import EXPRESSIONS, subsets
from scoring.processing.items import declared_variables
from scoring.processing.results import ItemResult, TestState, references
from scoring.processing.rules import OUTCOME, Rule, block
from scoring.processing.scope import Scope
from scoring.processing.values import Value
from scoring.processing.variables import initial


@dataclass(frozen=True, slots=True)
class TestScorer:
    """A compiled test; it keeps nothing between calls."""

    __test__ = False

    where: str
    outcomes: Mapping[str, Value]
    """Every outcome variable, as it is before processing."""
    constants: Mapping[str, Value]
    """Context variables."""
    rules: Rule = field(repr=False)

    def score(self, results: Mapping[str, ItemResult], *, seed: int | str = 0) -> dict[str, Value]:
        """Every outcome of the test from the results of the selected items, by item reference.

        Processing begins anew each time, as the standard asks; raises ScoringFailed when a rule cannot be worked out.
        """
        state = TestState({**self.constants, **self.outcomes}, Random(f"outcome {seed}"), results=results)
        try:
            self.rules(state)
        except (OverflowError, MemoryError) as error:
            raise ScoringFailed(f"{self.where}: a number grew too large ({error})") from error
        return {name: state.values[name] for name in self.outcomes}


def compile_test(test: Test) -> TestScorer:
    """The scorer of a test; BadItem with every fault when it cannot be compiled."""
    faults: list[Fault] = []
    variables = declared_variables(test.identifier, test.declarations, faults)
    try:
        table = {**EXPRESSIONS, **subsets.compilers(references(test))}
    except ValueError as error:
        raise BadItem([Fault(test.identifier, "weight", str(error))]) from error
    scope = Scope(test.identifier, variables, table, faults=faults)
    node = test.outcome_processing or Node("outcome-processing")
    rules = block(node.elements, OUTCOME, scope)
    if faults:
        raise BadItem(faults)
    own = {name: one for name, one in variables.items() if one.declaration.kind == "outcome"}
    others = {name: one.default for name, one in variables.items() if name not in own}
    return TestScorer(test.identifier, {name: initial(one) for name, one in own.items()}, others, rules)
