"""What people and files write is shown and never run: script in every field, formulas in every sheet."""

import csv
import io
import re
from urllib.parse import quote

import browsing
import pytest

SCRIPT = '"><script>window.ran=1</script>'
IMAGE = "'><img src=x onerror=window.ran=1>"
FORMULA = "=HYPERLINK(A1)"


def wicked(text):
    """The example week, with script where names and numbers are free text, and a formula for a claim's number."""
    text = re.sub(r"(NM1\*(?:IL|QC|PR|82|85|77)\*[12]\*)[^*~]*", lambda found: found[1] + SCRIPT, text)
    text = re.sub(r"(CLM\*)CW", lambda found: found[1] + IMAGE[:33], text)
    return re.sub(r"(CLM\*)[^*~]*", lambda found: found[1] + FORMULA, text, count=40)


@pytest.fixture(scope="module")
def batch(browser, server, admin, tmp_path_factory):
    """The address of a batch of wicked files."""
    folder = tmp_path_factory.mktemp("wicked")
    claims = folder / f"{IMAGE}.837"
    claims.write_text(wicked((browsing.EXAMPLES / "clinic-week.837").read_text("utf-8")), "utf-8")
    note = folder / f"{IMAGE}.txt"
    note.write_text(f"S: {SCRIPT} pt reports {IMAGE}\nO: IR to L knee 15 min for pain {SCRIPT}", "utf-8")
    with browsing.browsed(browser, server, admin) as page:
        page.goto("/batches/new")
        page.get_by_label("Claims").set_input_files(claims)
        page.get_by_label("Treatment notes").set_input_files(note)
        page.get_by_label("Name", exact=True).fill(SCRIPT)
        page.get_by_label("As of").fill("2026-03-20")
        page.get_by_role("button", name="Check these files").click()
        page.get_by_role("link", name=browsing.WORK).wait_for(timeout=60_000)
        return page.url


def harmless(page):
    assert page.evaluate("window.ran") is None
    assert page.locator("main img").count() == 0
    assert page.locator("main script").count() == 0


def test_script_in_every_field_is_text(opened, batch):
    with opened(missing=True) as page:  # what is no value of a field is refused
        page.goto(batch)
        assert SCRIPT in page.get_by_role("heading", level=1).inner_text()
        harmless(page)
        page.goto("/batches")
        harmless(page)
        page.goto("/")
        harmless(page)
        page.goto(batch)
        page.get_by_role("link", name=browsing.WORK).click()
        harmless(page)

        page.get_by_text("Saved filters").click()
        page.get_by_label("Save this filter as").fill(SCRIPT)
        page.get_by_role("button", name="Save").click()
        harmless(page)
        page.get_by_role("searchbox", name="Claim number").fill(SCRIPT)
        page.get_by_role("button", name="Find").click()
        harmless(page)
        page.goto("/worklist")
        page.locator("tbody input[type=checkbox]").first.check()
        page.get_by_placeholder("Reason, to hold or dismiss").fill(SCRIPT)
        page.get_by_role("button", name="Hold").click()
        harmless(page)

        page.goto("/worklist?work=any&state=any")
        page.locator("tbody a").first.click()
        page.wait_for_url("**/lines/**")
        harmless(page)
        page.get_by_label("To the others").fill(SCRIPT)
        page.get_by_role("button", name="Add remark").click()
        assert SCRIPT in page.locator("aside.line-side").inner_text()
        page.get_by_label("Reason, to hold or dismiss").fill(IMAGE)
        page.get_by_role("button", name="Hold").click()
        page.locator("#field").select_option(index=1)
        page.get_by_label("Is in truth").fill(SCRIPT)
        page.get_by_label("Why, and where it is written").fill(IMAGE)
        page.get_by_role("button", name="Change and check again").click()
        harmless(page)
        asked = page.locator("details.ask").first
        if asked.get_attribute("open") is None:
            asked.locator("summary").click()
        answers = asked.locator("input[type=radio]")
        if answers.count():
            answers.first.check()
        asked.get_by_label("Where it is written, or who said so").fill(SCRIPT)
        asked.get_by_role("button", name="Record and check again").click()
        harmless(page)


@pytest.mark.parametrize(
    "path",
    [
        "/search?q={}",
        "/library?day={}",
        "/library/codes/{}",
        "/library/policies/{}",
        "/lines/{}",
        "/worklist?payer={}",
        "/worklist?sort={}",
        "/batches/{}",
        "/library/facts/{}",
        "/sign-in?next={}",
    ],
)
def test_script_in_an_address_is_text(opened, path):
    with opened(missing=True) as page:
        for wicked_ in (SCRIPT, IMAGE):
            page.goto(path.format(quote(wicked_, safe="")))
            harmless(page)


def test_no_cell_of_a_sheet_is_a_formula(opened, batch):
    with opened() as page:
        page.goto(f"/worklist?work=any&state=any&batch={batch.rpartition('/')[2]}")
        with page.expect_download() as begun:
            page.get_by_role("button", name="Export as CSV").click()
        text = begun.value.path().read_text("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell and not re.fullmatch(r"-?[\d.]+", cell)]
