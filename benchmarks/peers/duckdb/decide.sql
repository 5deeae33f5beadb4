-- The shipped policies, as coded, as one would write them by hand for one file of claim lines.
-- Parameters of the script: $lines, $answers, $findings. Tables beforehand: edits, limits, code_sets, payers, contractors.

-- Who pays: a few combinations, matched once.
CREATE OR REPLACE TEMP TABLE kinds AS
SELECT DISTINCT payer_id, payer_name, filing, form, left(bill_type, 2) AS bill FROM read_parquet($lines);

CREATE OR REPLACE TEMP TABLE told AS
WITH plain AS (
  SELECT *, array_to_string(list_filter(string_split(trim(regexp_replace(upper(payer_name), '[^A-Z0-9]+', ' ', 'g')), ' '),
                                        lambda w: w <> 'AND'), ' ') AS name
  FROM kinds
), met AS (
  SELECT k.*, p.program, p.payer,
    CASE WHEN p.id <> '' AND p.filing <> '' THEN 0 WHEN p.id <> '' THEN 1
         WHEN p.name <> '' AND p.filing <> '' THEN 2 WHEN p.name <> '' THEN 3 ELSE 4 END AS how,
    length(p.name) AS long
  FROM plain k JOIN payers p
    ON (p.id = '' OR p.id = k.payer_id) AND (p.filing = '' OR p.filing = k.filing)
   AND (p.name = '' OR p.name = k.name OR (p.beginning AND starts_with(k.name, p.name)))
   AND (p.bill = '' OR list_contains(string_split(p.bill, ' '), CASE WHEN k.form = 'institutional' THEN k.bill ELSE 'P' END))
)
SELECT payer_id, payer_name, filing, form, bill,
  first(program ORDER BY how, long DESC) FILTER (program <> '') AS program,
  first(payer ORDER BY how, long DESC) FILTER (payer <> '') AS payer
FROM met GROUP BY ALL;

-- The lines of claims that stand.
CREATE OR REPLACE TEMP TABLE named AS
SELECT DISTINCT file, provider, unnest([claim, original_claim]) AS claim, claim_index AS by
FROM read_parquet($lines) WHERE frequency IN ('7', '8');

CREATE OR REPLACE TEMP TABLE gone AS
SELECT DISTINCT l.file, l.claim_index
FROM read_parquet($lines) l JOIN named n USING (file, provider, claim)
WHERE l.claim_index < n.by AND l.frequency IS DISTINCT FROM '8';

CREATE OR REPLACE TEMP TABLE lines AS
SELECT l.file_row_number AS row, l.file, l.claim_index, l.claim, l.line, l.form, l.procedure, l.service_from AS day,
  CAST(l.units AS DOUBLE) AS units,
  list_filter([l.modifier_1, l.modifier_2, l.modifier_3, l.modifier_4], lambda m: m IS NOT NULL) AS mods,
  t.program, t.payer, coalesce(l.facility_state, l.billing_state) AS state,
  l.patient IS NULL OR l.provider IS NULL OR l.service_from IS NULL AS open_ended,
  CASE WHEN open_ended THEN hash(l.file, l.claim_index, l.service_from) ELSE hash(l.patient, l.provider, l.service_from) END AS visit
FROM read_parquet($lines, file_row_number = true) l
LEFT JOIN told t ON t.payer_id IS NOT DISTINCT FROM l.payer_id AND t.payer_name IS NOT DISTINCT FROM l.payer_name
  AND t.filing IS NOT DISTINCT FROM l.filing AND t.form = l.form AND t.bill IS NOT DISTINCT FROM left(l.bill_type, 2)
WHERE l.frequency IS DISTINCT FROM '8'
  AND NOT EXISTS (FROM gone g WHERE g.file = l.file AND g.claim_index = l.claim_index);

-- Code sets as flags on each code, for the days on which it is in them.
CREATE OR REPLACE TEMP TABLE flags AS
WITH edges AS (SELECT code, "from" AS edge FROM code_sets WHERE NOT beginning UNION SELECT code, "to" + 1 FROM code_sets WHERE NOT beginning),
spans AS (SELECT code, edge AS "from", lead(edge) OVER (PARTITION BY code ORDER BY edge) - 1 AS "to" FROM edges)
SELECT s.code, s."from", s."to",
  bool_or(set = 'infrared') AS infrared, bool_or(set IN ('infrared', 'infrared device')) AS device,
  bool_or(set = 'always therapy') AS always_therapy, bool_or(set = 'physical or occupational therapy only') AS pt_ot,
  bool_or(set = 'supervised modality') AS supervised, bool_or(set = 'supervised or attended modality') AS modality,
  bool_or(set = 'heating modality') AS heating,
  bool_or(set IN ('therapy procedure', 'evaluation', 'modality beside infrared')) AS company
FROM spans s JOIN code_sets c ON c.code = s.code AND NOT c.beginning AND s."from" BETWEEN c."from" AND c."to"
WHERE s."to" IS NOT NULL GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE part_b AS
SELECT l.*, f.infrared, f.device, f.always_therapy, f.pt_ot, f.supervised, f.modality, f.heating, f.company,
  m.value, m.indicator AS mai, m.release AS mue_release, l.day > m.last AS mue_aged
FROM (FROM lines WHERE program = 'medicare-part-b' AND day IS NOT NULL) l
LEFT JOIN flags f ON f.code = l.procedure AND l.day BETWEEN f."from" AND f."to"
LEFT JOIN limits m ON m.form = l.form AND m.code = l.procedure AND l.day BETWEEN m."from" AND m."to";

-- The day as a whole.
CREATE OR REPLACE TEMP TABLE code_days AS
SELECT visit, procedure, sum(units) AS day_units, max(row) AS last_row FROM lines GROUP BY visit, procedure;

CREATE OR REPLACE TEMP TABLE visits AS
SELECT visit, count(DISTINCT procedure) FILTER (modality) AS modalities, count(DISTINCT procedure) FILTER (heating) AS heats,
  coalesce(bool_or(company), false) AS company, min(row) FILTER (modality) AS first_modality, min(row) FILTER (heating) AS first_heat
FROM part_b GROUP BY visit HAVING bool_or(infrared) OR modalities > 1;

-- Diagnoses of infrared lines.
CREATE OR REPLACE TEMP TABLE infrared AS
SELECT p.*, l.dx, l.pointed
FROM (FROM part_b WHERE device) p
JOIN (
  SELECT file_row_number AS row,
    list_filter([dx_1, dx_2, dx_3, dx_4, dx_5, dx_6, dx_7, dx_8, dx_9, dx_10, dx_11, dx_12], lambda d: d IS NOT NULL) AS dx,
    list_filter([pointed_1, pointed_2, pointed_3, pointed_4], lambda d: d IS NOT NULL) AS pointed
  FROM read_parquet($lines, file_row_number = true) WHERE procedure IN (SELECT code FROM flags WHERE device)
) l USING (row);

CREATE OR REPLACE TEMP TABLE named_dx AS
SELECT DISTINCT d.code FROM (SELECT DISTINCT unnest(dx) AS code FROM infrared) d
JOIN code_sets s ON s.set IN ('neuropathy', 'wound', 'ulcer')
 AND (s.code = d.code OR (s.beginning AND starts_with(d.code, s.code))) AND s."to" > DATE '2020-01-01';

CREATE OR REPLACE TEMP TABLE ncd AS
WITH sets AS (SELECT coalesce(list(code), []) AS bad FROM named_dx),
marked AS (
  SELECT i.*, len(pointed) > 0 AND len(list_filter(pointed, lambda d: NOT list_contains(bad, d))) = 0 AS all_in,
    list_has_any(pointed, bad) AS some_in, list_has_any(dx, bad) AS claim_in
  FROM infrared i, sets
)
SELECT * FROM marked;

-- Pairs, both orders; the column 2 line is the one that is judged.
CREATE OR REPLACE TEMP TABLE pairs AS
SELECT two.row, two.form, e.indicator, e.release, two.day > e.last AS aged, two.mods AS mods2,
  one.mods AS mods1, one.line AS partner_line, one.row AS partner, one.procedure AS partner_code
FROM part_b two
JOIN lines one ON one.visit = two.visit AND one.procedure <> two.procedure
JOIN edits e ON e.form = two.form AND e.column1 = one.procedure AND e.column2 = two.procedure AND two.day BETWEEN e."from" AND e."to";

CREATE OR REPLACE TEMP TABLE judged_pairs AS
WITH associated AS (SELECT list(DISTINCT code) AS codes FROM code_sets WHERE set = 'ncci associated'),
     apart AS (SELECT list(DISTINCT code) AS codes FROM code_sets WHERE set = 'distinct')
SELECT p.*, NOT list_has_any(mods2, associated.codes) AS bare2, list_has_any(mods1, apart.codes) AS apart1
FROM pairs p, associated, apart;

CREATE OR REPLACE TEMP TABLE found AS
SELECT row, 'CLM-NCCI-0' AS finding, 'NCCI-PTP PTP.0' AS clause, 'BLOCK' AS severity, CASE WHEN aged THEN 'likely' ELSE 'certain' END AS likelihood,
  release, aged, min(partner_line) AS partner_line FROM judged_pairs WHERE indicator = 0 GROUP BY row, release, aged, partner_code
UNION ALL
SELECT row, 'CLM-NCCI', CASE WHEN form = 'professional' THEN 'NCCI-PTP PTP.1' ELSE 'NCCI-PTP PTP.1.institutional' END, 'BLOCK',
  CASE WHEN aged OR form = 'institutional' THEN 'likely' ELSE 'certain' END, release, aged, min(partner_line)
FROM judged_pairs WHERE indicator = 1 AND bare2 AND (form = 'institutional' OR NOT apart1) GROUP BY row, form, release, aged, partner_code
UNION ALL
SELECT row, 'CLM-MOD-COL1', CASE WHEN form = 'professional' THEN 'NCCI-PTP COL1' ELSE 'NCCI-PTP COL1.institutional' END,
  CASE WHEN form = 'professional' THEN 'INFO' ELSE 'FIX' END, 'likely', release, aged, min(partner_line)
FROM judged_pairs WHERE indicator = 1 AND bare2 AND apart1 GROUP BY row, form, release, aged, partner_code
UNION ALL
SELECT row, 'CLM-MUE', 'NCCI-MUE ZERO', 'BLOCK', 'possible', mue_release, mue_aged, NULL FROM part_b WHERE value = 0 AND units > 0
UNION ALL
SELECT row, 'CLM-MUE', 'NCCI-MUE LINE', 'BLOCK', 'likely', mue_release, mue_aged, NULL FROM part_b WHERE mai = 1 AND value >= 1 AND units > value
UNION ALL
SELECT row, 'CLM-MUE', CASE mai WHEN 2 THEN 'NCCI-MUE DAY.policy' ELSE 'NCCI-MUE DAY.clinical' END, 'BLOCK', 'likely', mue_release, mue_aged, NULL
FROM part_b p JOIN code_days c ON c.visit = p.visit AND c.last_row = p.row WHERE mai IN (2, 3) AND value >= 1 AND day_units > value
UNION ALL
SELECT row, 'CLM-UNITS', 'MEDICARE-SUPERVISED-UNITS ONE', 'BLOCK', 'likely', NULL, false, NULL
FROM part_b p JOIN code_days c ON c.visit = p.visit AND c.last_row = p.row WHERE supervised AND day_units > 1 AND NOT open_ended
UNION ALL
SELECT row, 'CLM-GP', 'MEDICARE-DISCIPLINE-MODIFIERS ONE', 'FIX', 'likely', NULL, false, NULL
FROM part_b WHERE always_therapy AND NOT list_has_any(mods, ['GP', 'GO', 'GN'])
UNION ALL
SELECT row, 'CLM-GP', 'MEDICARE-DISCIPLINE-MODIFIERS ' || pair[1], 'FIX', 'likely', NULL, false, NULL
FROM part_b, (VALUES (['TWO.gp-go', 'GP', 'GO']), (['TWO.gp-gn', 'GP', 'GN']), (['TWO.go-gn', 'GO', 'GN'])) t(pair)
WHERE always_therapy AND list_has_all(mods, pair[2:3])
UNION ALL
SELECT row, 'CLM-GP', 'MEDICARE-DISCIPLINE-MODIFIERS GN', 'FIX', 'likely', NULL, false, NULL
FROM part_b WHERE pt_ot AND list_contains(mods, 'GN') AND NOT list_has_any(mods, ['GP', 'GO'])
UNION ALL
SELECT row, 'COV-LCD', 'MAC-INFRARED-ADJUNCT ALONE', 'WARN', 'possible', NULL, false, NULL
FROM part_b p JOIN visits v USING (visit) WHERE p.infrared AND NOT v.company AND NOT open_ended
UNION ALL
SELECT row, 'AUD-MANYMOD', 'CGS-THERAPY-MODALITIES MANY', 'WARN', 'likely', NULL, false, NULL
FROM part_b p JOIN visits v ON v.visit = p.visit AND v.first_modality = p.row
JOIN contractors c ON c.state = p.state AND p.day BETWEEN c."from" AND c."to" AND c.contractor = 'cgs-j15' WHERE v.modalities > 2 AND NOT open_ended
UNION ALL
SELECT row, 'AUD-MULTIHEAT', 'CGS-THERAPY-MODALITIES HEAT', 'WARN', 'likely', NULL, false, NULL
FROM part_b p JOIN visits v ON v.visit = p.visit AND v.first_heat = p.row
JOIN contractors c ON c.state = p.state AND p.day BETWEEN c."from" AND c."to" AND c.contractor = 'cgs-j15' WHERE v.heats > 1 AND NOT open_ended
UNION ALL
SELECT row, 'CLM-DX-NCD', 'NCD-270.6 ' || CASE WHEN all_in THEN 'NC.coded' WHEN some_in THEN 'NC.partly' ELSE 'NC.elsewhere' END,
  CASE WHEN some_in THEN 'BLOCK' ELSE 'WARN' END, CASE WHEN all_in THEN 'likely' ELSE 'possible' END, NULL, false, NULL
FROM ncd WHERE some_in OR claim_in
UNION ALL
SELECT row, 'CLM-MOD-NCD', 'NCD-270.6 MOD.coded', 'WARN', 'likely', NULL, false, NULL
FROM ncd WHERE all_in AND list_has_any(mods, ['59', 'XE', 'XS', 'XP', 'XU', 'KX'])
UNION ALL
SELECT row, CASE WHEN day >= DATE '2025-10-01' THEN 'COV-HCSC-NMN' ELSE 'COV-HCSC-PRIOR-VERSION' END,
  'HCSC-DME101.045 ' || CASE WHEN day >= DATE '2025-10-01' THEN 'NMN' ELSE 'PRIOR' END,
  CASE WHEN day >= DATE '2025-10-01' THEN 'BLOCK' ELSE 'WARN' END,
  CASE WHEN day >= DATE '2025-10-01' THEN 'certain' ELSE 'possible' END, NULL, false, NULL
FROM lines WHERE program = 'commercial' AND payer = 'hcsc' AND day IS NOT NULL AND procedure IN (SELECT code FROM flags WHERE device);

COPY (
  SELECT l.file, l.claim_index, l.claim, l.line, f.finding, f.clause, f.severity, f.likelihood, f.release, f.aged, f.partner_line
  FROM found f JOIN lines l USING (row)
) TO $findings (FORMAT parquet);

COPY (
  WITH fired AS (
    SELECT row, arg_min(clause, (place, clause)) AS clause, arg_min(likelihood, (place, likelihood)) AS likelihood,
      min(place) AS place
    FROM (
      SELECT row, clause, likelihood,
        CASE WHEN clause = 'NCD-270.6 NC.coded' THEN 1 WHEN clause LIKE 'HCSC%NMN' THEN 2 WHEN clause LIKE 'NCCI-PTP PTP%' THEN 3
             WHEN clause LIKE 'HCSC%PRIOR' THEN 4 END AS place
      FROM found
    ) WHERE place IS NOT NULL GROUP BY row
  )
  SELECT l.file, l.claim_index, l.claim, l.line, l.program, l.payer,
    CASE WHEN f.place = 1 THEN 'NATIONALLY_NONCOVERED' WHEN f.place = 2 THEN 'NOT_MEDICALLY_NECESSARY' WHEN f.place = 3 THEN 'BUNDLED'
         WHEN f.place = 4 OR day IS NULL THEN 'INDETERMINATE'
         WHEN l.program = 'medicare-part-b' OR (l.program = 'commercial' AND l.payer = 'hcsc') THEN 'NOTHING_MET'
         ELSE 'INDETERMINATE' END AS outcome,
    CASE WHEN f.place = 2 THEN 'likely' WHEN f.place < 4 THEN f.likelihood END AS likelihood, f.clause, -- no contract was read
    CASE f.place WHEN 1 THEN CASE WHEN list_contains(l.mods, 'GA') THEN 'PR' ELSE 'CO' END WHEN 3 THEN 'CO' END AS liability,
    CASE f.place WHEN 1 THEN '50 N386' WHEN 2 THEN '50 N130' WHEN 3 THEN '236' END AS predicted
  FROM lines l LEFT JOIN fired f USING (row)
) TO $answers (FORMAT parquet);
