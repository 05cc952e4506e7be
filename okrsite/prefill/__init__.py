"""A company as it stands → what the next files begin with: a check-in's questions and names."""

from okrsite.prefill.names import Names
from okrsite.prefill.questions import Question, questions_for
from okrsite.prefill.week import Writer, check_in_path, find_writer

__all__ = [
    "Names",
    "Question",
    "Writer",
    "check_in_path",
    "find_writer",
    "questions_for",
]
