"""A key result's sentence → kind, baseline, target and direction, or "not certain".

`read_sentence` reads a title, `read_target` a `target:` field. What cannot be read without doubt
is a milestone that says why in `unread`: a false reading is far worse. `without_prefix` takes only
the label off a title that is no key result's.
"""

from okrsite.sentences.plain import without_prefix
from okrsite.sentences.reading import Sentence, read_sentence
from okrsite.sentences.target import read_target

__all__ = ["Sentence", "read_sentence", "read_target", "without_prefix"]
