"""Functions, modules and parameter lists stay as small as the house says."""

from tests.architecture.tree import Function, files, modules, product_modules, text_of

FUNCTION_LINES = 50
MODULE_LINES = 400
PARAMETERS = 5


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def parameters(function: Function) -> int:
    """How many a caller may give; `self` and `cls` are not given."""
    arguments = function.args
    names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return len([name for name in names if name not in ("self", "cls")])


def test_there_are_modules_to_measure() -> None:
    assert len(product_modules()) > 30


def test_no_function_is_longer_than_fifty_lines() -> None:
    long = [
        f"{module.where(function)} {function.name}: {length(function)} lines"
        for module in modules()
        for function in module.functions()
        if length(function) > FUNCTION_LINES
    ]
    assert long == []


def test_no_python_module_is_longer_than_four_hundred_lines() -> None:
    assert [f"{module.path}: {module.lines}" for module in modules() if module.lines > MODULE_LINES] == []


def test_no_script_or_style_is_longer_than_four_hundred_lines() -> None:
    written = [path for path in files() if path.parts[0] == "static" and path.suffix in (".js", ".css")]
    lengths = {path: (text_of(path) or "").count("\n") for path in written}
    assert {path: lines for path, lines in lengths.items() if lines > MODULE_LINES} == {}


def test_no_public_function_takes_more_than_five_parameters() -> None:
    greedy = [
        f"{module.where(function)} {function.name}: {parameters(function)}"
        for module in product_modules()
        for function in module.functions()
        if not function.name.startswith("_") and parameters(function) > PARAMETERS
    ]
    assert greedy == []
