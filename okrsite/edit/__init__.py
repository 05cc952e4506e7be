"""A file and what should be different → its bytes with exactly that difference; comments kept.

The lines are changed where our own reader says that things stand, as no YAML library reads
sentences as they are typed. Every change is read again: what does not say exactly what was meant
is never written.
"""

from okrsite.edit.check_in import Said, edit_check_in
from okrsite.edit.page import CannotEditError, UnreadableError
from okrsite.edit.plan import Grade, add_objective, grade_plan
from okrsite.edit.save import CannotSaveError, save_files

__all__ = [
    "CannotEditError",
    "CannotSaveError",
    "Grade",
    "Said",
    "UnreadableError",
    "add_objective",
    "edit_check_in",
    "grade_plan",
    "save_files",
]
