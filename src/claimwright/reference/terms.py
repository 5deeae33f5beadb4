"""Whose terms public tables come under, in our own words; what a user accepts is recorded with each release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    """`says` is our own summary and no licence text; the licence itself is where `read` says."""

    key: str
    owner: str
    says: str
    read: str


TERMS: Mapping[str, Terms] = {
    one.key: one
    for one in (
        Terms(
            "cpt",
            "American Medical Association, Centers for Medicare & Medicaid Services",
            "These files name CPT codes, which belong to the American Medical Association. CMS gives them out under a "
            "licence that is accepted where they are downloaded. By importing you say that you accepted it, and that "
            "you use the codes within it. Descriptors are left out, unless --with-descriptors says that you hold a "
            "licence for them. What you import stays on this machine.",
            "the licence page that CMS shows before the download, "
            "https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits",
        ),
        Terms(
            "x12",
            "X12, Accredited Standards Committee",
            "The lists of claim adjustment reason codes and remark codes are maintained and copyrighted by X12. By "
            "importing you say that you may use them. Descriptions are left out, unless --with-descriptors says that "
            "you hold a licence for them.",
            "https://x12.org/codes",
        ),
    )
}
