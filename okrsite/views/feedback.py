"""What visitors say, and what could not be read → the panels that tell of it."""

from __future__ import annotations

from okrsite import urls
from okrsite.model import BrokenFile, Feedback, Objective
from okrsite.views.context import Context
from okrsite.views.fragments import BrokenFiles, BrokenView, FeedbackRow, MoreView
from okrsite.views.parts import reference_link, view_date, view_person
from okrsite.views.room import MOST_BROKEN, MOST_FEEDBACK


def find_feedback(
    context: Context, team: str, objective: Objective | None = None
) -> list[Feedback]:
    """Return what visitors said about a team, or about one objective of it, newest first."""
    found = context.company.feedback_for(team)
    return [each for each in reversed(found) if objective is None or _is_about(each, objective)]


def view_all_feedback(
    context: Context, team: str, objective: Objective | None = None
) -> MoreView | None:
    """Return where all that was said about a team stands, if a page shows only the newest."""
    if len(find_feedback(context, team, objective)) <= MOST_FEEDBACK:
        return None
    n = len(find_feedback(context, team))
    text = context.words.ngettext("All {n} piece of feedback", "All {n} pieces of feedback", n)
    return MoreView(text, urls.feedback_url(team))


def view_feedback(context: Context, feedback: Feedback) -> FeedbackRow:
    """Return what one visitor said."""
    say = context.words.gettext
    kinds = {
        "praise": say("Praise"),
        "question": say("Question"),
        "suggestion": say("Suggestion"),
    }
    return FeedbackRow(
        kind=feedback.kind,
        word=kinds.get(feedback.kind, feedback.kind),
        by=view_person(context, feedback.by),
        date=view_date(context, feedback.date),
        text=feedback.text,
        answer=feedback.answer,
        about=reference_link(context, feedback.about) if feedback.about else None,
        source=feedback.place.path,
    )


def view_broken(context: Context, team: str) -> BrokenFiles:
    """Return the files of a team that could not be read; messages only where they may show."""
    found = [file for file in context.company.broken if file.team == team]
    left = len(found) - MOST_BROKEN
    return BrokenFiles(
        count=len(found),
        files=tuple(_broken(context, file) for file in found[:MOST_BROKEN]),
        left=context.words.ngettext("and {n} more", "and {n} more", left) if left > 0 else "",
    )


def _broken(context: Context, file: BrokenFile) -> BrokenView:
    quoted = context.quotes_source
    return BrokenView(
        file.path, tuple((c, line, text if quoted else "") for c, line, text in file.problems)
    )


def _is_about(feedback: Feedback, objective: Objective) -> bool:
    about, ref = feedback.about, objective.ref
    return about is not None and (about.owner, about.cycle, about.objective) == (
        ref.owner,
        ref.cycle,
        ref.objective,
    )
