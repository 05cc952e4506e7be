"""A company → the company that one audience may see; everything below knows only that one."""

from okrsite.audience.evidence import see_evidence
from okrsite.audience.gate import may_see, see_company, see_weeklies

__all__ = ["may_see", "see_company", "see_evidence", "see_weeklies"]
