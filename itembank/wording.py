"""Words in the exam's own language that become part of a frozen paper: its data, not a page's. Pure."""

from itembank.states import ItemType, Subject

SECTION_TITLES = {
    ItemType.TRUE_FALSE: ("判断题", "True or false"),
    ItemType.SINGLE: ("单项选择题", "Single choice"),
    ItemType.MULTIPLE: ("多项选择题", "Multiple choice"),
    ItemType.SHORT: ("填空题", "Short answer"),
    ItemType.NUMERIC: ("计算题", "Numbers"),
    ItemType.MATCH: ("匹配题", "Matching"),
    ItemType.ORDER: ("排序题", "Ordering"),
    ItemType.ESSAY: ("论述题", "Essay"),
    ItemType.CLOZE: ("完形填空题", "Cloze"),
    ItemType.INTERACTIVE: ("交互题", "Interactive items"),
}
SUBJECT_TITLES = {Subject.THEORY: "理论知识试卷", Subject.PRACTICAL: "操作技能考核试卷"}
LEVEL_TITLES = {1: "一级", 2: "二级", 3: "三级", 4: "四级", 5: "五级"}


def paper_title(name: str, level: int, subject: Subject) -> str:
    """What stands above a paper: the offering's `name`, its level (1 to 5) and the subject."""
    return f"{name}{LEVEL_TITLES[level]} {SUBJECT_TITLES[subject]}"
