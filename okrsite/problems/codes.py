"""Every code that a diagnostic can have: stable, each with a page in the guide.

The letter tells the subject: F files, Y YAML, S schema, N numbers in plans, I ids, R references,
C check-ins, V visibility, D cycles and dates, H history, P pages.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a problem weighs; only errors make a command exit with 1."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Code(NamedTuple):
    """What all problems of one code have in common."""

    severity: Severity
    title: str
    """One line for the guide's index."""


_E, _W, _A = Severity.ERROR, Severity.WARNING, Severity.ADVICE

CODES: dict[str, Code] = {
    # Files
    "OKR-F001": Code(_E, "A plan or check-in with the wrong file name"),
    "OKR-F002": Code(_W, "A file that is neither plan, check-in nor feedback"),
    "OKR-F003": Code(_E, "Two plans for one owner and cycle"),
    "OKR-F004": Code(_E, "A cycle that nobody named"),
    "OKR-F005": Code(_W, "A symbolic link, which is not followed"),
    "OKR-F006": Code(_E, "A file that cannot be opened"),
    "OKR-F007": Code(_E, "Text that is not UTF-8"),
    "OKR-F008": Code(_E, "A source folder without a plan"),
    "OKR-F009": Code(_E, "Objectives written as prose"),
    # YAML
    "OKR-Y001": Code(_E, "YAML that cannot be read"),
    "OKR-Y002": Code(_E, "A key that stands twice"),
    "OKR-Y003": Code(_E, "An anchor, alias or merge key"),
    "OKR-Y004": Code(_E, "A YAML tag"),
    "OKR-Y005": Code(_E, "A second YAML document in one file"),
    "OKR-Y006": Code(_E, "An unresolved merge conflict"),
    "OKR-Y007": Code(_E, "A tab where spaces are meant"),
    "OKR-Y008": Code(_E, "A file that is too large, too deep or has too many parts"),
    "OKR-Y009": Code(_E, "A # that would cut a sentence"),
    "OKR-Y010": Code(_E, "An empty item"),
    "OKR-Y011": Code(_E, "A colon that was forgotten"),
    "OKR-Y012": Code(_E, "A space missing after a dash or colon"),
    "OKR-Y013": Code(_E, "A full-width colon"),
    "OKR-Y014": Code(_E, "A no-break space as indent"),
    "OKR-Y015": Code(_E, "Curly quotes around a value"),
    "OKR-Y016": Code(_E, "A key without a value inside braces"),
    "OKR-Y017": Code(_E, "Front matter that is not closed or not there"),
    "OKR-Y018": Code(_E, "An indent that fits no line above"),
    "OKR-Y019": Code(_E, "A quote or bracket that is not closed"),
    "OKR-Y020": Code(_E, "A control character"),
    # Schema
    "OKR-S001": Code(_E, "A key that the format does not know"),
    "OKR-S002": Code(_E, "A value of the wrong shape"),
    "OKR-S003": Code(_E, "Something required is missing"),
    "OKR-S004": Code(_E, "A word that is not one of the known ones"),
    "OKR-S005": Code(_E, "A key with nothing after it"),
    "OKR-S006": Code(_E, "A date that is none"),
    "OKR-S007": Code(_E, "A number that is none"),
    "OKR-S008": Code(_E, "A number outside its range"),
    "OKR-S009": Code(_E, "`done: yes` where a date is meant"),
    "OKR-S010": Code(_E, "A text with commas where a list is meant"),
    "OKR-S011": Code(_E, "Something cancelled without a reason"),
    "OKR-S012": Code(_E, "Fields that do not go together"),
    "OKR-S013": Code(_E, "A link that is none"),
    "OKR-S014": Code(_E, "A time zone or language that is not known"),
    # Numbers of plans
    "OKR-N001": Code(_E, "A quantity that cannot be read"),
    "OKR-N002": Code(_E, "A number with two readings"),
    "OKR-N003": Code(_E, "Title and field disagree"),
    "OKR-N004": Code(_E, "Baseline and target are equal"),
    "OKR-N005": Code(_E, "Two units that do not fit"),
    "OKR-N006": Code(_E, "A placeholder outside a draft"),
    "OKR-N007": Code(_E, "A kind that lacks what it needs"),
    # Ids
    "OKR-I001": Code(_E, "An id with characters that ids cannot have"),
    "OKR-I002": Code(_E, "An id that is taken"),
    "OKR-I003": Code(_E, "Identical titles beside each other"),
    "OKR-I004": Code(_A, "Something referred to has no id of its own"),
    "OKR-I005": Code(_E, "Letters of several scripts that look alike"),
    "OKR-I006": Code(_E, "A name that Windows reserves"),
    # References
    "OKR-R001": Code(_E, "A reference that has no meaning"),
    "OKR-R002": Code(_E, "A reference to nothing"),
    "OKR-R003": Code(_E, "A ring of supports"),
    "OKR-R004": Code(_E, "A name that fits several people"),
    "OKR-R005": Code(_W, "Somebody who is not in people.yml"),
    "OKR-R006": Code(_W, "Somebody who left still owns something"),
    "OKR-R007": Code(_E, "A parent that is no team, or a ring of parents"),
    "OKR-R008": Code(_E, "Something that supports or depends on itself"),
    # Check-ins and feedback
    "OKR-C001": Code(_E, "A check-in about nothing"),
    "OKR-C002": Code(_E, "A name that fits several key results"),
    "OKR-C003": Code(_E, "A name that two cycles have"),
    "OKR-C004": Code(_E, "The same key result twice in one file"),
    "OKR-C005": Code(_E, "A value that cannot be read"),
    "OKR-C006": Code(_E, "A value with two readings"),
    "OKR-C007": Code(_E, "A value in another unit"),
    "OKR-C008": Code(_E, "A bare number below 1 on a percentage"),
    "OKR-C009": Code(_E, "A bare number on a milestone"),
    "OKR-C010": Code(_E, "A check-in far in the future"),
    "OKR-C011": Code(_E, "A step that the milestone does not have"),
    "OKR-C012": Code(_E, "A level that the rubric does not have"),
    "OKR-C013": Code(_W, "Check-ins of a key result that is gone"),
    "OKR-C014": Code(_E, "A check-in outside every cycle"),
    "OKR-C015": Code(_E, "A health metric that the plan does not have"),
    "OKR-C016": Code(_E, "An initiative that the plan does not have"),
    "OKR-C017": Code(_E, "A feed that is not there or cannot be read"),
    # Visibility
    "OKR-V001": Code(_E, "An audience that does not exist"),
    "OKR-V002": Code(_E, "Something wider than what encloses it"),
    "OKR-V003": Code(_E, "Left out because its visibility cannot be read"),
    "OKR-V004": Code(_E, "An okrs.yml that cannot be read"),
    "OKR-V005": Code(_W, "Something that more people will see"),
    # Cycles and dates
    "OKR-D001": Code(_E, "A cycle whose dates are missing or reversed"),
    "OKR-D002": Code(_E, "Two cycles of one name"),
    "OKR-D003": Code(_E, "A date outside its cycle"),
    "OKR-D004": Code(_E, "A fiscal cycle without fiscal_year_start"),
    # History
    "OKR-H001": Code(_W, "A repository whose history cannot be told"),
    "OKR-H002": Code(_E, "A commitment changed without a reason"),
    "OKR-H003": Code(_W, "An id that vanished"),
    # Pages
    "OKR-P001": Code(_E, "Two pages with one address"),
    "OKR-P002": Code(_E, "A link to an OKR that is not there"),
    "OKR-P003": Code(_W, "A picture that is not there"),
}
