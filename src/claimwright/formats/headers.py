"""What the columns of people's tables are called, and which column of the schema each one is."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence

from claimwright.lines.problems import Gravity, Problem
from claimwright.lines.schema import LINE_SCHEMA, dx_columns, modifier_columns

SEPARATORS = ",;\t|"
DIAGNOSES_COLUMN, MODIFIERS_COLUMN, SERVICE_COLUMN = "diagnoses", "modifiers", "service"

# Columns of a table beside those of the schema: lists in one cell, and one day of service.
EXTRA = (DIAGNOSES_COLUMN, MODIFIERS_COLUMN, SERVICE_COLUMN)

ALIASES: Mapping[str, str] = {
    **dict.fromkeys(
        ("claim_id", "claim_number", "patient_control_number", "pcn", "account", "account_number"), "claim"
    ),
    **dict.fromkeys(("line_number", "line_no", "line_id", "service_line"), "line"),
    **dict.fromkeys(("form_type", "claim_type"), "form"),
    **dict.fromkeys(("dos", "date_of_service", "service_date", "visit_date"), SERVICE_COLUMN),
    **dict.fromkeys(("dos_from", "from_date", "service_start", "start_date", "service_from_date"), "service_from"),
    **dict.fromkeys(("dos_to", "to_date", "service_end", "end_date", "through_date", "service_to_date"), "service_to"),
    **dict.fromkeys(("cpt", "hcpcs", "cpt_code", "hcpcs_code", "procedure_code", "proc_code", "code"), "procedure"),
    **dict.fromkeys(("mods", "modifier", "mod", "modifier_codes"), MODIFIERS_COLUMN),
    **{f"mod{n}": name for n, name in enumerate(modifier_columns, 1)},
    **{f"mod_{n}": name for n, name in enumerate(modifier_columns, 1)},
    **{f"modifier{n}": name for n, name in enumerate(modifier_columns, 1)},
    **dict.fromkeys(("dx", "icd", "icd10", "dx_codes", "diagnosis", "diagnosis_codes", "icd_codes"), DIAGNOSES_COLUMN),
    **{f"dx{n}": name for n, name in enumerate(dx_columns, 1)},
    **{f"diag{n}": name for n, name in enumerate(dx_columns, 1)},
    **{f"diagnosis_{n}": name for n, name in enumerate(dx_columns, 1)},
    **{f"diagnosis{n}": name for n, name in enumerate(dx_columns, 1)},
    **{f"icd_{n}": name for n, name in enumerate(dx_columns, 1)},
    **dict.fromkeys(("dx_pointer", "dx_pointers", "diagnosis_pointer", "diagnosis_pointers", "pointer"), "pointers"),
    **dict.fromkeys(("qty", "quantity", "unit", "service_units", "units_of_service"), "units"),
    **dict.fromkeys(("charge_amount", "line_charge", "billed", "billed_amount", "amount"), "charge"),
    **dict.fromkeys(("total_charge", "claim_amount", "total_billed"), "claim_charge"),
    **dict.fromkeys(("pos", "place_of_service", "pos_code"), "place"),
    **dict.fromkeys(("revenue_code", "rev_code", "rev"), "revenue"),
    **dict.fromkeys(("type_of_bill", "tob"), "bill_type"),
    **dict.fromkeys(("frequency_code", "claim_frequency"), "frequency"),
    **dict.fromkeys(("member", "member_number", "subscriber_id", "insured_id", "mbi"), "member_id"),
    **dict.fromkeys(("last_name", "patient_last_name"), "patient_last"),
    **dict.fromkeys(("first_name", "patient_first_name"), "patient_first"),
    **dict.fromkeys(("dob", "date_of_birth", "birthdate", "patient_dob"), "birth_date"),
    **dict.fromkeys(("gender", "patient_sex"), "sex"),
    **dict.fromkeys(("npi", "billing_provider_npi", "provider_npi"), "billing_npi"),
    **dict.fromkeys(("tax_id", "tin", "ein"), "billing_tax_id"),
    **dict.fromkeys(("state", "billing_provider_state", "provider_state"), "billing_state"),
    **dict.fromkeys(("billing_provider_zip", "provider_zip", "billing_zip_code"), "billing_zip"),
    **dict.fromkeys(("facility_zip_code", "service_zip", "service_facility_zip"), "facility_zip"),
    **dict.fromkeys(("rendering_provider_npi", "therapist_npi"), "rendering_npi"),
    **dict.fromkeys(("referring_provider_npi",), "referring_npi"),
    **dict.fromkeys(("payer_code", "payor_id"), "payer_id"),
    **dict.fromkeys(("insurance", "insurance_name", "payor", "payor_name"), "payer_name"),
    **dict.fromkeys(("filing_code", "claim_filing", "claim_filing_code"), "filing"),
    **dict.fromkeys(("authorization", "auth", "auth_number", "prior_authorization"), "prior_auth"),
    **dict.fromkeys(("line_of_business", "lob"), "program"),
    **dict.fromkeys(("notes", "comment"), "note"),
}


# how a practice numbers its patients; tells them apart where no column has the payer's number
_OWN_IDS = frozenset({"patient_id", "patient_number", "patient_no", "mrn", "medical_record_number", "chart_number"})


def match_columns(
    headers: Sequence[str], mapping: Mapping[str, str] | None, file: str
) -> tuple[dict[str, str], list[Problem]]:
    """Header → column of the schema (or of `EXTRA`), and what is wrong with the headers.

    `mapping` (header → column) goes first, then the schema's own names, then `ALIASES`, in any case and with any signs
    between words.
    """
    known = {*LINE_SCHEMA, *EXTRA}
    given = {plain(header): column for header, column in (mapping or {}).items()}
    problems: list[Problem] = []
    for header, column in (mapping or {}).items():
        if column not in known:
            problems.append(
                Problem(
                    "INP-COLUMN",
                    f"the mapping names {column!r}, which is no column of a claim line",
                    _meant(column, known) or "see the list of columns in docs/reading-claims.md",
                    file=file,
                    field=header,
                )
            )
        elif plain(header) not in {plain(each) for each in headers}:
            problems.append(
                Problem(
                    "INP-COLUMN",
                    f"the mapping names the header {header!r}, which the table does not have",
                    "write the headers of the mapping as the table has them",
                    file=file,
                    field=header,
                )
            )
    matched, unread, twice = matches(headers, known, {**ALIASES, **given}, file)
    problems += twice
    if "member_id" not in matched.values():
        stands_in = next((header for header in unread if plain(header) in _OWN_IDS), None)
        if stands_in is not None:
            matched[stands_in] = "member_id"
            unread.remove(stands_in)
    if "procedure" not in matched.values():
        problems.append(
            Problem(
                "INP-COLUMNS",
                f"none of the {len(headers)} columns holds the procedure code, so no line can be read",
                "name the columns in the first row (procedure, service, units, …), or give a mapping",
                file=file,
            )
        )
    elif not {SERVICE_COLUMN, "service_from"} & set(matched.values()):
        problems.append(
            Problem(
                "INP-COLUMNS",
                "no column holds the date of service, so no line has one",
                "name the column service, or give a mapping",
                file=file,
            )
        )
    if "procedure" in matched.values():  # headers are shown only where the first row is known to be headers
        problems += not_read(unread, known, ALIASES, file)
    return matched, problems


def matches(
    headers: Sequence[str], known: set[str], aliases: Mapping[str, str], file: str
) -> tuple[dict[str, str], list[str], list[Problem]]:
    """Header → column, the headers that mean none, and a warning for each that means a column already found.

    The `aliases` go first where they name a column under another one's name.
    """
    matched: dict[str, str] = {}
    unread: list[str] = []
    problems: list[Problem] = []
    for header in headers:
        column = aliases.get(plain(header), plain(header))
        if column not in known:
            unread.append(header)
        elif column in matched.values():
            problems.append(_twice(column, file))
        else:
            matched[header] = column
    return matched, unread, problems


def not_read(
    headers: Sequence[str],
    known: set[str],
    aliases: Mapping[str, str],
    file: str,
    help_: str = "map it to a column of the schema if it matters",
) -> list[Problem]:
    """A warning for each header that means no column, with the one that was probably meant, or else `help_`."""
    return [
        Problem(
            "INP-COLUMN",
            f"the column {header[:40]!r} is not read",
            _meant(plain(header), known) or _meant(plain(header), set(aliases)) or help_,
            Gravity.WARNING,
            file,
            field=header[:40],
        )
        for header in headers
    ]


def names_columns(line: str) -> bool:
    """Whether a line of text is the first row of a table of claim lines: one of its cells names the procedure."""
    cells = re.split(f"[{re.escape(SEPARATORS)}]", line.strip())
    return len(cells) > 1 and any(
        name == "procedure" or ALIASES.get(name) == "procedure" for name in (plain(cell.strip('"')) for cell in cells)
    )


def plain(text: str) -> str:
    """A header or a word in lower case, with one `_` for whatever stands between its parts."""
    return re.sub(r"[^a-z0-9]+", "_", text.strip().lower()).strip("_")


def _meant(name: str, known: set[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), n=1)
    return f"did you mean {near[0]}?" if near else ""


def _twice(column: str, file: str) -> Problem:
    return Problem(
        "INP-COLUMN",
        f"two columns of the table are {column}; the first one was read",
        "take one out, or map it to another column",
        Gravity.WARNING,
        file,
        field=column,
    )
