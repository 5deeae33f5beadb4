"""The sentences that the invented answers cite. Only the NCD is quoted; it is US government text."""

from dataclasses import replace

from claimwright.lines.answers import Citation

NCD = Citation(
    policy="NCD-270.6",
    clause="NCD-270.6 NC.coded",
    title="Infrared therapy devices",
    payer="Medicare",
    authority="CMS, Medicare National Coverage Determinations Manual (Pub. 100-03), § 270.6",
    instrument="NCD",
    in_force="2006-10-24 ..",
    our_reading=(
        "A claim shows its purpose only through the diagnoses the line points to. When every one of them names a "
        "condition of the decision, the claim as coded meets it."
    ),
    quote_kind="verbatim",
    source="https://www.hhs.gov/guidance/document/infrared-therapy-devices-0",
    checked="2026-11-22",
    unverified=False,
    reading="claimwright, 2026-11-22",
    quote="",
    where="policies/medicare/ncd/270.6-infrared-therapy-devices:77",
)
NCD_SENTENCE = replace(
    NCD,
    clause="NCD-270.6 NC",
    quote=(
        "the use of infrared and/or near-infrared light and/or heat, including monochromatic infrared energy, is "
        "non-covered for the treatment, including symptoms such as pain arising from these conditions, of diabetic "
        "and/or non-diabetic peripheral sensory neuropathy, wounds and/or ulcers of the skin and/or subcutaneous "
        "tissues in Medicare beneficiaries."
    ),
    reading="",
    our_reading="",
    where="policies/medicare/ncd/270.6-infrared-therapy-devices:41",
)
PTP = Citation(
    policy="NCCI-PTP",
    clause="NCCI-PTP PTP.1",
    title="Procedure-to-procedure edits",
    payer="Medicare",
    authority="CMS, Medicare NCCI Policy Manual, chapter I, revision of 2026-01-01",
    instrument="edit",
    in_force="2019-07-01 ..",
    quote="From dates of service on 1 July 2019, the professional system takes 59, XE, XS, XP or XU on either code of "
    "the pair. [paraphrase]",
    quote_kind="paraphrase",
    source="https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits",
    checked="2026-11-22",
    unverified=False,
    reading="",
    our_reading="",
    where="policies/medicare/ncci/ptp:71",
)
DISCIPLINE = Citation(
    policy="MEDICARE-DISCIPLINE-MODIFIERS",
    clause="MEDICARE-DISCIPLINE-MODIFIERS ONE",
    title="One discipline modifier on every therapy line",
    payer="Medicare",
    authority="CMS, Change Request 10176",
    instrument="coding",
    in_force="2019-07-01 ..",
    quote="Since July 2019 a remark of its own says that a modifier is missing. [paraphrase]",
    quote_kind="paraphrase",
    source="https://www.cms.gov/regulations-and-guidance/guidance/manuals/downloads/clm104c05.pdf",
    checked="never",
    unverified=True,
    reading="",
    our_reading="",
    where="policies/medicare/therapy-billing/discipline-modifiers:53",
)
HCSC_NMN = Citation(
    policy="HCSC-DME101.045",
    clause="HCSC-DME101.045 NMN",
    title="Infrared Therapy Devices",
    payer="HCSC",
    authority="HCSC medical policy DME101.045",
    instrument="medical policy",
    in_force="2025-10-01 ..",
    quote="Infrared devices and whatever belongs to them are not medically necessary. [paraphrase]",
    quote_kind="paraphrase",
    source="https://example.org/dme101.045",
    checked="2026-11-22",
    unverified=False,
    reading="",
    our_reading="",
    where="policies/hcsc/dme101.045-infrared-therapy-devices:88",
)
