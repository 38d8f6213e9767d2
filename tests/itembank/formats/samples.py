"""One file of our own for each format, to begin mutations from."""

from itembank.formats.question import Question
from itembank.formats.registry import read, write

GIFT = r"""// [id:Q-1] [tag:视频]
::Frame rate::[html]Which <b>rate</b>\: is usual{=24#Yes\n ~%50%25 ~%-25%[plain]60####General}

$CATEGORY: bank/二

Pi{#=3.14:0.005 =%50%3..3.2#rough ~#no}

Match{=a -> 1 =b -> 2 = -> 3}

Is it so?{FALSE#wrong#right}

The unit is{=fps =%50%frames} here.
"""
AIKEN = "Which?\nA) x\nB. y\nANSWER: A\n\nWhich two?\nA) x\nB) y\nC) z\nANSWER: A, C\n"
MISSING = "The sky is {=blue#yes ~green ~50%grey}, mostly.\n\nParis is in {=France}\n"
CLOZE = r"A {2:SAC:=Berlin#Yes~%50%Bonn~\}} B {:MCS:no~=yes} C {1:NM:=2,5:0.1~*#no} D {1:MR:%50%a~%50%b~c}"
SHEET = """编号,题型,题干,选项A,选项B,选项C,选项D,答案,分值,难度,知识点,解析,等级
1,单选题,最常用的帧率？,24,25,,,A,1,易,视频,电影,三级
2,多选题,媒体包括：,文字,图片,音频,胶水,"A、B,C",2分,0.6,概念,,
3,判断题,微博是社交媒体,,,,,√,1,中等,平台,,
4,填空题,首都是____，英国是（ ）。,,,,,北京|北京市；伦敦,2,0.5,常识,,
5,计算题,圆周率,,,,,3.14±0.01,1,0.2,,,
6,匹配题,配对,a→1,b→2,→3,,,1,,,,
7,排序题,排序,甲,乙,丙,,CAB,1,,,,
8,简答题,谈谈,,,,,要点,10,难,,,
"""
POOL = """<POOL><QUESTION_MULTIPLEANSWER id="q1"><BODY><TEXT>Pick</TEXT></BODY><ANSWER id="a"><TEXT>one</TEXT></ANSWER>
<ANSWER id="b"><TEXT>two</TEXT></ANSWER><GRADABLE><CORRECTANSWER answer_id="a"/></GRADABLE></QUESTION_MULTIPLEANSWER>
<QUESTION_TRUEFALSE id="q2"><BODY><TEXT>So</TEXT></BODY><ANSWER id="a"><TEXT>True</TEXT></ANSWER><ANSWER id="b">
<TEXT>False</TEXT></ANSWER><GRADABLE><CORRECTANSWER answer_id="b"/></GRADABLE></QUESTION_TRUEFALSE></POOL>"""
INTEROP = """<questestinterop><item title="t"><itemmetadata><bbmd_questiontype>%s</bbmd_questiontype>
<qmd_absolutescore_max>2</qmd_absolutescore_max></itemmetadata><presentation><flow class="QUESTION_BLOCK"><material>
<mat_formattedtext>Pick</mat_formattedtext></material></flow><flow class="RESPONSE_BLOCK"><response_lid ident="r">
<response_label ident="a"><mattext>one</mattext></response_label><response_label ident="b"><mattext>two</mattext>
</response_label></response_lid></flow></presentation><resprocessing><respcondition title="correct"><conditionvar>
<varequal respident="r">a</varequal></conditionvar></respcondition></resprocessing></item></questestinterop>"""


def questions() -> tuple[Question, ...]:
    """Questions of every type that can be written."""
    found = [read(text.encode(), name).questions for text, name in ((GIFT, "a.gift"), (CLOZE, "a.cloze"))]
    return (*found[0], *found[1], *read(SHEET.encode(), "a.csv").questions)


def samples() -> dict[str, bytes]:
    """A file of each kind by a name that its format is found by."""
    made = {
        "a.gift": GIFT.encode(),
        "a.aiken": AIKEN.encode(),
        "missingword.txt": MISSING.encode(),
        "a.cloze": CLOZE.encode(),
        "a.csv": SHEET.encode(),
        "pool.dat": POOL.encode(),
        "item.dat": (INTEROP % "Multiple Choice").encode(),
    }
    writable = {"quiz.xml": "moodle", "bank.xlsx": "sheet", "qti.zip": "qti3"}
    return made | {name: write(questions(), format).data for name, format in writable.items()}
