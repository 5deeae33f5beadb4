"""What the reader takes from an 837, field by field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from claims_837 import File, batches_of, claim, ids_of, lines_of, problems_of

from claimwright.lines.schema import LINE_SCHEMA, Unstated

FULL = claim(
    "PT-1",
    lines=("SV1*HC:97026:GP:59:KX:CQ:WARM LAMP*18.50*UN*1*12**2:1",),
    extra=(
        "DTP*431*D8*20240101",
        "DTP*454*D8*20240102",
        "DTP*439*D8*20231231",
        "DTP*304*D8*20240301",
        "PWK*OZ*EL",
        "REF*G1*AUTH9",
        "REF*9F*REFER8",
        "REF*F8*OLD7",
        "NTE*ADD*FIRST NOTE",
    ),
)
FULL = [
    *FULL[: FULL.index("LX*1")],
    "NM1*DN*1*RIVERS*SAM****XX*1111111112",
    "NM1*82*1*STONE*KIM****XX*2222222228",
    "PRV*PE*PXC*225100000X",
    "NM1*77*2*HALL*****XX*3333333334",
    "N4*DUBUQUE*IA*52001",
    "NM1*DQ*1*FIELD*LEE****XX*4444444440",
    *FULL[FULL.index("LX*1") :],
    "NTE*ADD*SECOND NOTE",
]


def test_a_professional_claim_gives_every_field_it_states():
    frame = lines_of(File((FULL,)))
    row = frame.row(0, named=True)
    expected = {
        "file": "week.837",
        "claim": "PT-1",
        "claim_index": 1,
        "line": 1,
        "transaction": "0001",
        "form": "professional",
        "frequency": "1",
        "original_claim": "OLD7",
        "bill_type": None,
        "prior_auth": "AUTH9",
        "referral": "REFER8",
        "attachment": "OZ",
        "note": "FIRST NOTE\nSECOND NOTE",
        "onset": date(2024, 1, 1),
        "initial_treatment": date(2024, 1, 2),
        "accident": date(2023, 12, 31),
        "last_seen": date(2024, 3, 1),
        "member_id": "M100200",
        "patient_last": "QUILL",
        "patient_first": "ROSA",
        "birth_date": date(1950, 1, 2),
        "sex": "F",
        "relationship": "18",
        "billing_npi": "1234567893",
        "billing_tax_id": "371234567",
        "billing_taxonomy": "261QP2000X",
        "billing_state": "IL",
        "billing_zip": "61602",
        "rendering_npi": "2222222228",
        "rendering_taxonomy": "225100000X",
        "referring_npi": "1111111112",
        "supervising_npi": "4444444440",
        "facility_npi": "3333333334",
        "facility_state": "IA",
        "facility_zip": "52001",
        "payer_id": "12345",
        "payer_name": "EXAMPLE PAYER",
        "filing": "MB",
        "responsibility": "P",
        "group_number": "GRP7",
        "plan_name": "GOOD PLAN",
        "claim_charge": Decimal("100.00"),
        "other_payers": None,
        "adjustments": None,
        "service_from": date(2024, 3, 5),
        "service_to": date(2024, 3, 5),
        "procedure": "97026",
        "revenue": None,
        "modifier_1": "GP",
        "modifier_2": "59",
        "modifier_3": "KX",
        "modifier_4": "CQ",
        "description": "WARM LAMP",
        "units": Decimal(1),
        "unit_basis": "UN",
        "charge": Decimal("18.50"),
        "place": "12",
        "dx_system": "ICD-10-CM",
        "dx_1": "M1711",
        "dx_2": "E1142",
        "dx_3": None,
        "pointers": "2:1",
        "pointed_1": "E1142",
        "pointed_2": "M1711",
        "pointed_3": None,
        "unstated": 0,
        "program": None,
        "stated": None,
    }
    assert {name: row[name] for name in expected} == expected
    assert row["patient"] is not None
    assert row["provider"] is not None
    assert dict(frame.schema) == dict(LINE_SCHEMA)
    assert problems_of(File((FULL,))) == []


def test_every_group_of_fields_points_to_its_segment():
    segments = ["ISA", *File((FULL,)).segments()]
    row = lines_of(File((FULL,))).row(0, named=True)

    def ordinal(beginning):
        return next(place for place, segment in enumerate(segments, 1) if segment.startswith(beginning))

    assert {name: row[name] for name in row if name.startswith("at_")} == {
        "at_line": ordinal("SV1"),
        "at_claim": ordinal("CLM"),
        "at_service": ordinal("DTP*472"),
        "at_diagnoses": ordinal("HI"),
        "at_payer": ordinal("NM1*PR"),
        "at_subscriber": ordinal("NM1*IL"),
        "at_patient": ordinal("NM1*IL"),
        "at_billing": ordinal("NM1*85"),
        "at_rendering": ordinal("NM1*82"),
        "at_referring": ordinal("NM1*DN"),
        "at_prior_auth": ordinal("REF*G1"),
        "at_note": ordinal("NTE*ADD*SECOND"),
    }


def test_what_a_line_says_itself_goes_before_what_its_claim_says():
    first = "SV1*HC:97026:GP*18*UN*1***1"
    segments = claim(lines=(first, "SV1*HC:97110:GP*40*UN*2***1"), extra=("REF*G1*OF-CLAIM",))
    segments.insert(segments.index("LX*1"), "NM1*82*1*STONE*KIM****XX*2222222228")
    segments += ["REF*G1*OF-LINE", "REF*G1*OF-ANOTHER-PAYER**2U:999", "NM1*82*1*MOSS*ANN****XX*5555555556"]
    frame = lines_of(File((segments,)))
    assert frame["prior_auth"].to_list() == ["OF-CLAIM", "OF-LINE"]
    assert frame["rendering_npi"].to_list() == ["2222222228", "5555555556"]


def test_an_institutional_claim_has_a_bill_type_revenue_codes_and_no_pointers():
    segments = claim(
        "H1",
        place="13:A:7",
        lines=("SV2*0420*HC:97110:GP*80*UN*2", "SV2*0270**5*UN*1"),
        diagnoses="HI*ABK:M5450",
        extra=("DTP*434*RD8*20240301-20240331", "CL1*1*1*01"),
    )
    segments.insert(segments.index("LX*1"), "HI*ABF:E1142*ABF:Z9889")
    row, other = lines_of(File((segments,), guide="005010X223A2")).rows(named=True)
    assert (row["form"], row["bill_type"], row["frequency"], row["place"]) == ("institutional", "137", "7", None)
    assert (row["revenue"], row["procedure"], row["units"], row["charge"]) == ("0420", "97110", 2, 80)
    assert (row["statement_from"], row["statement_to"]) == (date(2024, 3, 1), date(2024, 3, 31))
    assert [row["dx_1"], row["dx_2"], row["dx_3"], row["pointed_1"]] == ["M5450", "E1142", "Z9889", None]
    assert (other["revenue"], other["procedure"], other["modifier_1"]) == ("0270", None, None)


def test_a_line_without_its_own_day_has_the_statements_when_that_is_one_day():
    one = claim(place="13:A:1", lines=("SV2*0420*HC:97110*80*UN*2",), extra=("DTP*434*RD8*20240301-20240301",))
    many = claim(place="13:A:1", lines=("SV2*0420*HC:97110*80*UN*2",), extra=("DTP*434*RD8*20240301-20240302",))
    one, many = (
        File(([segment for segment in each if not segment.startswith("DTP*472")],), guide="005010X223A2")
        for each in (one, many)
    )
    assert lines_of(one)["service_from"].to_list() == [date(2024, 3, 1)]
    assert lines_of(many)["service_from"].to_list() == [None]
    assert ids_of(one) == []
    assert ids_of(many) == ["INP-DATE"]


def test_a_period_of_service_has_a_first_and_a_last_day():
    row = lines_of(File((claim(day="RD8*20240301-20240304"),))).row(0, named=True)
    assert (row["service_from"], row["service_to"]) == (date(2024, 3, 1), date(2024, 3, 4))


def test_a_patient_who_is_not_the_subscriber_keeps_the_subscribers_member_id():
    segments = claim()
    at = segments.index("CLM*C1*100***11:B:1*Y*A*Y*Y")
    segments[at:at] = ["HL*3*2*23*0", "PAT*19", "NM1*QC*1*QUILL*TIM", "DMG*D8*20100203*M"]
    row = lines_of(File((segments,))).row(0, named=True)
    assert (row["patient_first"], row["birth_date"], row["sex"]) == ("TIM", date(2010, 2, 3), "M")
    assert (row["relationship"], row["member_id"]) == ("19", "M100200")
    assert row["at_patient"] > row["at_subscriber"]


def test_a_dependent_without_a_birth_date_does_not_get_the_subscribers():
    segments = claim()
    at = segments.index("CLM*C1*100***11:B:1*Y*A*Y*Y")
    segments[at:at] = ["HL*3*2*23*0", "PAT*19", "NM1*QC*1*QUILL*TIM"]
    row = lines_of(File((segments,))).row(0, named=True)
    assert (row["birth_date"], row["patient"]) == (None, None)


def test_the_same_person_has_the_same_key_in_every_claim_and_a_placeholder_has_none():
    frame = lines_of(File((claim("A"), claim("B"), claim("C", member="M9"), claim("D", member="999999999"))))
    keys = frame["patient"].to_list()
    assert keys[0] == keys[1] != keys[2]
    assert keys[3] is None
    assert frame["provider"].n_unique() == 1


def test_other_payers_and_adjustments_of_a_claim_and_of_its_lines():
    segments = claim(lines=("SV1*HC:97026:GP*18*UN*1***1", "SV1*HC:97110:GP*40*UN*1***1"))
    at = segments.index("LX*1")
    segments[at:at] = [
        "SBR*S*01*GRP9******CI",
        "CAS*PR*1*10**2*5.50*1",
        "AMT*D*42.25",
        "OI***Y***Y",
        "NM1*IL*1*QUILL*OTTO****MI*Z55",
        "NM1*PR*2*SECOND PAYER*****PI*67890",
        "REF*G1*NOT-OURS",
    ]
    segments += ["SVD*67890*20*HC:97110:GP**1", "CAS*CO*45*20", "DTP*573*D8*20240320"]
    first, second = lines_of(File((segments,))).rows(named=True)
    assert first["member_id"] == "M100200"
    assert first["prior_auth"] is None
    assert [payer | {"segment": 0} for payer in first["other_payers"]] == [
        {
            "id": "67890",
            "name": "SECOND PAYER",
            "filing": "CI",
            "responsibility": "S",
            "paid": Decimal("42.25"),
            "segment": 0,
        }
    ]
    shown = [(each["payer"], each["group"], each["reason"], each["amount"]) for each in second["adjustments"]]
    assert shown == [
        ("67890", "PR", "1", Decimal(10)),
        ("67890", "PR", "2", Decimal("5.50")),
        ("67890", "CO", "45", Decimal(20)),
    ]
    assert len(first["adjustments"]) == 2
    assert second["adjustments"][2]["segment"] > second["at_line"] > second["adjustments"][1]["segment"]


def test_the_order_of_claims_is_the_order_of_the_file_across_batches():
    many = File(tuple(claim(f"C{number}") for number in range(25)))
    batches = batches_of(many, claims_per_batch=4)
    assert [batch.claims for batch in batches] == [4, 4, 4, 4, 4, 4, 1]
    frame = lines_of(many, claims_per_batch=4)
    assert frame["claim"].to_list() == [f"C{number}" for number in range(25)]
    assert frame["claim_index"].to_list() == list(range(1, 26))
    assert batches[-1].bytes_read == len(many.bytes())
    assert [batch.bytes_read for batch in batches] == sorted(batch.bytes_read for batch in batches)


def test_units_may_be_minutes_or_parts_and_money_is_exact():
    frame = lines_of(File((claim(lines=("SV1*HC:A0425:RH*8.1*UN*21.5***1", "SV1*HC:00840*.05*MJ*90.250***1")),)))
    assert frame["units"].to_list() == [Decimal("21.5"), Decimal("90.25")]
    assert frame["charge"].to_list() == [Decimal("8.10"), Decimal("0.05")]
    assert ids_of(File((claim(lines=("SV1*HC:A0425:RH*8.1*UN*21.5***1",)),))) == []


def test_a_good_claim_leaves_nothing_unstated():
    assert lines_of(File((claim(),)))["unstated"].to_list() == [Unstated.NOTHING]


def test_the_zip_code_is_that_of_the_place_and_a_line_may_have_its_own():
    hall = ["NM1*77*2*OTHER HALL*****XX*3333333334", "N4*OMAHA*NE*681021234"]
    frame = lines_of(File(([*claim(lines=("SV1*HC:97026:GP*18*UN*1***1",) * 2), *hall],)))
    assert frame.select("billing_zip", "facility_zip").rows() == [("61602", None), ("61602", "681021234")]
