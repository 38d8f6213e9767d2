"""Reads conditions such as `STANDARD %in% c(2, 4) & DOK >= 3`: a small part of R as data, never run as code. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 4000
DEEPEST = 50


class BadCondition(ValueError):
    """A condition that cannot be read; says at which character."""

    code = "bad_condition"


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a text, a truth value, or None for NA."""

    value: float | str | bool | None


@dataclass(frozen=True, slots=True)
class Name:
    """A column, as it is written in the condition."""

    name: str


@dataclass(frozen=True, slots=True)
class Binary:
    """Two expressions and what stands between them: a comparison, `&`, `|` or arithmetic."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Among:
    """Whether a value is one of a list."""

    value: "Expression"
    options: tuple[float | str | bool | None, ...]


@dataclass(frozen=True, slots=True)
class Unary:
    """`!`, `-` or `is.na` before an expression."""

    operator: str
    inner: "Expression"


Expression = Literal | Name | Binary | Among | Unary
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)L?
    |(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |`(?P<quoted>[^`]+)`
    |(?P<operator>%in%|==|!=|<=|>=|&&|\|\||[<>&|!()\[\],+\-*/:])
    |(?P<name>[^\W\d][\w.]*))""",
    re.VERBOSE,
)
_WORDS = {"and": "&", "or": "|", "not": "!", "&&": "&", "||": "|", "in": "%in%"}
_VALUES: dict[str, bool | None] = {"TRUE": True, "FALSE": False, "true": True, "false": False, "NA": None}
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def parse(text: str) -> Expression:
    """The expression that `text` writes; BadCondition."""
    if len(text) > LONGEST:
        raise BadCondition(f"longer than {LONGEST} characters")
    return _Parser(text).whole()


def columns(expression: Expression) -> Iterator[str]:
    """The names of the columns that an expression reads."""
    match expression:
        case Name(name):
            yield name
        case Binary(_, left, right):
            yield from columns(left)
            yield from columns(right)
        case Among(inner) | Unary(_, inner):
            yield from columns(inner)


def _tokens(text: str) -> list[_Token]:
    found, at = [], 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise BadCondition(f"character {at + 1}: {text[at : at + 12]!r} is not understood")
        kind = match.lastgroup or ""
        word = match[kind]
        if kind == "operator" or (kind == "name" and word in ("and", "or", "not", "in")):
            kind, word = "operator", _WORDS.get(word, word)
        found.append(_Token(kind, word, match.start(kind) + 1))
        at = match.end()
    return [*found, _Token("end", "", end + 1)]


class _Parser:
    """Recursive descent with R's precedences, from `|` down to an atom."""

    def __init__(self, text: str) -> None:
        self.tokens, self.place, self.depth = _tokens(text), 0, 0

    def whole(self) -> Expression:
        expression = self._either()
        self._end()
        return expression

    @property
    def next(self) -> _Token:
        return self.tokens[self.place]

    def _take(self, *texts: str) -> str | None:
        if self.next.kind == "operator" and self.next.text in texts:
            self.place += 1
            return self.tokens[self.place - 1].text
        return None

    def _must(self, text: str) -> None:
        if self._take(text) is None:
            raise BadCondition(f"character {self.next.at}: {text!r} is missing")

    def _end(self) -> None:
        if self.next.kind != "end":
            raise BadCondition(f"character {self.next.at}: {self.next.text!r} is not expected here")

    def _either(self) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise BadCondition(f"character {self.next.at}: nested deeper than {DEEPEST}")
        left = self._both()
        while self._take("|"):
            left = Binary("|", left, self._both())
        self.depth -= 1
        return left

    def _both(self) -> Expression:
        left = self._negated()
        while self._take("&"):
            left = Binary("&", left, self._negated())
        return left

    def _negated(self) -> Expression:
        times = 0
        while self._take("!"):
            times += 1
        inner = self._compared()
        return inner if times == 0 else Unary("!", inner) if times % 2 else Unary("!", Unary("!", inner))

    def _compared(self) -> Expression:
        left = self._sum()
        if operator := self._take(*_COMPARISONS):
            return Binary(operator, left, self._sum())
        if self._take("%in%"):
            return Among(left, self._options())
        if self.next.text == "!" and self.tokens[self.place + 1].text == "%in%":  # "not in"
            self.place += 2
            return Unary("!", Among(left, self._options()))
        return left

    def _options(self) -> tuple[float | str | bool | None, ...]:
        if self.next.kind == "name" and self.next.text == "c":
            self.place += 1
            return self._listed("(", ")")
        if self.next.text == "[":
            return self._listed("[", "]")
        first = self._constant()
        if not self._take(":"):
            return (first,)
        return tuple(float(one) for one in self._range(first, self._constant()))

    def _range(self, first: object, last: object) -> range:
        if not (isinstance(first, float) and isinstance(last, float)) or not 0 <= last - first < LONGEST:
            raise BadCondition(f"character {self.next.at}: a range of numbers is expected")
        return range(int(first), int(last) + 1)

    def _listed(self, opening: str, closing: str) -> tuple[float | str | bool | None, ...]:
        self._must(opening)
        values = [] if self.next.text == closing else [self._constant()]
        while self._take(","):
            values.append(self._constant())
        self._must(closing)
        return tuple(values)

    def _constant(self) -> float | str | bool | None:
        at = self.next.at
        sign = -1.0 if self._take("-") else 1.0
        atom = self._atom()
        if not isinstance(atom, Literal):
            raise BadCondition(f"character {at}: a number or a text is expected")
        return sign * atom.value if sign < 0 and isinstance(atom.value, float) else atom.value

    def _sum(self) -> Expression:
        left = self._product()
        while operator := self._take("+", "-"):
            left = Binary(operator, left, self._product())
        return left

    def _product(self) -> Expression:
        left = self._signed()
        while operator := self._take("*", "/"):
            left = Binary(operator, left, self._signed())
        return left

    def _signed(self) -> Expression:
        return Unary("-", self._atom()) if self._take("-") else self._atom()

    def _atom(self) -> Expression:
        token = self.next
        if self._take("("):
            inner = self._either()
            self._must(")")
            return inner
        self.place += token.kind != "end"
        match token.kind:
            case "number":
                return Literal(float(token.text))
            case "text":
                return Literal(re.sub(r"\\(.)", r"\1", token.text[1:-1]))
            case "quoted":
                return Name(token.text)
            case "name":
                return self._named(token)
        raise BadCondition(f"character {token.at}: a column, a number or a text is expected")

    def _named(self, token: _Token) -> Expression:
        if token.text in _VALUES:
            return Literal(_VALUES[token.text])
        if self.next.text != "(" or self.next.kind != "operator":
            return Name(token.text)
        if token.text != "is.na":
            raise BadCondition(f"character {token.at}: the function {token.text} is not known")
        self._must("(")
        inner = self._either()
        self._must(")")
        return Unary("is.na", inner)
