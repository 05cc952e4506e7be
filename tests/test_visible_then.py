"""What was hidden when it was written stays hidden, though the team is open to everybody today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command import is_told
from repositories import Repository, git
from test_history import PEOPLE, PLAN, PLATFORM, company_of, told

from okrsite.audience import see_company
from okrsite.company import load_company
from okrsite.keep import Keep
from okrsite.model import Company

RULES = "audiences: [public, internal, leadership]\ndefault_visibility: internal\n"
TEAM = "okrs/platform/team.md"
OPEN = "---\ntitle: Platform\n---\n"
HIDDEN = "---\ntitle: Platform\nvisibility: leadership\n---\n"
BROKEN = "---\ntitle: [Platform\n visibility: internal\n---\n"
SAID = "okrs/platform/checkins/2026-11-09.yml"

SAYS_WHY = "  - {date: 2026-11-03, about: trust, why: Too ambitious}\n"

NOVEMBER_2 = "2026-11-02 trust/sev1 target: 2 → 3 (ana: SECRET)"
DECEMBER_1 = "2026-12-01 trust/sev1 target: 3 → 4 (ana: Lower)"
DECEMBER_8 = "2026-12-08 trust/sev1 target: 4 → 5 (ana: Lower)"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return an empty repository of a company that has rules."""
    made = Repository.new(tmp_path / "acme")
    made.write({"okrs/okrs.yml": RULES, "okrs/people.yml": PEOPLE})
    return made


def begin(repository: Repository, files: dict[str, str], path: str = PLATFORM) -> None:
    """Commit a plan beside some files, and change it once the quarter runs."""
    repository.write({path: PLAN, **files})
    repository.commit("2026-09-20", "Plan")
    repository.change(path, "to 2\n", "to 3\n")
    repository.commit("2026-11-02", "SECRET")


def open_up(repository: Repository, files: dict[str, str], day: str = "2026-11-10") -> None:
    repository.write(files)
    repository.commit(day, "Open to all of us")


def go_on(repository: Repository, path: str = PLATFORM) -> None:
    """Change the plan twice more: what is told first stood before and after the tenth."""
    repository.change(path, "to 3\n", "to 4\n")
    repository.commit("2026-12-01", "Lower")
    repository.change(path, "to 4\n", "to 5\n")
    repository.commit("2026-12-08", "Lower")


def seen(repository: Repository, audience: str = "internal", owner: str = "platform") -> list[str]:
    plan = gated(repository, audience).plan(owner, "2026-q4")
    assert plan
    return [told(each) for each in plan.amendments]


def promised(repository: Repository, audience: str = "internal") -> list[str]:
    """Return the ids of all that was promised first, as far as it may be told."""
    plan = gated(repository, audience).plan("platform", "2026-q4")
    assert plan
    return [
        item.ref.key_result or item.ref.objective
        for objective in plan.original or ()
        for item in objective.items()
    ]


def gated(repository: Repository, audience: str) -> Company:
    return see_company(company_of(repository.root / "okrs"), audience)


class TestTeam:
    def test_that_was_opened_later(self, repository: Repository) -> None:
        begin(repository, {TEAM: HIDDEN})
        open_up(repository, {TEAM: OPEN})
        assert seen(repository) == []
        assert promised(repository) == []
        assert seen(repository, "leadership") == [NOVEMBER_2]
        assert promised(repository, "leadership") == ["trust", "sev1", "latency"]
        go_on(repository)
        assert seen(repository) == [DECEMBER_8]
        assert seen(repository, "leadership") == [NOVEMBER_2, DECEMBER_1, DECEMBER_8]

    def test_whose_plan_says_why(self, repository: Repository) -> None:
        """What stands in today's plan is for who may read it today; what git adds is not."""
        begin(repository, {TEAM: HIDDEN})
        repository.change(PLATFORM, "600 ms\n", "600 ms\namendments:\n" + SAYS_WHY)
        repository.commit("2026-11-04", "SECRET")
        assert seen(repository, "leadership") == [NOVEMBER_2.replace("SECRET", "Too ambitious")]
        open_up(repository, {TEAM: OPEN})
        assert seen(repository) == ["2026-11-03 platform@2026-q4/trust: Too ambitious"]
        assert seen(repository, "leadership") == [NOVEMBER_2.replace("SECRET", "Too ambitious")]

    def test_that_was_always_open(self, repository: Repository) -> None:
        begin(repository, {TEAM: OPEN})
        open_up(repository, {TEAM: OPEN.replace("Platform", "The platform")})
        go_on(repository)
        assert seen(repository) == [NOVEMBER_2, DECEMBER_1, DECEMBER_8]
        assert promised(repository) == ["trust", "sev1", "latency"]

    def test_that_was_hidden_before_the_plan_was_settled(self, repository: Repository) -> None:
        repository.write({PLATFORM: PLAN.replace("to 2\n", "to 1\n"), TEAM: HIDDEN})
        repository.commit("2026-09-20", "A first thought")
        open_up(repository, {TEAM: OPEN}, "2026-09-22")
        repository.change(PLATFORM, "to 1\n", "to 2\n")
        repository.commit("2026-09-24", "Plan")
        repository.change(PLATFORM, "to 2\n", "to 3\n")
        repository.commit("2026-11-02", "SECRET")
        assert seen(repository) == [NOVEMBER_2]

    def test_that_was_hidden_for_a_while(self, repository: Repository) -> None:
        begin(repository, {TEAM: OPEN})
        repository.write({TEAM: HIDDEN})
        repository.commit("2026-11-05", "Hide")
        open_up(repository, {TEAM: OPEN})
        go_on(repository)
        assert seen(repository) == [DECEMBER_8]

    def test_that_is_opened_by_what_is_not_committed(self, repository: Repository) -> None:
        begin(repository, {TEAM: HIDDEN})
        repository.write({TEAM: OPEN})
        assert seen(repository) == []
        repository.change(PLATFORM, "to 3\n", "to 4\n")
        assert seen(repository) == []
        assert len(seen(repository, "leadership")) == 2

    def test_that_is_hidden_today(self, repository: Repository) -> None:
        begin(repository, {TEAM: OPEN})
        repository.write({TEAM: HIDDEN})
        assert gated(repository, "internal").plan("platform", "2026-q4") is None
        assert seen(repository, "leadership") == [NOVEMBER_2]

    def test_whose_plan_said_more_of_it(self, repository: Repository) -> None:
        """What a plan says itself counts within its team's word, as it does today."""
        begin(repository, {TEAM: OPEN.replace("---\n", "---\nvisibility: public\n", 1)})
        hidden = "to 3\n        visibility: leadership\n"
        repository.change(PLATFORM, "to 3\n", hidden)
        repository.commit("2026-11-09", "Hide")
        repository.change(PLATFORM, hidden, "to 3\n")
        open_up(repository, {})
        go_on(repository)
        assert seen(repository, "public") == [DECEMBER_8]

    def test_that_went_with_all_it_had(self, repository: Repository) -> None:
        """What is gone was meant as it was meant last."""
        begin(repository, {TEAM: HIDDEN})
        sev1 = "      - id: sev1\n        title: Reduce incidents from 6 to 3\n"
        repository.change(PLATFORM, sev1, "")
        repository.commit("2026-11-04", "SECRET")
        open_up(repository, {TEAM: OPEN})
        assert seen(repository) == []
        assert [line for line in seen(repository, "leadership") if "sev1 removed" in line]

    @pytest.mark.parametrize("how", ["torn", "a link", "misnamed"])
    def test_whose_file_could_not_be_read_for_a_while(
        self, repository: Repository, how: str
    ) -> None:
        begin(repository, {TEAM: OPEN})
        team = repository.root / TEAM
        team.unlink()
        if how == "torn":
            repository.write({TEAM: BROKEN})
        elif how == "a link":
            team.symlink_to("2026-q4.yml")
        else:
            repository.write({"okrs/platform/teams.md": OPEN})
        repository.commit("2026-11-05", "Oh")
        team.unlink(missing_ok=True)
        (repository.root / "okrs/platform/teams.md").unlink(missing_ok=True)
        open_up(repository, {TEAM: OPEN})
        go_on(repository)
        assert seen(repository) == [DECEMBER_8]
        assert len(seen(repository, "leadership")) == 3

    def test_that_had_no_file_for_a_while(self, repository: Repository) -> None:
        begin(repository, {TEAM: OPEN})
        (repository.root / TEAM).unlink()
        repository.commit("2026-11-05", "Nobody wants to lead it")
        open_up(repository, {TEAM: OPEN})
        go_on(repository)
        assert seen(repository) == [NOVEMBER_2, DECEMBER_1, DECEMBER_8]


class TestAbove:
    DEPARTMENT = "okrs/eng/team.md"
    PLATFORM = "okrs/eng/platform/2026-q4.yml"

    @pytest.mark.parametrize("team", ["", OPEN, OPEN.replace("Platform", "Core")])
    def test_a_department_that_was_opened_later(self, repository: Repository, team: str) -> None:
        files = {"okrs/eng/platform/team.md": team} if team else {}
        begin(repository, {self.DEPARTMENT: HIDDEN, **files}, self.PLATFORM)
        open_up(repository, {self.DEPARTMENT: OPEN})
        go_on(repository, self.PLATFORM)
        assert seen(repository) == [DECEMBER_8]
        assert len(seen(repository, "leadership")) == 3

    def test_the_company_that_was_opened_later(self, repository: Repository) -> None:
        begin(repository, {"okrs/team.md": "---\nvisibility: leadership\n---\n"})
        open_up(repository, {"okrs/team.md": "---\nvisibility: internal\n---\n"})
        go_on(repository)
        assert seen(repository) == [DECEMBER_8]

    def test_a_folder_that_moved_with_its_team(self, repository: Repository) -> None:
        begin(repository, {"okrs/old/team.md": HIDDEN}, "okrs/old/2026-q4.yml")
        repository.git("mv", "okrs/old", "okrs/platform")
        repository.commit("2026-11-04", "Move")
        open_up(repository, {TEAM: OPEN})
        go_on(repository)
        assert seen(repository) == [DECEMBER_8]
        assert len(seen(repository, "leadership")) == 3

    def test_a_team_that_moved_out_of_a_hidden_department(self, repository: Repository) -> None:
        begin(repository, {self.DEPARTMENT: HIDDEN}, self.PLATFORM)
        repository.git("mv", "okrs/eng/platform", "okrs/platform")
        repository.commit("2026-11-10", "Move")
        go_on(repository)
        assert seen(repository) == [DECEMBER_8]

    def test_a_folder_that_a_hidden_team_had_before(self, repository: Repository) -> None:
        other = PLAN.replace("trust", "merge").replace("trusted", "one")
        repository.write({TEAM: HIDDEN, PLATFORM: other})
        begin(repository, {"okrs/crew/team.md": OPEN}, "okrs/crew/2026-q4.yml")
        repository.git("mv", "okrs/platform", "okrs/cellar")
        repository.commit("2026-11-04", "Move away")
        repository.git("mv", "okrs/crew", "okrs/platform")
        repository.commit("2026-11-05", "Move in")
        go_on(repository)
        assert seen(repository) == [NOVEMBER_2, DECEMBER_1, DECEMBER_8]

    @pytest.mark.parametrize("name", ["eng", "Engineering", "builders", "makers"])
    def test_a_parent_that_the_team_names(self, repository: Repository, name: str) -> None:
        above = "---\nid: {id}\ntitle: Engineering\naka: [makers]\n{hidden}---\n"
        id = name if name in ("eng", "builders") else "tech"
        closed = above.format(id=id, hidden="visibility: leadership\n")
        below = OPEN.replace("title", f"parent: {name}\ntitle")
        begin(repository, {self.DEPARTMENT: closed, TEAM: below})
        open_up(repository, {self.DEPARTMENT: above.format(id=id, hidden="")})
        go_on(repository)
        assert seen(repository) == [DECEMBER_8]

    def test_a_team_that_left_a_hidden_parent(self, repository: Repository) -> None:
        below = OPEN.replace("title", "parent: eng\ntitle")
        begin(repository, {self.DEPARTMENT: HIDDEN, TEAM: below})
        open_up(repository, {TEAM: OPEN})
        go_on(repository)
        assert seen(repository) == [DECEMBER_8]

    def test_a_hidden_folder_around_a_team_whose_parent_is_open(
        self, repository: Repository
    ) -> None:
        """The parent that a team names counts, and not the folder that it lies in."""
        below = OPEN.replace("title", "parent: company\ntitle")
        files = {self.DEPARTMENT: HIDDEN, "okrs/eng/platform/team.md": below}
        begin(repository, files, self.PLATFORM)
        assert seen(repository) == [NOVEMBER_2]


class TestRules:
    def test_a_default_that_was_widened(self, repository: Repository) -> None:
        begin(repository, {"okrs/okrs.yml": RULES.replace(": internal", ": leadership")})
        open_up(repository, {"okrs/okrs.yml": RULES})
        go_on(repository)
        assert seen(repository) == [DECEMBER_8]
        assert len(seen(repository, "leadership")) == 3

    def test_what_a_team_named_counts_before_the_default(self, repository: Repository) -> None:
        closed = RULES.replace(": internal", ": leadership")
        team = OPEN.replace("title", "visibility: internal\ntitle")
        begin(repository, {"okrs/okrs.yml": closed, TEAM: team})
        open_up(repository, {"okrs/okrs.yml": RULES})
        assert seen(repository) == [NOVEMBER_2]

    @pytest.mark.parametrize("names", ["team", "default"])
    def test_an_audience_that_has_another_name_today(
        self, repository: Repository, names: str
    ) -> None:
        """It counts as the narrowest, as nobody knows who that was."""
        then = "audiences: [public, staff, leadership]\ndefault_visibility: staff\n"
        files = {"okrs/okrs.yml": then}
        if names == "team":
            files["okrs/okrs.yml"] = then.replace(": staff", ": public")
            files[TEAM] = OPEN.replace("title", "visibility: staff\ntitle")
        begin(repository, files)
        open_up(repository, {"okrs/okrs.yml": RULES, TEAM: OPEN})
        go_on(repository)
        assert seen(repository) == [DECEMBER_8]
        assert len(seen(repository, "leadership")) == 3

    @pytest.mark.parametrize("rules", ["audiences: [public\n", "default_visibilty: public\n"])
    def test_that_could_not_be_read(self, repository: Repository, rules: str) -> None:
        begin(repository, {"okrs/okrs.yml": rules})
        open_up(repository, {"okrs/okrs.yml": RULES})
        go_on(repository)
        assert seen(repository) == [DECEMBER_8]

    def test_that_had_another_name(self, repository: Repository) -> None:
        (repository.root / "okrs/okrs.yml").rename(repository.root / "okrs/okrs.yaml")
        begin(repository, {})
        (repository.root / "okrs/okrs.yaml").unlink()
        open_up(repository, {"okrs/okrs.yml": RULES})
        go_on(repository)
        assert seen(repository) == [DECEMBER_8]

    def test_without_any(self, repository: Repository) -> None:
        """The usual ones count, by which a company is for those inside."""
        (repository.root / "okrs/okrs.yml").unlink()
        begin(repository, {})
        open_up(repository, {"okrs/okrs.yml": RULES.replace(": internal", ": public")})
        go_on(repository)
        assert seen(repository, "internal") == [NOVEMBER_2, DECEMBER_1, DECEMBER_8]
        assert len(seen(repository, "public")) == 1


class TestCorrections:
    def corrected(self, repository: Repository, opened: str) -> list[str]:
        """Return what insiders see of a value of the ninth that was corrected on the twentieth."""
        steps = {
            "2026-11-09": ({SAID: "key_results: {latency: 720}\n"}, "Check in"),
            "2026-11-20": ({SAID: "key_results: {latency: 780}\n"}, "SECRET"),
            opened: ({TEAM: OPEN}, "Open"),
        }
        repository.write({PLATFORM: PLAN, TEAM: HIDDEN})
        repository.commit("2026-09-20", "Plan")
        for when in sorted(steps):
            files, subject = steps[when]
            repository.write(files)
            repository.commit(when, subject)
        plan = gated(repository, "internal").plan("platform", "2026-q4")
        leaders = gated(repository, "leadership").plan("platform", "2026-q4")
        assert plan
        assert leaders
        assert len(leaders.corrections) == len(leaders.amendments) == 1
        assert len(plan.corrections) == len(plan.amendments)
        return [told(each) for each in plan.corrections]

    @pytest.mark.parametrize("opened", ["2026-11-12", "2026-11-22"])
    def test_of_what_was_hidden_while_it_stood(self, repository: Repository, opened: str) -> None:
        assert self.corrected(repository, opened) == []

    def test_of_what_was_written_in_the_open(self, repository: Repository) -> None:
        assert self.corrected(repository, "2026-11-08") == [
            "2026-11-20 trust/latency value: 720 → 780 (ana: SECRET)"
        ]


class TestTold:
    NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)

    def test_what_is_kept_does_not_outlive_that_a_team_was_hidden(
        self, repository: Repository, tmp_path: Path
    ) -> None:
        keep, source = Keep(tmp_path / "cache", "1"), repository.root / "okrs"

        def load(kept: Keep | None) -> Company:
            return load_company(source, None, now=self.NOW, keep=kept).company

        def steps() -> Iterator[int]:
            yield 1
            repository.write({TEAM: HIDDEN})
            repository.commit("2026-11-05", "Hide")
            # Today's files and the plan's commits are the same again.
            open_up(repository, {TEAM: OPEN})
            yield 0

        begin(repository, {TEAM: OPEN})
        for expected in steps():
            assert load(keep) == load(None)
            assert len(load(keep).plans[0].amendments) == expected

    def test_a_clone_that_was_cut_short_tells_nothing(
        self, repository: Repository, tmp_path: Path
    ) -> None:
        begin(repository, {TEAM: HIDDEN})
        open_up(repository, {TEAM: OPEN})
        go_on(repository)
        clone = f"file://{repository.root}"
        git(tmp_path, "clone", "--quiet", "--depth", "2", clone, "clone")
        for audience in ("internal", "leadership"):
            source = tmp_path / "clone/okrs"
            company = load_company(source, None, audience, now=self.NOW).company
            assert (company.history, company.plans[0].amendments) == ("shallow", ())

    def test_no_byte_of_a_site_tells_it(self, repository: Repository, tmp_path: Path) -> None:
        begin(repository, {TEAM: HIDDEN})
        repository.write(
            {
                "mkdocs.yml": "site_name: Acme\nplugins: [{okrsite: {source: okrs}}]\n",
                "docs/index.md": "# Acme\n",
                SAID: "key_results: {latency: 72111}\n",
            }
        )
        repository.change(PLATFORM, "Be trusted", "Fire the kanariteam")
        repository.change(PLATFORM, "to 3\n", "to 3.14159\n")
        repository.commit("2026-11-09", "kanarisubject", "Kanari Hidden <k@acme.example>")
        repository.change(PLATFORM, "Fire the kanariteam", "Be trusted")
        repository.change(PLATFORM, "to 3.14159\n", "to 4\n")
        repository.change(SAID, "72111", "780")
        open_up(repository, {TEAM: OPEN}, "2026-11-20")
        repository.change(PLATFORM, "to 4\n", "to 5\n")
        repository.commit("2026-12-01", "Nobody is surprised")
        assert not is_told(rb"72[,. ]?111|3[.,]14159|kanari", repository.root, "internal", tmp_path)
        assert is_told(rb"72[,. ]?111|3[.,]14159|kanari", repository.root, "leadership", tmp_path)
