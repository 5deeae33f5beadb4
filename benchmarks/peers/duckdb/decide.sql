-- The shipped policies, as coded, as one would write them by hand for one file of claim lines.
-- Parameters of the script: $lines, $answers, $findings.
-- Tables beforehand: edits, holds, limits, code_sets, payers, contractors, numbers.
--
-- Here is every clause that a claim alone can meet: one that speaks of what was coded, and that the claim's own fields and the
-- tables feed. Its name stands above it. Left out is how pairs were judged before July 2019, for no table reaches so far back,
-- and what a site writes of a payer's own count of units. A line without a day has no row here.

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

-- The lines of claims that stand, each with its day. Where the patient or provider is not told, more may have been billed that
-- day than the claim shows: then what was seen counts, and that something was not billed is never known.
CREATE OR REPLACE TEMP TABLE named AS
SELECT DISTINCT file, provider, unnest([claim, original_claim]) AS claim, claim_index AS by
FROM read_parquet($lines) WHERE frequency IN ('7', '8');

CREATE OR REPLACE TEMP TABLE gone AS
SELECT DISTINCT l.file, l.claim_index
FROM read_parquet($lines) l JOIN named n USING (file, provider, claim)
WHERE l.claim_index < n.by AND l.frequency IS DISTINCT FROM '8';

CREATE OR REPLACE TEMP TABLE lines AS
SELECT l.file_row_number AS row, l.file, l.claim_index, l.claim, l.line, l.form, l.procedure, l.service_from AS day,
  CAST(l.units AS DOUBLE) AS units, l.place, l.rendering_taxonomy AS taxonomy, l.received,
  list_filter([l.modifier_1, l.modifier_2, l.modifier_3, l.modifier_4], lambda m: m IS NOT NULL) AS mods,
  t.program, t.payer, coalesce(l.facility_state, l.billing_state) AS state,
  l.patient IS NULL OR l.provider IS NULL AS open_ended,
  CASE WHEN open_ended THEN hash(l.file, l.claim_index, l.service_from) ELSE hash(l.patient, l.provider, l.service_from) END AS visit
FROM read_parquet($lines, file_row_number = true) l
LEFT JOIN told t ON t.payer_id IS NOT DISTINCT FROM l.payer_id AND t.payer_name IS NOT DISTINCT FROM l.payer_name
  AND t.filing IS NOT DISTINCT FROM l.filing AND t.form = l.form AND t.bill IS NOT DISTINCT FROM left(l.bill_type, 2)
WHERE l.service_from IS NOT NULL AND l.frequency IS DISTINCT FROM '8'
  AND NOT EXISTS (FROM gone g WHERE g.file = l.file AND g.claim_index = l.claim_index);

-- Code sets as flags on each code, for the days on which it is in them.
CREATE OR REPLACE TEMP TABLE flags AS
WITH exact AS (FROM code_sets WHERE NOT beginning AND code IN (SELECT procedure FROM lines)),
edges AS (SELECT code, "from" AS edge FROM exact UNION SELECT code, "to" + 1 FROM exact),
spans AS (SELECT code, edge AS "from", lead(edge) OVER (PARTITION BY code ORDER BY edge) - 1 AS "to" FROM edges)
SELECT s.code, s."from", s."to",
  bool_or(set = 'infrared') AS infrared, bool_or(set = 'infrared device') AS device,
  bool_or(set = 'always therapy') AS always_therapy, bool_or(set = 'physical or occupational therapy only') AS pt_ot,
  bool_or(set = 'supervised modality') AS supervised, bool_or(set = 'supervised or attended modality') AS modality,
  bool_or(set = 'heating modality') AS heating, bool_or(set IN ('therapy procedure', 'evaluation')) AS active
FROM spans s JOIN exact c ON c.code = s.code AND s."from" BETWEEN c."from" AND c."to"
WHERE s."to" IS NOT NULL GROUP BY ALL;

-- And as flags on each combination of modifiers.
CREATE OR REPLACE TEMP TABLE marks AS
WITH told AS (FROM code_sets WHERE set IN ('distinct', 'ncci associated', 'gp', 'go', 'gn', 'discipline')),
edges AS (SELECT "from" AS edge FROM told UNION SELECT "to" + 1 FROM told),
spans AS (SELECT edge AS "from", lead(edge) OVER (ORDER BY edge) - 1 AS "to" FROM edges),
eras AS (
  SELECT s."from", s."to", list(code) FILTER (set = 'distinct') AS apart, list(code) FILTER (set = 'ncci associated') AS associated,
    list(code) FILTER (set = 'discipline') AS discipline, list(code) FILTER (set = 'gp') AS gp,
    list(code) FILTER (set = 'go') AS go, list(code) FILTER (set = 'gn') AS gn
  FROM spans s JOIN told t ON s."from" BETWEEN t."from" AND t."to" WHERE s."to" IS NOT NULL GROUP BY ALL
)
SELECT mods, "from", "to", list_has_any(mods, apart) AS apart, list_has_any(mods, associated) AS associated,
  list_has_any(mods, discipline) AS discipline, list_has_any(mods, gp) AS gp, list_has_any(mods, go) AS go, list_has_any(mods, gn) AS gn,
  list_contains(mods, 'CQ') AS cq, list_contains(mods, 'CO') AS co, list_contains(mods, 'KX') AS kx,
  list_contains(mods, 'GA') AS ga, list_contains(mods, 'GX') AS gx, list_contains(mods, 'GY') AS gy, list_contains(mods, 'GZ') AS gz,
  list_has_any(mods, ['76', '77']) AS repeated
FROM (SELECT DISTINCT mods FROM lines), eras;

-- What each line shows.
CREATE OR REPLACE TEMP TABLE seen AS
SELECT l.*, program IN ('medicare-part-b', 'medicare-advantage') AS medicare, program = 'medicare-part-b' AS part_b,
  coalesce(infrared, false) AS infrared, coalesce(device, false) AS device, coalesce(always_therapy, false) AS always_therapy,
  coalesce(pt_ot, false) AS pt_ot, coalesce(supervised, false) AS supervised, coalesce(modality, false) AS modality,
  coalesce(heating, false) AS heating, coalesce(active, false) AS active,
  m.apart, m.associated, m.discipline, m.gp, m.go, m.gn, m.cq, m.co, m.kx, m.ga, m.gx, m.gy, m.gz, m.repeated
FROM lines l
LEFT JOIN flags f ON f.code = l.procedure AND l.day BETWEEN f."from" AND f."to"
JOIN marks m ON m.mods = l.mods AND l.day BETWEEN m."from" AND m."to";

-- Lines whose payer is known: of others nothing is said, but they count towards the day.
CREATE OR REPLACE TEMP VIEW facts AS FROM seen WHERE program IS NOT NULL;

-- The day as a whole, of one patient and provider.
CREATE OR REPLACE TEMP TABLE code_days AS
SELECT visit, procedure, sum(units) AS day_units, max(row) AS last_row FROM lines GROUP BY visit, procedure;

CREATE OR REPLACE TEMP TABLE visits AS
SELECT visit, count(DISTINCT procedure) FILTER (modality) AS modalities, count(DISTINCT procedure) FILTER (heating) AS heats,
  bool_or(active) AS active, bool_or(infrared) AS infrared, bool_or(open_ended) AS open_ended, sum(units) FILTER (always_therapy) AS therapy_units
FROM seen GROUP BY visit HAVING bool_or(infrared) OR modalities > 1;

-- NCD 270.6: which diagnoses of infrared lines the decision names.
CREATE OR REPLACE TEMP TABLE infrared AS
SELECT f.*, l.dx, l.pointed
FROM (FROM facts WHERE medicare AND (infrared OR device)) f
JOIN (
  SELECT file_row_number AS row,
    list_filter([dx_1, dx_2, dx_3, dx_4, dx_5, dx_6, dx_7, dx_8, dx_9, dx_10, dx_11, dx_12], lambda d: d IS NOT NULL) AS dx,
    list_filter([pointed_1, pointed_2, pointed_3, pointed_4], lambda d: d IS NOT NULL) AS pointed
  FROM read_parquet($lines, file_row_number = true) WHERE procedure IN (SELECT code FROM flags WHERE infrared OR device)
) l USING (row);

CREATE OR REPLACE TEMP TABLE ncd AS
WITH named AS (
  SELECT DISTINCT d.code, s."from", s."to" FROM (SELECT DISTINCT unnest(dx) AS code FROM infrared) d
  JOIN code_sets s ON s.set IN ('neuropathy', 'wound', 'ulcer') AND (s.code = d.code OR (s.beginning AND starts_with(d.code, s.code)))
), meant AS (SELECT row, list(DISTINCT code) AS named FROM infrared, named WHERE list_contains(dx, code) AND day BETWEEN "from" AND "to" GROUP BY row)
SELECT i.*, list_has_any(pointed, named) AS some_in, some_in AND list_has_all(named, pointed) AS all_in
FROM infrared i JOIN meant USING (row) WHERE day >= DATE '2006-10-24';

-- NCCI-PTP: pairs, both orders; the column 2 line is the one that is judged, once for each code beside it. The modifiers of a
-- column 1 code are those of all its lines of the day.
CREATE OR REPLACE TEMP TABLE pairs AS
SELECT two.row, two.form, e.indicator, e.release, two.day > e.last AS aged, two.associated, one.procedure AS partner,
  arg_min(one.line, one.row) AS partner_line, arg_min(one.line, (NOT one.apart, one.row)) AS apart_line, bool_or(one.apart) AS apart1
FROM (FROM facts WHERE part_b) two
JOIN seen one ON one.visit = two.visit AND one.procedure <> two.procedure
JOIN edits e ON e.form = two.form AND e.column1 = one.procedure AND e.column2 = two.procedure AND two.day BETWEEN e."from" AND e."to"
GROUP BY ALL;

-- NCCI-MODIFIERS: lines with a modifier for distinct services, and whether every pair of theirs is known to be no edit.
CREATE OR REPLACE TEMP TABLE apart AS
WITH asked AS MATERIALIZED (
  SELECT DISTINCT l.row, l.form, l.procedure, l.day, o.procedure AS partner
  FROM (FROM facts WHERE part_b AND apart AND NOT open_ended) l JOIN lines o ON o.visit = l.visit AND o.procedure <> l.procedure
), edited AS (
  SELECT DISTINCT a.row FROM asked a JOIN edits e ON e.form = a.form AND a.day BETWEEN e."from" AND e."to"
   AND ((e.column1 = a.partner AND e.column2 = a.procedure) OR (e.column1 = a.procedure AND e.column2 = a.partner))
), acquitted AS ( -- a release that speaks for the day holds both codes, or lists every edit of one of them
  SELECT a.row, a.partner FROM asked a
  JOIN holds h ON h.form = a.form AND h.code = a.procedure AND a.day BETWEEN h."from" AND h."to"
  LEFT JOIN holds o ON o.release = h.release AND o.code = a.partner AND a.day BETWEEN o."from" AND o."to"
  WHERE o.code IS NOT NULL OR h."any"
  UNION
  SELECT a.row, a.partner FROM asked a
  JOIN holds h ON h.form = a.form AND h.code = a.partner AND a.day BETWEEN h."from" AND h."to" AND h."any"
), known AS (
  SELECT row FROM asked LEFT JOIN acquitted USING (row, partner) GROUP BY row HAVING bool_and(acquitted.row IS NOT NULL)
)
SELECT l.row FROM facts l
WHERE part_b AND apart AND NOT open_ended AND row NOT IN (SELECT row FROM edited)
  AND (row IN (SELECT row FROM known) OR row NOT IN (SELECT row FROM asked));

-- NCCI-MUE: limits a line or a day.
CREATE OR REPLACE TEMP TABLE limited AS
SELECT p.row, p.units, m.value, m.indicator AS mai, m.release, p.day > m.last AS aged, c.day_units, c.last_row = p.row AS last_of_day
FROM (FROM facts WHERE part_b) p
JOIN limits m ON m.form = p.form AND m.code = p.procedure AND p.day BETWEEN m."from" AND m."to"
JOIN code_days c ON c.visit = p.visit AND c.procedure = p.procedure
WHERE p.units > value OR c.day_units > value;

-- COORDINATION-OF-BENEFITS: what claims to a second or third payer show of the one before.
CREATE OR REPLACE TEMP TABLE later_payers AS
SELECT f.row, f.file, f.claim_index, coalesce(list_transform(l.adjustments, lambda a: a.reason), []) AS reasons,
  len(reasons) > 0 OR len(list_filter(coalesce(l.other_payers, []), lambda o: o.paid IS NOT NULL)) > 0 AS decided
FROM (SELECT file_row_number AS row, adjustments, other_payers FROM read_parquet($lines, file_row_number = true) WHERE responsibility IN ('S', 'T')) l
JOIN facts f USING (row);

-- DIAGNOSIS-CODE-SETS: lines whose diagnoses are written in the set of another time.
CREATE OR REPLACE TEMP TABLE other_set AS
SELECT f.row, f.file, f.claim_index
FROM (
  SELECT file_row_number AS row FROM read_parquet($lines, file_row_number = true)
  WHERE dx_system = CASE WHEN service_from < DATE '2015-10-01' THEN 'ICD-10-CM' ELSE 'ICD-9-CM' END
    AND coalesce(dx_1, dx_2, dx_3, dx_4, dx_5, dx_6, dx_7, dx_8, dx_9, dx_10, dx_11, dx_12) IS NOT NULL
) l JOIN facts f USING (row);

-- DIAGNOSIS-CODE-SETS: diagnoses that are headings of the list of the day, or stand in it nowhere.
CREATE OR REPLACE TEMP TABLE no_codes AS
SELECT f.row, f.file, f.claim_index, CASE WHEN c.code IS NULL THEN 'UNLISTED' ELSE 'HEADING' END AS clause, v.id AS release
FROM (
  SELECT file_row_number AS row, service_from AS day, dx_system AS system,
    unnest([dx_1, dx_2, dx_3, dx_4, dx_5, dx_6, dx_7, dx_8, dx_9, dx_10, dx_11, dx_12]) AS code
  FROM read_parquet($lines, file_row_number = true)
) l
JOIN facts f USING (row)
JOIN vintages v ON v.system = l.system AND l.day BETWEEN v.first AND v.last
LEFT JOIN listed c ON c.path = v.path AND c.code = l.code
WHERE l.code IS NOT NULL AND c.billable IS DISTINCT FROM true AND (c.code IS NULL OR NOT c.billable);

-- Which lines the words of CGS reach; on them the general words about several modalities are silent.
CREATE OR REPLACE TEMP TABLE of_cgs AS
SELECT p.row FROM facts p
JOIN contractors c ON c.state = p.state AND p.day BETWEEN c."from" AND c."to" AND c.contractor = 'cgs-j15'
WHERE p.medicare AND p.day >= DATE '2018-01-04' AND p.modality;

-- What is found: one list for each policy.
CREATE OR REPLACE TEMP TABLE found AS
WITH
ptp AS (
  -- PTP.0
  SELECT row, 'CLM-NCCI-0' AS finding, 'PTP.0' AS clause, 'BLOCK' AS severity, 'certain' AS likelihood, release, aged, partner_line
  FROM pairs WHERE indicator = 0
  UNION ALL -- PTP.1, PTP.1.institutional
  SELECT row, 'CLM-NCCI', CASE form WHEN 'professional' THEN 'PTP.1' ELSE 'PTP.1.institutional' END, 'BLOCK',
    CASE form WHEN 'professional' THEN 'certain' ELSE 'likely' END, release, aged, partner_line
  FROM pairs WHERE indicator = 1 AND NOT associated AND (form = 'institutional' OR NOT apart1)
  UNION ALL -- COL1, COL1.institutional
  SELECT row, 'CLM-MOD-COL1', CASE form WHEN 'professional' THEN 'COL1' ELSE 'COL1.institutional' END,
    CASE form WHEN 'professional' THEN 'INFO' ELSE 'FIX' END, 'likely', release, aged, apart_line
  FROM pairs WHERE indicator = 1 AND NOT associated AND apart1
), mue AS (
  -- ZERO
  SELECT row, 'ZERO' AS clause, 'possible' AS likelihood, release, aged FROM limited WHERE value = 0 AND units > 0
  UNION ALL -- LINE
  SELECT row, 'LINE', 'likely', release, aged FROM limited WHERE mai = 1 AND value >= 1 AND units > value
  UNION ALL -- DAY.policy, DAY.clinical
  SELECT row, CASE mai WHEN 2 THEN 'DAY.policy' ELSE 'DAY.clinical' END, 'likely', release, aged
  FROM limited WHERE mai IN (2, 3) AND value >= 1 AND day_units > value AND last_of_day
), ncci_modifiers AS (
  -- DOUBLE.59
  SELECT row, 'CLM-MOD-DOUBLE' AS finding, 'DOUBLE.59' AS clause, 'FIX' AS severity, 'likely' AS likelihood
  FROM facts WHERE part_b AND apart AND day >= DATE '2015-01-01' AND list_contains(mods, '59')
   AND list_has_any(mods, ['XE', 'XS', 'XP', 'XU'])
  UNION ALL -- DOUBLE.xe, DOUBLE.xs, DOUBLE.xp
  SELECT row, 'CLM-MOD-DOUBLE', 'DOUBLE.' || lower(list_filter(['XE', 'XS', 'XP'], lambda m: list_contains(mods, m))[1]), 'FIX', 'possible'
  FROM facts WHERE part_b AND apart AND day >= DATE '2015-01-01' AND NOT list_contains(mods, '59')
   AND len(list_intersect(mods, ['XE', 'XS', 'XP', 'XU'])) > 1
  UNION ALL -- NOEDIT
  SELECT row, 'CLM-MOD-NOEDIT', 'NOEDIT', 'WARN', 'likely' FROM apart
), units AS (
  -- ONE: MEDICARE-SUPERVISED-UNITS, PAYER-UNITS
  SELECT row, CASE WHEN medicare THEN 'MEDICARE-SUPERVISED-UNITS ONE' ELSE 'PAYER-UNITS ONE' END AS clause,
    CASE WHEN medicare THEN 'BLOCK' ELSE 'FIX' END AS severity
  FROM facts p JOIN code_days c ON c.visit = p.visit AND c.last_row = p.row WHERE supervised AND day_units > 1
), duplicates AS (
  -- SAME
  SELECT row, 'SAME' AS clause
  FROM (
    SELECT row, medicare, always_therapy OR supervised AS looked_at, repeated,
      row_number() OVER (PARTITION BY visit, procedure, list_sort(list_distinct(mods)) ORDER BY row) AS nth
    FROM seen WHERE (visit, procedure) IN (SELECT (visit, procedure) FROM seen GROUP BY visit, procedure HAVING count(*) > 1)
  ) WHERE nth > 1 AND medicare AND looked_at AND NOT repeated
), discipline AS (
  SELECT row, unnest(list_filter([
    CASE WHEN always_therapy AND NOT discipline THEN 'ONE' END,
    CASE WHEN always_therapy AND gp AND go THEN 'TWO.gp-go' END,
    CASE WHEN always_therapy AND gp AND gn THEN 'TWO.gp-gn' END,
    CASE WHEN always_therapy AND go AND gn THEN 'TWO.go-gn' END,
    CASE WHEN pt_ot AND gn AND NOT gp AND NOT go THEN 'GN' END], lambda c: c IS NOT NULL)) AS clause
  FROM facts
  WHERE medicare AND day >= DATE '2018-01-01' AND (NOT discipline OR gn OR (gp AND go)) AND (always_therapy OR pt_ot)
), assisted AS (FROM facts WHERE medicare AND always_therapy AND (cq OR co)
), assistants AS (
  -- PAIR.cq
  SELECT row, 'PAIR.cq' AS clause, 'FIX' AS severity, 'likely' AS likelihood FROM assisted WHERE day >= DATE '2020-01-01' AND cq AND NOT co AND NOT gp
  UNION ALL -- PAIR.co
  SELECT row, 'PAIR.co', 'FIX', 'likely' FROM assisted WHERE day >= DATE '2020-01-01' AND co AND NOT cq AND NOT go
  UNION ALL -- BOTH
  SELECT row, 'BOTH', 'FIX', 'likely' FROM assisted WHERE day >= DATE '2020-01-01' AND cq AND co
  UNION ALL -- EARLY
  SELECT row, 'EARLY', 'FIX', 'possible' FROM assisted WHERE day < DATE '2020-01-01'
  UNION ALL -- PAYMENT
  SELECT min(row), 'PAYMENT', 'INFO', 'likely' FROM assisted WHERE part_b AND day >= DATE '2022-01-01' GROUP BY file, claim_index
), noticed AS (FROM facts WHERE ga OR gx OR gy OR gz
), abn AS (
  -- GA.GZ
  SELECT row, 'CLM-ABN-GZ' AS finding, 'GA.GZ' AS clause, 'FIX' AS severity FROM noticed WHERE part_b AND ga AND gz
  UNION ALL -- GX.BESIDE
  SELECT row, 'CLM-ABN-GX', 'GX.BESIDE', 'FIX' FROM noticed
  WHERE part_b AND gx AND list_has_any(mods, ['GA', 'GL', 'GZ', 'EY']) AND day >= DATE '2010-04-01'
  UNION ALL -- GX.EARLY
  SELECT row, 'CLM-ABN-GX', 'GX.EARLY', 'FIX' FROM noticed WHERE part_b AND gx AND day < DATE '2010-04-01'
  UNION ALL -- GZ.GY
  SELECT row, 'CLM-ABN-GZ', 'GZ.GY', 'FIX' FROM noticed WHERE part_b AND gz AND gy
  UNION ALL -- KX.GA
  SELECT row, 'CLM-ABN-GA', 'KX.GA', 'FIX' FROM noticed WHERE part_b AND kx AND ga
  UNION ALL -- GZ.DENIED
  SELECT row, 'CLM-ABN-GZ', 'GZ.DENIED', 'BLOCK' FROM noticed WHERE part_b AND gz AND day >= DATE '2011-07-01'
  UNION ALL -- GY.DEVICE
  SELECT row, 'CLM-ABN-GY', 'GY.DEVICE', 'FIX' FROM noticed WHERE part_b AND gy AND device
  UNION ALL -- GY.DISCIPLINE
  SELECT row, 'CLM-ABN-GY', 'GY.DISCIPLINE', 'FIX' FROM noticed WHERE part_b AND gy AND always_therapy AND NOT discipline
), strangers AS (
  SELECT t.taxonomy, s.set FROM (SELECT DISTINCT taxonomy FROM seen) t
  JOIN code_sets s ON s.set IN ('chiropractor', 'massage therapist', 'athletic trainer')
   AND (s.code = t.taxonomy OR (s.beginning AND starts_with(t.taxonomy, s.code)))
), which_notice AS (
  -- GY.NAMED
  SELECT row, 'CLM-ABN-GY' AS finding, 'GY.NAMED' AS clause, 'FIX' AS severity FROM ncd
  WHERE part_b AND infrared AND all_in AND gy
   AND coalesce(taxonomy, '') NOT IN (SELECT taxonomy FROM strangers WHERE set = 'chiropractor')
  UNION ALL -- GX.NAMED
  SELECT row, 'CLM-ABN-GX', 'GX.NAMED', 'WARN' FROM ncd
  WHERE part_b AND infrared AND all_in AND gx AND NOT list_has_any(mods, ['GA', 'GL', 'GZ', 'GY', 'EY']) AND day >= DATE '2010-04-01'
  UNION ALL -- GA.INSTITUTIONAL
  SELECT row, 'CLM-ABN-GA', 'GA.INSTITUTIONAL', 'WARN' FROM noticed
  WHERE part_b AND form = 'institutional' AND ga AND NOT gz AND day >= DATE '2010-04-01'
), advantage_notice AS (
  -- GA, GX, GZ
  SELECT row, unnest(list_filter(['GA', 'GX', 'GZ'], lambda m: list_contains(mods, m))) AS clause
  FROM noticed WHERE program = 'medicare-advantage'
), furnished AS (
  -- CHIROPRACTOR.coded, OTHERS.coded
  SELECT row, CASE set WHEN 'chiropractor' THEN 'COV-STAT-EXCL' ELSE 'CLM-FURNISHER' END AS finding,
    CASE set WHEN 'chiropractor' THEN 'CHIROPRACTOR.coded' ELSE 'OTHERS.coded' END AS clause
  FROM facts JOIN strangers USING (taxonomy) WHERE medicare AND always_therapy AND day >= DATE '2019-01-25'
), ncd_270_6 AS (
  -- NC.coded, NC.partly, NC.elsewhere
  SELECT row, 'CLM-DX-NCD' AS finding, CASE WHEN all_in THEN 'NC.coded' WHEN some_in THEN 'NC.partly' ELSE 'NC.elsewhere' END AS clause,
    CASE WHEN some_in THEN 'BLOCK' ELSE 'WARN' END AS severity, CASE WHEN all_in THEN 'likely' ELSE 'possible' END AS likelihood
  FROM ncd
  UNION ALL -- MOD.coded
  SELECT row, 'CLM-MOD-NCD', 'MOD.coded', 'WARN', 'likely' FROM ncd WHERE all_in AND (apart OR kx)
), payment AS (
  -- MEDICARE-MPPR HALF
  SELECT min(row) AS row, 'CLM-MPPR' AS finding, 'MEDICARE-MPPR HALF' AS clause, 'INFO' AS severity, 'possible' AS likelihood
  FROM facts p JOIN visits v USING (visit) WHERE part_b AND p.infrared AND day >= DATE '2013-04-01' AND v.therapy_units > 1
  GROUP BY file, claim_index
  UNION ALL -- MEDICARE-SEQUESTRATION CUT
  SELECT min(row), 'CLM-SEQUESTRATION', 'MEDICARE-SEQUESTRATION CUT', 'INFO', 'likely'
  FROM facts WHERE part_b AND infrared AND (day BETWEEN DATE '2013-04-01' AND DATE '2020-04-30' OR day >= DATE '2022-04-01')
  GROUP BY file, claim_index
  UNION ALL -- MEDICARE-TIMELY-FILING LATE
  SELECT min(row), 'CLM-TIMELY', 'MEDICARE-TIMELY-FILING LATE', 'BLOCK', 'likely'
  FROM facts WHERE part_b
   AND received > CASE WHEN day >= DATE '2010-01-01' THEN day + INTERVAL 1 YEAR ELSE make_date(year(day + INTERVAL 3 MONTH)::INT + 1, 12, 31) END
  GROUP BY file, claim_index
), benefits AS (
  -- MISSING
  SELECT min(row) AS row, 'CLM-COB' AS finding, 'MISSING' AS clause, 'FIX' AS severity, 'likely' AS likelihood
  FROM later_payers WHERE NOT decided GROUP BY file, claim_index
  UNION ALL -- DENIAL
  SELECT row, 'CLM-COB-DENIAL', 'DENIAL', 'INFO', 'possible'
  FROM later_payers WHERE list_has_any(reasons, ['50', '55', '56', '96', '119', '167', '202', '204'])
  UNION ALL -- MEND
  SELECT row, 'CLM-COB-MEND', 'MEND', 'WARN', 'possible'
  FROM later_payers WHERE list_has_any(reasons, ['15', '16', '18', '29', '163', '197', '198', '210', '226', '252', '284'])
), several AS (
  SELECT f.row, f.visit, f.heating, v.modalities, v.heats, v.infrared OR v.open_ended AS maybe_infrared, c.row IS NOT NULL AS cgs
  FROM facts f JOIN visits v USING (visit) LEFT JOIN of_cgs c USING (row) WHERE f.modality
), modalities AS (
  -- MANY: CGS-THERAPY-MODALITIES, else PRACTICE-SEVERAL-MODALITIES
  SELECT min(row) AS row, 'AUD-MANYMOD' AS finding, 'MANY' AS clause, cgs FROM several
  WHERE modalities > (SELECT value FROM numbers WHERE name = 'modalities a visit') GROUP BY visit, cgs
  UNION ALL -- HEAT: the same
  SELECT min(row), 'AUD-MULTIHEAT', 'HEAT', cgs FROM several WHERE heating AND heats > 1 AND NOT maybe_infrared GROUP BY visit, cgs
), triggers AS (
  -- ALONE, ALONE.medicare
  SELECT min(row) AS row, CASE WHEN medicare THEN 'ALONE.medicare' ELSE 'ALONE' END AS clause
  FROM facts p JOIN visits v USING (visit)
  WHERE p.infrared AND NOT v.active AND NOT v.open_ended AND (NOT medicare OR v.modalities > 1) GROUP BY visit, medicare
), payers AS (
  -- MEMBER-CONTRACT WAIVER
  SELECT row, 'CLM-WAIVER' AS finding, 'MEMBER-CONTRACT WAIVER' AS clause, 'WARN' AS severity, 'possible' AS likelihood
  FROM noticed WHERE program = 'commercial'
  UNION ALL -- HCSC-DME101.045 NMN
  SELECT row, 'COV-HCSC-NMN', 'HCSC-DME101.045 NMN', 'BLOCK', 'certain'
  FROM facts WHERE program = 'commercial' AND payer = 'hcsc' AND (infrared OR device) AND day >= DATE '2025-10-01'
  UNION ALL -- HCSC-DME101.045 PRIOR.version
  SELECT row, 'COV-HCSC-PRIOR-VERSION', 'HCSC-DME101.045 PRIOR.version', 'WARN', 'possible'
  FROM facts WHERE program = 'commercial' AND payer = 'hcsc' AND (infrared OR device) AND day BETWEEN DATE '2007-02-01' AND DATE '2025-09-30'
  UNION ALL -- HIGHMARK-E-43 CLINIC, HIGHMARK-E-43 DEVICE
  SELECT row, 'COV-INVEST', 'HIGHMARK-E-43 ' || CASE WHEN infrared THEN 'CLINIC' ELSE 'DEVICE' END, 'BLOCK', 'likely'
  FROM facts WHERE program = 'commercial' AND payer = 'highmark' AND day >= DATE '2005-08-01'
   AND ((infrared AND day <= DATE '2006-12-31') OR (device AND day <= DATE '2011-12-31'))
  UNION ALL -- AMERIHEALTH-18.02.03 CRITERIA
  SELECT row, 'COV-POLICY-UNKNOWN', 'AMERIHEALTH-18.02.03 CRITERIA', 'WARN', 'possible'
  FROM facts WHERE program IN ('commercial', 'medicaid') AND payer = 'amerihealth-caritas' AND (infrared OR device) AND day >= DATE '2018-05-01'
)
SELECT row, finding, 'NCCI-PTP ' || clause AS clause, severity, CASE WHEN aged THEN 'likely' ELSE likelihood END AS likelihood, release, aged, partner_line FROM ptp
UNION ALL SELECT row, 'CLM-MUE', 'NCCI-MUE ' || clause, 'BLOCK', likelihood, release, aged, NULL FROM mue
UNION ALL SELECT row, finding, 'NCCI-MODIFIERS ' || clause, severity, likelihood, NULL, false, NULL FROM ncci_modifiers
UNION ALL SELECT row, 'CLM-UNITS', clause, severity, 'likely', NULL, false, NULL FROM units
UNION ALL SELECT row, 'CLM-DUP', 'MEDICARE-DUPLICATES ' || clause, 'FIX', 'likely', NULL, false, NULL FROM duplicates
UNION ALL SELECT row, 'CLM-GP', 'MEDICARE-DISCIPLINE-MODIFIERS ' || clause, 'FIX', 'likely', NULL, false, NULL FROM discipline
UNION ALL SELECT row, 'CLM-CQCO', 'MEDICARE-ASSISTANTS ' || clause, severity, likelihood, NULL, false, NULL FROM assistants
UNION ALL SELECT row, finding, 'MEDICARE-ABN ' || clause, severity, 'likely', NULL, false, NULL FROM abn
UNION ALL SELECT row, finding, 'MEDICARE-WHICH-NOTICE ' || clause, severity, 'likely', NULL, false, NULL FROM which_notice
UNION ALL SELECT row, 'CLM-ABN-' || clause, 'MEDICARE-ADVANTAGE-NOTICE ' || clause, 'INFO', 'possible', NULL, false, NULL FROM advantage_notice
UNION ALL SELECT row, finding, 'MEDICARE-WHO-MAY-FURNISH ' || clause, 'BLOCK', 'likely', NULL, false, NULL FROM furnished
UNION ALL SELECT row, finding, 'NCD-270.6 ' || clause, severity, likelihood, NULL, false, NULL FROM ncd_270_6
UNION ALL SELECT row, finding, clause, severity, likelihood, NULL, false, NULL FROM payment
UNION ALL SELECT row, finding, 'COORDINATION-OF-BENEFITS ' || clause, severity, likelihood, NULL, false, NULL FROM benefits
UNION ALL SELECT row, finding, CASE WHEN cgs THEN 'CGS-THERAPY-MODALITIES ' ELSE 'PRACTICE-SEVERAL-MODALITIES ' END || clause, 'WARN',
  CASE WHEN cgs THEN 'likely' ELSE 'possible' END, NULL, false, NULL FROM modalities
UNION ALL SELECT row, 'AUD-ALONE', 'PRACTICE-AUDIT-TRIGGERS ' || clause, 'WARN', 'possible', NULL, false, NULL FROM triggers
UNION ALL SELECT row, finding, clause, severity, likelihood, NULL, false, NULL FROM payers
UNION ALL -- L33825 NMN: likely at most, for its text was not read
SELECT row, 'COV-DME-NMN', 'L33825 NMN', 'BLOCK', 'likely', NULL, false, NULL FROM facts WHERE medicare AND device AND day >= DATE '2003-10-01'
UNION ALL -- DIAGNOSIS-CODE-SETS SET
SELECT min(row), 'CLM-DX-INVALID', 'DIAGNOSIS-CODE-SETS SET', 'FIX', 'likely', NULL, false, NULL FROM other_set GROUP BY file, claim_index
UNION ALL -- DIAGNOSIS-CODE-SETS HEADING, UNLISTED
SELECT min(row), 'CLM-DX-INVALID', 'DIAGNOSIS-CODE-SETS ' || clause, 'FIX', 'likely', min(release), false, NULL FROM no_codes GROUP BY file, claim_index, clause
UNION ALL -- INFRARED-CODE PLACE
SELECT row, 'CLM-POS', 'INFRARED-CODE PLACE', 'WARN', 'possible', NULL, false, NULL FROM facts
WHERE infrared AND place IN (SELECT code FROM code_sets WHERE set = 'patient home');

COPY (
  SELECT l.file, l.claim_index, l.claim, l.line, f.finding, f.clause, f.severity, f.likelihood, f.release, f.aged, f.partner_line
  FROM found f JOIN lines l USING (row)
) TO $findings (FORMAT parquet);

-- What each line comes to: the strongest outcome of the clauses that decide, and who is cited for it.
COPY (
  WITH outcomes(clause, place, outcome, predicted) AS (VALUES
    ('MEDICARE-WHO-MAY-FURNISH CHIROPRACTOR.coded', 1, 'STATUTORILY_EXCLUDED', '96 N425'),
    ('NCD-270.6 NC.coded', 2, 'NATIONALLY_NONCOVERED', '50 N386'),
    ('HIGHMARK-E-43 CLINIC', 3, 'INVESTIGATIONAL', '55 N130'), ('HIGHMARK-E-43 DEVICE', 3, 'INVESTIGATIONAL', '55 N130'),
    ('HCSC-DME101.045 NMN', 3, 'NOT_MEDICALLY_NECESSARY', '50 N130'),
    ('L33825 NMN', 3, 'NOT_MEDICALLY_NECESSARY', '50 N115'),
    ('MEDICARE-WHO-MAY-FURNISH OTHERS.coded', 3, 'NOT_MEDICALLY_NECESSARY', '50'),
    ('NCCI-PTP PTP.0', 4, 'BUNDLED', '236'), ('NCCI-PTP PTP.1', 4, 'BUNDLED', '236'), ('NCCI-PTP PTP.1.institutional', 4, 'BUNDLED', '236'),
    ('HCSC-DME101.045 PRIOR', 5, 'INDETERMINATE', NULL)
  ), decided AS (
    SELECT f.row, o.*, f.likelihood, min(place) OVER (PARTITION BY row) AS first
    FROM found f JOIN outcomes o ON o.clause = CASE f.clause WHEN 'HCSC-DME101.045 PRIOR.version' THEN 'HCSC-DME101.045 PRIOR' ELSE f.clause END
  ), fired AS (
    SELECT row, place, outcome, predicted, string_agg(DISTINCT clause, '|' ORDER BY clause) AS clause, min(likelihood) AS likelihood
    FROM decided WHERE place = first GROUP BY ALL
  )
  SELECT l.file, l.claim_index, l.claim, l.line, l.program, l.payer,
    CASE WHEN f.row IS NOT NULL THEN f.outcome
         WHEN l.program IN ('medicare-part-b', 'medicare-advantage') OR (l.program = 'commercial' AND l.payer = 'hcsc')
         THEN 'NOTHING_MET'
         ELSE 'INDETERMINATE' END AS outcome,
    CASE WHEN f.clause = 'HCSC-DME101.045 NMN' THEN 'likely' WHEN f.place < 5 THEN f.likelihood END AS likelihood, f.clause, -- no contract was read
    CASE WHEN f.place = 1 THEN CASE WHEN list_contains(l.mods, 'GY') THEN 'PR' END
         WHEN f.place = 4 THEN 'CO'
         WHEN f.place < 4 AND l.program <> 'commercial'
         THEN CASE WHEN list_contains(l.mods, 'GA') AND l.program = 'medicare-part-b' THEN 'PR' ELSE 'CO' END END AS liability,
    f.predicted
  FROM lines l LEFT JOIN fired f USING (row)
) TO $answers (FORMAT parquet);
