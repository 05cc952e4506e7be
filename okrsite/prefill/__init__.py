"""A company as it stands → what people begin with: questions, proposed grades, the next plan."""

from okrsite.prefill.grades import Proposal, propose_grades, write_grade
from okrsite.prefill.names import Names
from okrsite.prefill.questions import Question, questions_for
from okrsite.prefill.week import Writer, check_in_path, find_writer

__all__ = [
    "Names",
    "Proposal",
    "Question",
    "Writer",
    "check_in_path",
    "find_writer",
    "propose_grades",
    "questions_for",
    "write_grade",
]
