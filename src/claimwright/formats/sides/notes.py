"""Treatment notes as rows: the columns of a table of notes, which notes of any other form are brought to as well."""

from __future__ import annotations

from claimwright.formats.sides.columns import Column, Holds, Kind

NOTES = Kind(
    "notes",
    "Treatment notes, with the visit each is of",
    "a note of one visit",
    (
        Column("member_id", Holds.TEXT, "the member id, as claims have it", required=True),
        Column("birth_date", Holds.DAY, "the patient's birth date; tells apart patients who share a member id"),
        Column("patient_first", Holds.TEXT, "the patient's first name; tells apart patients who share a birth date"),
        Column(
            "provider_npi",
            Holds.TEXT,
            "the NPI of whoever treated or billed; without one, of the only provider of the day",
            ("npi", "billing_npi", "billing_provider_npi", "rendering_npi", "rendering_provider_npi", "therapist_npi"),
        ),
        Column(
            "service_from",
            Holds.DAY,
            "the day of the visit",
            ("service", "dos", "date_of_service", "service_date", "visit_date", "note_date", "date", "day"),
            required=True,
        ),
        Column("procedure", Holds.PROCEDURE, "the procedure code, where the note is of that service alone"),
        Column("text", Holds.NOTE, "the note", ("note", "note_text", "notes", "body", "narrative"), required=True),
        Column("id", Holds.TEXT, "what to call the note; no name and no member id", ("note_id", "document_id")),
    ),
)
