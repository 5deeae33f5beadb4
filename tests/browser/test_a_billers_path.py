"""The biller's way through a week: files in, lines worked, corrected; with scripts and without."""

import re

import browsing
import pytest


def lines_of(page):
    """How many lines the list has, as its heading says."""
    return int(re.search(r"(\d+) lines", page.get_by_role("heading", level=1).inner_text()).group(1))


def first_line_with(page, finding):
    """The page of the first open line of the list that carries a finding."""
    page.get_by_label("Finding").select_option(
        label=page.locator("#f-finding option", has_text=finding).first.inner_text()
    )
    page.get_by_role("button", name="Show").click()
    page.locator("tbody tr", has_text=finding).first.locator("a").first.click()
    page.get_by_role("heading", name="The answer").wait_for(state="attached")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_from_the_file_to_a_fixed_line(opened, scripts):
    name = f"week {scripts}"
    with opened(java_script_enabled=scripts) as page:
        work = browsing.handed_in(page, name)
        told = page.locator("main").inner_text()
        assert "816 lines on 303 claims" in told
        assert "Clean as coded" in told
        many = int(re.search(r"\d+", work.inner_text()).group())
        work.click()
        assert page.get_by_role("heading", level=1).inner_text().startswith("Worklist")
        assert lines_of(page) == many

        first_line_with(page, "CLM-GP")
        answer = page.locator(".line-main").inner_text()
        assert "CLM-GP" in answer
        assert "in force" in answer
        field = page.get_by_label("Field")
        field.select_option(
            label=page.locator("#field option", has_text=re.compile("^modifiers", re.IGNORECASE)).first.inner_text()
        )
        page.get_by_label("Is in truth").fill("GP")
        page.get_by_label("Why, and where it is written").fill("plan of care of 2026-03-02: physical therapy")
        page.get_by_role("button", name="Change and check again").click()
        assert "Changed and checked again" in page.get_by_role("status").inner_text()
        assert "CLM-GP" not in page.locator(".line-main .line").inner_text()
        assert "plan of care of 2026-03-02" in page.locator("aside.line-side").inner_text()

        page.get_by_label("To the others").fill("the front desk left it out")
        page.get_by_role("button", name="Add remark").click()
        assert "the front desk left it out" in page.locator("aside.line-side").inner_text()

        page.get_by_role("link", name="← List").click()
        page.goto("/worklist")
        first_line_with(page, "CLM-MUE")
        page.get_by_role("button", name="Assign to me").click()
        assert "Ada Admin" in page.locator(".line-facts").inner_text()
        page.get_by_label("Reason, to hold or dismiss").fill("the payer said so on the phone, reference 7781")
        page.get_by_role("button", name="Dismiss").click()
        status = page.get_by_role("status").inner_text()
        assert "makes no line clean" in status
        assert "CLM-MUE" in page.locator(".line-main .line").inner_text()  # what was found stays found


def test_a_fact_is_recorded_with_where_it_is_written(opened):
    with opened() as page:
        browsing.handed_in(page, "facts").click()
        first_line_with(page, "CLM-FURNISHER")
        asked = page.locator("details.ask[open]").first
        asked.locator("input[type=radio]").first.check()
        asked.get_by_label("Where it is written, or who said so").fill("flow sheet of the day")
        asked.get_by_role("button", name="Record and check again").click()
        assert "Recorded and checked again" in page.get_by_role("status").inner_text()
        assert "flow sheet of the day" in page.locator("aside.line-side").inner_text()


def test_the_list_is_worked_by_keys_alone(opened):
    with opened() as page:
        browsing.handed_in(page, "keys")
        page.goto("/worklist?work=open&state=to+fix")
        keys = page.keyboard
        before = lines_of(page)
        keys.press("j")
        keys.press("x")
        keys.press("j")
        keys.press("x")
        assert page.locator("tbody input:checked").count() == 2
        keys.press("d")
        keys.type("worked elsewhere")
        keys.press("Enter")
        page.get_by_role("button", name="Dismiss 2 lines").wait_for()
        keys.press("Enter")
        assert "Dismissed, which makes no line clean: 2 lines" in page.get_by_role("status").inner_text()
        assert lines_of(page) == before - 2
        keys.press("j")
        keys.press("Enter")
        page.get_by_role("heading", name="The answer").wait_for(state="attached")
        keys.press("u")
        page.get_by_role("heading", name=re.compile("^Worklist")).wait_for()
        keys.press("?")
        page.get_by_role("dialog").wait_for()
        keys.press("Escape")
