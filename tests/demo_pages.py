"""The kinds of pages that a site has, each by an address in the demo's."""

TEAM = "teams/data/"
OBJECTIVE = "teams/data/2026-q4/pipeline/"

KINDS = {
    "home": "",
    "teams": "teams/",
    "company": "teams/company/",
    "department": "teams/engineering/",
    "team": TEAM,
    "team without a plan": "teams/integrations/",
    "team's cycle": "teams/data/2026-q4/",
    "team's closed cycle": "teams/data/2026-q3/",
    "team's upcoming cycle": "teams/platform/2027-q1/",
    "objective": OBJECTIVE,
    "people": "people/",
    "person": "people/ana/",
    "person's cycle": "people/ana/2026-q4/",
    "person's objective": "people/ana/2026-q4/delegate/",
    "alignment": "alignment/",
    "review": "review/",
    "department's review": "review/engineering/",
    "team's review": "review/platform/",
    "cycles": "cycles/",
    "cycle": "cycles/2026-q4/",
    "closed cycle": "cycles/2026-q3/",
    "upcoming cycle": "cycles/2027-q1/",
    "compare": "cycles/compare/",
    "calibration": "cycles/calibration/",
    "all OKRs": "okrs/2026-q4/",
    "attention": "attention/",
    "proposals": "proposals/",
    "how we work": "how-we-work/",
    "data": "data/",
    "guide": "guide/format/",
}
