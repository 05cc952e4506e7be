"""Text → `Quantity` in a unit, and back as people write it.

`read_quantity` reads a whole text, `read_value` a check-in's value in the style of its key
result, `find_quantity` the quantity at one place inside a sentence. What leaves two readings is
an `Unread` that names both, never a guess.
"""

from okrsite.quantities.numerals import NOTHING, fold
from okrsite.quantities.reading import read_quantity, read_value
from okrsite.quantities.scan import Found, find_quantity, next_number
from okrsite.quantities.units import convert, same_unit
from okrsite.quantities.unread import Unread
from okrsite.quantities.writing import write_quantity, written_alike

__all__ = [
    "NOTHING",
    "Found",
    "Unread",
    "convert",
    "find_quantity",
    "fold",
    "next_number",
    "read_quantity",
    "read_value",
    "same_unit",
    "write_quantity",
    "written_alike",
]
