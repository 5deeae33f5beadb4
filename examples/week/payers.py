"""Who pays.

Names that are not those of a public programme, of HCSC's plans, of Aetna or of AmeriHealth Caritas are invented.
"""

from week.records import Payer

PAYERS = {
    payer.key: payer
    for payer in (
        Payer("medicare", "MEDICARE PART B OHIO CGS", "15202", "MB", "1S##@##@@##"),
        Payer("medicare_hospital", "MEDICARE PART A OHIO CGS", "15201", "MA", "1S##@##@@##"),
        Payer("medicare_hospital_b", "MEDICARE PART B OF A OHIO CGS", "15201", "MB", "1S##@##@@##"),
        Payer("advantage", "OHIO VALLEY SENIOR ADVANTAGE", "OVSA1", "16", "OVS########", "MAPD001", authorizes=True),
        Payer("bcbsil", "BLUE CROSS AND BLUE SHIELD OF ILLINOIS", "00621", "BL", "QQL#########", "P00417"),
        Payer("bcbstx", "BLUE CROSS AND BLUE SHIELD OF TEXAS", "84980", "CI", "QQT#########", plan="BLUE EXAMPLE PPO"),
        Payer("aetna", "AETNA", "60054", "CI", "W000######", "086300101", authorizes=True, stimulation="97014"),
        Payer("erie", "ERIE SHORE MUTUAL HEALTH PLAN", "ESMH1", "CI", "ESM########", "ES2214", stimulation="97014"),
        Payer("comp", "OHIO VALLEY COMP TRUST", "OVCT1", "WC", "", authorizes=True, stimulation="97014"),
        Payer("amerihealth", "AMERIHEALTH CARITAS", "AMCX1", "MC", "AMC########"),
        Payer("unmatched", "WESTERN RESERVE BENEFIT PARTNERS", "WRBP9", "ZZ", "WRB######"),
        Payer("supplement", "HEARTHSTONE SUPPLEMENT LIFE", "HSUP1", "CI", "HSL#######"),
    )
}

# who insures their workers with the compensation trust, and under which policy
EMPLOYERS = (
    ("CORNGATE FREIGHT EXAMPLE INC", "OVC20417"),
    ("ELMSHAW FOUNDRY EXAMPLE INC", "OVC20980"),
    ("HAZELBY MARKETS EXAMPLE INC", "OVC21356"),
)
