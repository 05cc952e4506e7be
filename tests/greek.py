"""A small company that writes Greek, so that every Latin word on its pages is one of ours."""


def _graded(grade: float, confidence: int) -> str:
    """Return a plan for the second quarter of 2026 whose key results all went the same way."""
    results = "".join(
        f"""\
      - id: {id}
        title: {title}
        baseline: 0
        target: 9
        grade: {grade}
        checkins: {{2026-05-14: {{value: 3, confidence: {confidence}}}}}
"""
        for id, title in zip("abcde", ("Ένα", "Δύο", "Τρία", "Τέσσερα", "Πέντε"), strict=True)
    )
    retrospective = "retrospective: {learned: [Ναι], next: [Ύστερα]}"
    head = "objectives:\n  - id: o\n    title: Πλοία\n    key_results:"
    return f"{head}\n{results}{retrospective}\n"


GREEK = {
    "2026-q2.yml": _graded(0.7, 7),
    "data/2026-q2.yml": _graded(0.2, 9),
    "people/2026-q2.yml": _graded(0.9, 3),
    "okrs.yml": "company: Λιμάνι\ntimezone: UTC\nroles: {okr_lead: ana, champion: bo}\n",
    "people.yml": """\
ana: {name: Άννα, title: Ναύτης, away: [2026-11-10..2026-12-01]}
bo: {name: Μπο}
chen: {name: Τσεν, left: 2026-11-01}
""",
    "team.md": "---\ntitle: Λιμάνι\nlead: bo\nmission: Πλοία.\n---\n",
    "2026-q4.yml": """\
objectives:
  - {id: trust, title: Εμπιστοσύνη, key_results: [{id: a, title: Πλοία, baseline: 0, target: 9}]}
  - {id: alone, title: Μόνο, type: learning, key_results: [{id: a, title: Πλοίο}]}
""",
    "platform/team.md": """\
---
title: Πλατφόρμα
lead: ana
champion: bo
sponsor: dana
members: [ana, bo]
vision: Θάλασσα.
---
Κείμενο.
""",
    "platform/2026-q3.yml": """\
objectives:
  - id: old
    title: Παλιό
    type: committed
    grade: 0.6
    grade_note: Σχεδόν.
    key_results:
      - id: a
        title: Ένα
        baseline: 0
        target: 9
        grade: 0.6
        checkins: {2026-08-14: {value: 3, confidence: 6}}
      - {id: b, title: Δύο, baseline: 0, target: 9}
retrospective:
  went_well: [Ναι]
  to_improve: [Όχι]
  learned: [Ίσως]
  next: [Μετά, Στόχος νέος, Ταχύτητα, Διάθεση]
""",
    "platform/2026-q4.yml": """\
objectives:
  - id: trust
    title: Γρήγορα
    why: Επειδή.
    type: committed
    origin: bottom-up
    supports: company/trust
    depends_on: data/pipe
    continues: platform@2026-q3/old
    contributors: [bo]
    key_results:
      - id: fast
        title: Ταχύτητα
        baseline: 900
        target: 600
        stretch: 500
        indicator: leading
        definition: {counts: Πώς, excludes: Χωρίς, source: Πηγή}
        initiatives: [{title: Κίνηση, state: doing, owner: bo}]
      - {id: limit, title: Όριο, kind: limit, target: 40, owner: bo}
      - {id: keep, title: Διατήρηση, kind: maintain, target: 4, owner: bo}
      - {id: steps, title: Βήματα, milestones: [Πρώτο, Δεύτερο], owner: chen}
      - {id: levels, title: Επίπεδα, rubric: {0.3: Λίγο, 1.0: Όλα}, owner: bo}
      - {id: words, title: Λόγια, owner: bo}
      - {id: fresh, title: Νέο, baseline: 0, target: 9, weight: 2, due: 2026-11-18, owner: bo}
      - {id: quiet, title: Σιωπή, baseline: 0, target: 9, owner: bo, priority: P1}
      - {id: paused, title: Παύση, baseline: 0, target: 9, state: paused}
      - {id: gone, title: Τέλος, state: cancelled, cancelled_because: Γιατί}
  - {id: idea, title: Ιδέα, state: proposed, votes: [bo], key_results: [{id: a, title: Πλοίο}]}
health:
  - {id: mood, title: Διάθεση, target: ">= 4"}
amendments:
  - {date: 2026-11-02, about: trust/fast, why: Νέος στόχος}
""",
    "platform/2026-q4.bo.yml": """\
objectives:
  - {id: own, title: Δικό, key_results: [{id: a, title: Ένα, baseline: 0, target: 9}]}
""",
    "platform/2027-q1.yml": """\
objectives:
  - {id: next, title: Επόμενο, state: draft, key_results: [{id: a, title: Ένα}]}
""",
    "platform/checkins/2026-10-12.yml": "by: bo\nkey_results: {trust/quiet: 2}\n",
    "platform/checkins/2026-11-09.yml": """\
by: bo
key_results:
  trust/fast: {value: 850, confidence: 8}
  trust/limit: 30
  trust/keep: 4.2
  trust/words: {confidence: 8, status: on-track}
  trust/fresh: {value: 1, status: on-track}
  trust/steps: {done: [Πρώτο]}
""",
    "platform/checkins/2026-11-16.yml": """\
by: bo
key_results:
  trust/fast:
    {value: 840, confidence: 3, forecast: 700, blocker: Εμπόδιο, decision: Απόφαση, ask: Βοήθεια}
  trust/limit: 38
  trust/keep: 3.8
  trust/fresh: {value: 1, status: on-track}
  trust/steps: {undone: [Πρώτο]}
  trust/levels: 0.3
objectives: {trust: {note: Όλα καλά}}
health: {mood: 4.2}
priorities: [P1 Πρώτα]
upcoming: [Ύστερα]
wins: [Νίκη]
asks: [{text: Βοήθεια, to: data, by: 2026-11-23}]
note: Σημείωση.
""",
    "platform/feedback/2026-11-17.bo.yml": """\
- {kind: praise, text: Μπράβο}
- {kind: question, text: Γιατί, about: trust/fast, answer: Έτσι}
- {kind: suggestion, text: Ίσως}
""",
    "data/team.md": "---\ntitle: Δεδομένα\nlead: ghost\n---\n",
    "data/2026-q4.yml": """\
objectives:
  - {id: pipe, title: Αγωγός, key_results: [{id: a, title: Ένα, baseline: 0, target: 9}]}
""",
    "people/team.md": "---\ntitle: Άνθρωποι\n---\n",
}

_AMENDED = """\
objectives:
  - id: all
    title: {objective}
    type: {type}
    supports: [{supports}]
    owner: {owner}
    key_results:
      - id: a
        title: {title}
        kind: {kind}
        baseline: {baseline}
        target: {target}
        stretch: {stretch}
        checkpoints: {{{checkpoint}}}
        definition: {definition}
        start: {start}
        due: {due}
        weight: {weight}
        {state}
      - {{id: b, title: Πλοίο, kind: milestone, milestones: [{steps}]}}
      - {{id: c, title: Λιμάνι, kind: rubric, rubric: {{{rubric}}}}}
      - {{id: d, title: Βάρκα, kind: limit, target: "{limit}"}}
      - {{id: {came}, title: {came_title}, baseline: 0, target: 9}}
"""
AMENDED_BEFORE = _AMENDED.format(
    objective="Όλα",
    type="committed",
    supports="company/trust",
    owner="ana",
    title="Ένα",
    kind="metric",
    baseline="1",
    target="9",
    stretch="12",
    checkpoint="2026-11-01: 4",
    definition="Έτσι",
    start="2026-10-05",
    due="2026-12-01",
    weight="1",
    state="state: active",
    steps="Πρώτα, Μετά",
    rubric="0.3: Λίγο, 1.0: Πολύ",
    limit="<= 3",
    came="gone",
    came_title="Τίποτα",
)
AMENDED_AFTER = _AMENDED.format(
    objective="Όλα μαζί",
    type="learning",
    supports="company/alone",
    owner="bo",
    title="Ένα και δύο",
    kind="maintain",
    baseline="2 %",
    target="8 %",
    stretch="9 %",
    checkpoint="2026-11-02: 4 %",
    definition="Αλλιώς",
    start="2026-10-06",
    due="2026-12-02",
    weight="2",
    state="state: paused",
    steps="Πρώτα, Ύστερα",
    rubric="0.3: Λίγο, 1.0: Όλα",
    limit=">= 3",
    came="come",
    came_title="Θάλασσα",
)
"""A plan of which every term is amended."""
