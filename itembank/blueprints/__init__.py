"""Parallel papers by blueprint: what a paper must be (TOML), HiGHS to find one, and a check that trusts neither. Pure.

A blueprint, every key of it (only `forms` and one of `length` and `sections` are needed):

    title = "Theory, level 3"
    forms = 10                  # parallel papers
    length = 80                 # items a form: a number, or {min = 78, max = 80}; without it the sections' sum
    seed = 20260328             # the same blueprint, bank, seed and solver give the same papers
    time_limit_s = 60
    max_use = 1                 # in how many of the forms one item may stand (1: the forms share nothing)
    overlap = 5                 # how many items two forms may share; then max_use is the number of forms
    variants = 2                # orders A, B, … of each form for neighbours: none has an item at another's place

    [bank]                      # files beside the blueprint; the bank itself is given apart
    id = "ID"                   # column of the ids; "#row" numbers the rows
    stimulus = "STID"           # column that says to which stimulus an item belongs
    pool = "itempool.csv"       # ID, MODEL, PAR1, PAR2, …: parameters of 1PL, 2PL, 3PL, PC, GPC and GR items
    stimuli = "stimattrib.csv"
    constraints = "constraints.csv"   # CONSTRAINT_ID, TYPE, WHAT, CONDITION, LB, UB, ONOFF: see constraint_files
    enemies = "pairs.csv"       # two columns of ids: never both in a form
    model = "3PL"               # of a bank whose own columns hold the parameters
    parameters = ["a", "b", "c"]

    [history]
    column = "uses"             # how often an item was used before
    max = 3                     # most uses, those of these forms included

    [[sections]]                # the parts of a form, in order; an item belongs to exactly one
    id = "S1"
    title = "单项选择题"
    where = 'type == "single"'
    count = 40
    points = 0.5

    [[rules]]                   # every rule may have an `id`, a condition `where`, and `of = "stimulus"`
    id = "K1"
    kind = "number"             # of the items (or stimuli) for which the condition holds
    where = 'knowledge_point == "选题策划" & difficulty >= 0.3'
    min = 3
    max = 5
    # kind = "each"     column, min, max: "number" for every value of the column;
    #                   values = {"选题策划" = {min = 3, max = 5}} bounds single values
    # kind = "sum"      column, min, max: the sum of the column over the chosen items
    # kind = "mean"     column, min, max: the mean of the column over the chosen items
    # kind = "per_stimulus"  min, max: items of each stimulus that is used
    # kind = "enemies"  at most one (`most`) of the items for which the condition holds, or of `items = [ids]`
    # kind = "together" all of them or none
    # kind = "include"  all of them; `shared = true`: in every form, whatever max_use and overlap say
    # kind = "exclude"  none of them
    # kind = "order"    column, descending = false: the order inside a section

    [information]
    theta = [-1, 0, 1]
    tolerance = 0.01            # each form is within this share of the target at every theta
    target = [10, 12, 9]        # without it one is chosen that the bank can meet; the result says which
    # min = [..], max = [..]    # bounds instead of a target
    scale = 1.0                 # 1.7 where the parameters are of the normal metric

    [objective]                 # what is best among all that holds; without it the first that holds
    sense = "max"
    information_at = [0]        # or column = "uses", the sum of a column

A condition (`conditions`) is the part of R in which test specifications are written: `==`, `%in% c(…)`, `&`, `|`,
`!`, `is.na()`, arithmetic; column names in any script.
"""
