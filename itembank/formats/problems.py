"""How a reader says what is wrong with one question and goes on with the next."""

from itembank.formats.question import Error


class BadQuestion(Exception):
    """One question that cannot be used; `code` and `params` say why, `line` (from 1; 0 unknown) where in the file."""

    def __init__(self, code: str, line: int = 0, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.params = {name: shortened(str(value)) for name, value in params.items()}

    def error(self, file: str, line: int = 0) -> Error:
        """What is said about it; `line` where the exception knows none of its own."""
        return at_line(file, self.line or line, self.code, **self.params)


def at_line(file: str, line: int, code: str, **params: object) -> Error:
    """An error or note at a line of a text file."""
    where = f"{file}:{line}" if line else file
    return Error(where=where, code=code, params={k: str(v) for k, v in params.items()}, line=line)


def in_file(file: str, code: str, **params: object) -> Error:
    """An error or note about a file as a whole."""
    return at_line(file, 0, code, **params)


def shortened(text: str, most: int = 80) -> str:
    """`text` on one line, cut to `most` characters, for use in a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
