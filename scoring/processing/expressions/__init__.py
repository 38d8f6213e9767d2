"""Every expression of QTI by its canonical name; a new one is one entry in the table of its module. Pure."""

from collections.abc import Mapping

from scoring.processing.expressions import comparing, containers, functions, general, logic, numbers, texts
from scoring.processing.scope import Compiler

EXPRESSIONS: Mapping[str, Compiler] = {
    **general.COMPILERS,
    **containers.COMPILERS,
    **logic.COMPILERS,
    **texts.COMPILERS,
    **comparing.COMPILERS,
    **numbers.COMPILERS,
    **functions.COMPILERS,
}
