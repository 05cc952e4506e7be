"""The fields of every file, in one place: what may stand where, and what is text as typed."""

from __future__ import annotations

from okrsite.read.fields import DATA, TEXT, Fields, mapping, sentence, sentences


def _fields(text: str = "", data: str = "", lists: str = "", **others: Fields) -> dict[str, Fields]:
    """Return fields by name: texts as typed, plain data, lists of sentences, and all others."""
    return {
        **dict.fromkeys(text.split(), TEXT),
        **dict.fromkeys(data.split(), DATA),
        **dict.fromkeys(lists.split(), sentences()),
        **others,
    }


# What people type as a value or a name is text too: `target: >= 99.9%`, `owner: @ana`.
_NAMES = sentences()

ITEM = mapping(
    _fields(text="value confidence forecast status note blocker decision ask", lists="done undone")
)
"""What a check-in says about one key result or objective."""

_ITEMS = mapping({}, others=Fields(text=True, keys=ITEM.keys))
WORK = Fields(text=True, keys=_fields(text="state because"))

_WORK_FIELDS = _fields(text="title owner link state because done")
_STEP_FIELDS = _fields(text="title weight done")
INITIATIVE = sentence(_WORK_FIELDS, below=mapping(_WORK_FIELDS))
STEP = sentence(_STEP_FIELDS, below=mapping(_STEP_FIELDS))
DEFINITION = Fields(text=True, keys=_fields(text="text counts excludes source contributes"))
_INITIATIVES = sentences(INITIATIVE)
_DATED = mapping({}, others=Fields(text=True, keys=ITEM.keys))

_SHARED = _fields(
    text="id title state cancelled_because visibility weight grade grade_note done",
    initiatives=_INITIATIVES,
    owner=_NAMES,
    tags=_NAMES,
    aka=_NAMES,
    ignore=_NAMES,
    checkins=_DATED,
)

KEY_RESULT = sentence(
    {
        **_SHARED,
        **_fields(
            text="description kind baseline target stretch priority indicator start due feed",
            checkpoints=mapping({}, others=TEXT),
            definition=DEFINITION,
            milestones=sentences(STEP),
            rubric=mapping({}, others=TEXT),
        ),
    },
    # A key result has no list below it: reading one lets the reader say so.
    below=sentences(STEP),
)

OBJECTIVE = sentence(
    {
        **_SHARED,
        **_fields(
            text="why type origin continues",
            contributors=_NAMES,
            supports=_NAMES,
            depends_on=_NAMES,
            votes=_NAMES,
            key_results=sentences(KEY_RESULT),
        ),
    },
    below=sentences(KEY_RESULT),
)

HEALTH = sentence(_fields(text="id title target"))
AMENDMENT = mapping(_fields(text="date about why"))
RETROSPECTIVE = mapping(_fields(lists="went_well to_improve learned next"))

PLAN = Fields(
    keys=_fields(
        text="grade grade_note checkin_every visibility",
        objectives=sentences(OBJECTIVE),
        health=sentences(HEALTH),
        amendments=Fields(items=AMENDMENT),
        retrospective=RETROSPECTIVE,
    ),
    others=sentences(KEY_RESULT),
    items=OBJECTIVE,
)

ASK = sentence(_fields(text="text to by"))
CHECK_IN = mapping(
    _fields(
        text="by cycle note",
        lists="priorities upcoming wins",
        key_results=_ITEMS,
        objectives=_ITEMS,
        initiatives=mapping({}, others=WORK),
        health=mapping({}, others=TEXT),
        asks=sentences(ASK),
    )
)

FEEDBACK_ENTRY = mapping(_fields(text="about kind text answer"))
FEEDBACK = Fields(items=FEEDBACK_ENTRY, keys=FEEDBACK_ENTRY.keys)

PRIORITY = mapping(_fields(text="id title"))
TEAM = mapping(
    _fields(
        text="title id level lead champion sponsor vision mission language checkin_every "
        "visibility parent",
        members=_NAMES,
        aka=_NAMES,
        priorities=Fields(items=PRIORITY),
        links=mapping({}, others=TEXT),
    )
)

PERSON = Fields(
    text=True,
    keys=_fields(text="name title email github avatar left", away=_NAMES, aka=_NAMES),
)
PEOPLE = mapping({}, others=PERSON)

CHECKINS_RULE = mapping(_fields(text="every day sharing grace_days"))
PACE_RULE = mapping(_fields(text="on_track at_risk quiet_start"))
LIMITS_RULE = mapping(_fields(text="objectives key_results"))
CYCLE = mapping(_fields(text="id name start end grading_due", reviews=_NAMES))
RULES = mapping(
    _fields(
        text="company language timezone fiscal_year_start planning_days default_visibility",
        roles=mapping({}, others=TEXT),
        checkins=CHECKINS_RULE,
        pace=PACE_RULE,
        limits=LIMITS_RULE,
        audiences=_NAMES,
        cycles=Fields(items=CYCLE),
        rules=mapping({}, others=TEXT),
        links=mapping({}, others=TEXT),
        ignore=_NAMES,
    )
)
