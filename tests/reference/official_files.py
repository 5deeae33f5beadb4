"""Files in the layouts in which tables are published, made up: our own preambles, real code numbers, no descriptors."""

import io
import zipfile
from xml.sax.saxutils import escape

PREAMBLE = ("MADE UP FOR A TEST\t\t\t\t\t\t", "Column1/Column2 Edits\t\t\t\t\t\t")
PAIR_HEADER = (
    ("Column 1", "Column 2", "*=in existence", "Effective", "Deletion", "Modifier", "PTP Edit Rationale"),
    ("", "", "prior to 1996", "Date", "Date", "0=not allowed", ""),
    ("", "", "", "", "*=no data", "1=allowed", ""),
    ("", "", "", "", "", "9=not applicable", ""),
)
FIRST_ROW = 7  # of the data, as an editor counts

# one pair for each part; what it says is made up
PAIRS = (
    ("97012", "97018", "", "20200101", "*", "1", "More extensive procedure"),
    ("97024", "97018", "", "20260815", "*", "1", "More extensive procedure"),
    ("97110", "97150", "", "20200101", "20260720", "0", "Mutually exclusive procedures"),
    ("97140", "97124", "*", "19960101", "*", "0", "Mutually exclusive procedures"),
)
TOMBSTONE = ("97140", "97124", "", "19960101", "19960101", "9", "Mutually exclusive procedures")


def pair_text(*rows, header=PAIR_HEADER, preamble=PREAMBLE):
    """A part of a pair table as text, in the bytes it comes in."""
    lines = [*preamble, *("\t".join(row) for row in header), *("\t".join(row) for row in rows)]
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")


def zipped(path, **members):
    """A zip at `path`; members by name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return path


def pair_zip(folder, part, *rows, quarter="2026q3", version="v322r0", file="ccipra", words="practitioner", **also):
    """One of the four zips of a pair table, named as it is published."""
    stem = f"{file}-{version}-f{part}"
    name = f"medicare-ncci-{quarter}-{words}-ptp-edits-{stem}.zip"
    return zipped(folder / name, **{f"{stem}.txt": pair_text(*rows), **also})


def pair_zips(folder, rows=PAIRS, **names):
    """All four parts, a row in each."""
    return [pair_zip(folder, part, row, **names) for part, row in enumerate(rows, 1)]


def workbook(*rows, above=0):
    """An .xlsx with one sheet; numbers stay numbers, and `above` empty rows stand before the first."""

    def cell(column, row, value):
        place = f"{'ABCDEFGHIJ'[column]}{row}"
        if isinstance(value, int):
            return f'<c r="{place}"><v>{value}</v></c>'
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'

    body = "".join(
        f'<row r="{number}">{"".join(cell(c, number, value) for c, value in enumerate(row) if value != "")}</row>'
        for number, row in enumerate(rows, above + 1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Table" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>',
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return content.getvalue()


LIMIT_TITLES = {
    "practitioner": "Practitioner Services MUE Values",
    "hospital": "Outpatient Hospital Services MUE Values",
    "dme": "DME Supplier Services MUE Values",
}


def limit_csv(*rows, setting="practitioner"):
    """A table of most units: a quoted notice over several lines, and a header with a line break in its first cell."""
    header = f'"HCPCS/\nCPT Code",{LIMIT_TITLES[setting]},MUE Adjudication Indicator,MUE Rationale'
    return "\r\n".join(['"MADE UP\nFOR A TEST “so to say”",,,', header, *rows]).encode("cp1252")


_ABOVE = (
    ",,,STATUS,MEDICARE,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,"
    "ASST,CO-,TEAM,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT"
)
_BELOW = (
    "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,"
    "SURG,SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT"
)
VALUE_TITLES = (_ABOVE, _BELOW)
VALUE_ROW = (
    "97026,,OUR OWN WORDS,R,,0.06,0.14,,0.14,NA,0.01,0.21,0.21,7,XXX,0.00,0.00,0.00,5,0,0,0,0,,32.3465,09,0,99,0.00,"
    "0.00,0.00"
)


def value_csv(*rows, titles=VALUE_TITLES):
    """A relative value file: a preamble, and a header over two rows."""
    preamble = [",,MADE UP FOR A TEST", ",,RELEASED NEVER", ""]
    return "\r\n".join([*preamble, *titles, *rows]).encode()


INDEX_TITLES = (
    "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,2026 PW GPCI (with 1.0 Floor),"
    "2026 PE GPCI,2026 MP GPCI"
)


def index_csv(*rows, titles=INDEX_TITLES, notes=('"Our own remark, as of never",,,,,,', "*Another one,,,,,,")):
    return "\r\n".join(["MADE UP FOR A TEST,,,,,,", ",,,,,,", titles, *rows, *notes]).encode()


def order_line(number, code, billable, short="Short words", long="Longer words of ours"):
    return f"{number:05d} {code:<7} {billable} {short:<60} {long}"


ZIP_TITLES = (
    *("STATE", "ZIP CODE", "CARRIER", "LOCALITY", "RURAL IND", "LAB CB LOCALITY", "RURAL IND2", "PLUS 4 FLAG"),
    *("PART B DRUG INDICATOR", "YEAR/QTR"),
)
ZIP_ROWS = (
    ("NY", "10001", "13202", "01", "", "Z1", "", "0", "", "20262"),
    ("IL", "62701", "06102", "99", "R", "", "R", "1", "", "20262"),
    ("OH", "43004", "15202", "00", "B", "", "", "0", "", "20262"),
)


def zip_line(*row):
    """A line of the ZIP code file of five digits; cells left out are those of an undivided city code of 2026."""
    state, code, carrier, locality, rural, lab, rural2, divided, indicator, quarter = (
        *row,
        *("", "", "", "0", "", "20262")[len(row) - 4 :],
    )
    return f"{state}{code}{carrier}{locality}{rural:1}{lab:2}{rural2:1}  {divided} {indicator:1}{'':52}{quarter}"
