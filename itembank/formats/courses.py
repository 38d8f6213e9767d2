"""What a reader of a course export has found so far; Moodle's own formats name a category before its questions."""

from dataclasses import dataclass, field

from itembank.formats.question import Error, Question


@dataclass(slots=True)
class Course:
    """The questions and errors of the file `name`; a category holds for all that follows it."""

    name: str
    category: str = ""
    questions: list[Question] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)
