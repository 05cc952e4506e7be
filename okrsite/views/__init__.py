"""A company and its measures → one dataclass per page: all that a template may show."""

from okrsite.views.alignment import AlignmentView, view_alignment
from okrsite.views.calibration import CalibrationView, view_calibration
from okrsite.views.changes import ChangesView, view_changes
from okrsite.views.check_ins import CheckInsView, view_check_ins
from okrsite.views.compare import CompareView, view_compare
from okrsite.views.context import Context
from okrsite.views.cycle import CycleView, view_cycle
from okrsite.views.cycles import CyclesView, view_cycles
from okrsite.views.data import DataView, Download, view_data
from okrsite.views.fragments import ChartView
from okrsite.views.home import HomeView, view_home
from okrsite.views.how import HowView, view_how
from okrsite.views.listing import ListView
from okrsite.views.map import MapView
from okrsite.views.objective import ObjectiveView, view_objective
from okrsite.views.okrs import OkrsView, view_okrs
from okrsite.views.people import PeopleView, view_people_index
from okrsite.views.person import PersonView, view_person_page
from okrsite.views.plan import PlanPageView, view_plan_page
from okrsite.views.proposals import ProposalsView, view_proposals
from okrsite.views.review import ReviewView, view_review
from okrsite.views.team import TeamView, view_team
from okrsite.views.teams import TeamsView, view_teams
from okrsite.views.waiting import AttentionView, view_attention_page
from okrsite.views.wins import WinsView, view_wins_page

__all__ = [
    "AlignmentView",
    "AttentionView",
    "CalibrationView",
    "ChangesView",
    "ChartView",
    "CheckInsView",
    "CompareView",
    "Context",
    "CycleView",
    "CyclesView",
    "DataView",
    "Download",
    "HomeView",
    "HowView",
    "ListView",
    "MapView",
    "ObjectiveView",
    "OkrsView",
    "PeopleView",
    "PersonView",
    "PlanPageView",
    "ProposalsView",
    "ReviewView",
    "TeamView",
    "TeamsView",
    "WinsView",
    "view_alignment",
    "view_attention_page",
    "view_calibration",
    "view_changes",
    "view_check_ins",
    "view_compare",
    "view_cycle",
    "view_cycles",
    "view_data",
    "view_home",
    "view_how",
    "view_objective",
    "view_okrs",
    "view_people_index",
    "view_person_page",
    "view_plan_page",
    "view_proposals",
    "view_review",
    "view_team",
    "view_teams",
    "view_wins_page",
]
