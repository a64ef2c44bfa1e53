-- Views of ita.sqlite for dashboards. Comments stay in the file.
--
-- agency_key is the agency_id where there is one, else document and printed name, else the
-- document alone: so that scores whose agency is not known still make a row.

-- One row per agency (or printed name), fiscal year and code: the score to show. Where one
-- quantity is printed more often, a value that the recomputed totals bear out goes first, then
-- a table before a list, a sentence or a chart, the text layer before the picture, the newest
-- copy before older ones, the first page before later ones. That they differ, if they do, is a
-- finding. Weighted instruments are no percentages
-- and are left out; a weighted total is the total.
CREATE VIEW latest_scores AS
WITH borne_out AS (
  SELECT DISTINCT document_id, code, year_be, agency_name_printed, printed
  FROM recomputed WHERE verdict = 'agrees'
),
candidates AS (
  SELECT
    COALESCE(s.agency_id, s.document_id || ':' || s.agency_name_printed, s.document_id)
      AS agency_key,
    s.agency_id,
    s.agency_name_printed,
    COALESCE(s.year_be, d.result_year_be) AS year_be,
    s.level, s.code, s.value, s.value_decimals, s.value_printed,
    s.document_id, s.page, s.score_id,
    ROW_NUMBER() OVER (
      PARTITION BY
        COALESCE(s.agency_id, s.document_id || ':' || s.agency_name_printed, s.document_id),
        COALESCE(s.year_be, d.result_year_be), s.code
      ORDER BY
        b.document_id IS NULL,
        CASE s.place WHEN 'table' THEN 1 WHEN 'list' THEN 2 WHEN 'sentence' THEN 3 ELSE 4 END,
        CASE s.text_source WHEN 'text' THEN 1 ELSE 2 END,
        d.retrieved_at DESC, d.report_year_be DESC, s.confidence DESC, d.source, s.page, s.score_id
    ) AS choice
  FROM scores AS s JOIN documents AS d USING (document_id)
  LEFT JOIN borne_out AS b
    ON b.document_id = s.document_id AND b.code = s.code AND b.printed = s.value
    AND b.year_be IS s.year_be AND b.agency_name_printed IS s.agency_name_printed
  WHERE s.value IS NOT NULL AND s.code IS NOT NULL
    AND (s.scale = 'percent' OR s.level = 'total')
)
SELECT
  agency_key, agency_id, agency_name_printed, year_be, level, code, value, value_decimals,
  value_printed, document_id, page, score_id
FROM candidates WHERE choice = 1;

-- The same for the rating level of the whole assessment.
CREATE VIEW latest_levels AS
WITH candidates AS (
  SELECT
    COALESCE(r.agency_id, r.document_id || ':' || r.agency_name_printed, r.document_id)
      AS agency_key,
    COALESCE(r.year_be, d.result_year_be) AS year_be,
    r.rating, r.document_id, r.page,
    ROW_NUMBER() OVER (
      PARTITION BY
        COALESCE(r.agency_id, r.document_id || ':' || r.agency_name_printed, r.document_id),
        COALESCE(r.year_be, d.result_year_be)
      ORDER BY
        CASE r.place WHEN 'table' THEN 1 WHEN 'list' THEN 2 WHEN 'sentence' THEN 3 ELSE 4 END,
        d.retrieved_at DESC, d.report_year_be DESC, d.source, r.page, r.rating_id
    ) AS choice
  FROM ratings AS r JOIN documents AS d USING (document_id)
  WHERE r.kind = 'level' AND r.code = 'ITA'
)
SELECT agency_key, year_be, rating, document_id, page FROM candidates WHERE choice = 1;

-- Every finding with the agency and the file that it is about, the gravest first. A finding
-- is open until a correction answers it.
CREATE VIEW open_findings AS
SELECT
  COALESCE(f.agency_id, f.document_id || ':' || f.agency_name_printed, f.document_id)
    AS agency_key,
  COALESCE(a.agency_name, f.agency_name_printed, d.agency_name) AS agency_name,
  a.province,
  COALESCE(f.year_be, d.result_year_be) AS year_be,
  f.severity, f.rule, f.level, f.code, f.printed, f.expected, f.difference,
  f.message_th, f.message_en, f.page, d.file_name, d.source, f.document_id, f.finding_id
FROM findings AS f
JOIN documents AS d USING (document_id)
LEFT JOIN agencies AS a ON a.agency_id = f.agency_id
ORDER BY
  CASE f.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
  agency_name, d.source, f.page, f.finding_id;

-- One row per agency and fiscal year, indicators side by side.
CREATE VIEW agency_years AS
WITH wide AS (
  SELECT
    agency_key, year_be, MAX(agency_id) AS agency_id, MAX(agency_name_printed) AS printed_name,
    MIN(document_id) AS document_id,
    MAX(CASE WHEN code = 'ITA' THEN value END) AS total,
    MAX(CASE WHEN code = 'IIT' THEN value END) AS iit,
    MAX(CASE WHEN code = 'EIT' THEN value END) AS eit,
    MAX(CASE WHEN code = 'OIT' THEN value END) AS oit,
    MAX(CASE WHEN code = '1' THEN value END) AS indicator_1,
    MAX(CASE WHEN code = '2' THEN value END) AS indicator_2,
    MAX(CASE WHEN code = '3' THEN value END) AS indicator_3,
    MAX(CASE WHEN code = '4' THEN value END) AS indicator_4,
    MAX(CASE WHEN code = '5' THEN value END) AS indicator_5,
    MAX(CASE WHEN code = '6' THEN value END) AS indicator_6,
    MAX(CASE WHEN code = '7' THEN value END) AS indicator_7,
    MAX(CASE WHEN code = '8' THEN value END) AS indicator_8,
    MAX(CASE WHEN code = '9' THEN value END) AS indicator_9,
    MAX(CASE WHEN code = '10' THEN value END) AS indicator_10
  FROM latest_scores GROUP BY agency_key, year_be
),
filed AS (
  SELECT
    agency_id AS agency_key, agency_id, result_year_be AS year_be, MIN(document_id) AS document_id,
    COUNT(*) AS document_count,
    SUM(kind = 'analysis') AS analysis_count,
    SUM(kind = 'measures') AS measures_count
  FROM documents WHERE agency_id IS NOT NULL AND status <> 'refused'
  GROUP BY agency_id, result_year_be
),
found AS (
  SELECT
    agency_key, year_be, MIN(document_id) AS document_id,
    MAX(agency_name) AS agency_name,
    SUM(severity = 'error') AS errors,
    SUM(severity = 'warning') AS warnings,
    SUM(severity = 'note') AS notes
  FROM open_findings GROUP BY agency_key, year_be
),
everyone AS (
  SELECT agency_key, year_be FROM wide
  UNION SELECT agency_key, year_be FROM filed
  UNION SELECT agency_key, year_be FROM found
)
SELECT
  e.agency_key,
  COALESCE(w.agency_id, c.agency_id, a.agency_id) AS agency_id,
  COALESCE(a.agency_name, w.printed_name, f.agency_name) AS agency_name,
  a.agency_type, a.district, a.province, e.year_be,
  w.total, l.rating, w.iit, w.eit, w.oit,
  w.indicator_1, w.indicator_2, w.indicator_3, w.indicator_4, w.indicator_5,
  w.indicator_6, w.indicator_7, w.indicator_8, w.indicator_9, w.indicator_10,
  COALESCE(f.errors, 0) AS errors,
  COALESCE(f.warnings, 0) AS warnings,
  COALESCE(f.notes, 0) AS notes,
  COALESCE(c.document_count, 0) AS document_count,
  COALESCE(c.analysis_count, 0) AS analysis_count,
  COALESCE(c.measures_count, 0) AS measures_count,
  d.file_name, d.document_id
FROM everyone AS e
LEFT JOIN wide AS w ON w.agency_key = e.agency_key AND w.year_be IS e.year_be
LEFT JOIN filed AS c ON c.agency_key = e.agency_key AND c.year_be IS e.year_be
LEFT JOIN found AS f ON f.agency_key = e.agency_key AND f.year_be IS e.year_be
LEFT JOIN latest_levels AS l ON l.agency_key = e.agency_key AND l.year_be IS e.year_be
LEFT JOIN agencies AS a ON a.agency_id = e.agency_key
LEFT JOIN documents AS d
  ON d.document_id = COALESCE(c.document_id, w.document_id, f.document_id)
ORDER BY
  a.province IS NULL, a.province,
  COALESCE(a.agency_name, w.printed_name, f.agency_name) IS NULL,
  COALESCE(a.agency_name, w.printed_name, f.agency_name), e.agency_key, e.year_be DESC;

-- What could not be read, or only in part.
CREATE VIEW unread_documents AS
SELECT document_id, file_name, source, status, status_reason, status_detail, agency_name, page_count
FROM documents WHERE status <> 'ok'
ORDER BY status DESC, source, file_name, document_id;

-- Scores with the names that people look for: what the sheet of scores shows.
CREATE VIEW named_scores AS
SELECT
  COALESCE(a.agency_name, s.agency_name_printed, d.agency_name) AS agency_name,
  a.province, s.year_be, s.level, s.code, s.label_printed, s.value, s.value_printed, s.scale,
  s.place, d.file_name, s.page, s.table_no, s.row_no, s.text_source, s.confidence,
  s.code_printed, s.code_rule, s.value_rule, s.value_decimals, d.source, s.document_id, s.score_id
FROM documents AS d
JOIN scores AS s USING (document_id)
LEFT JOIN agencies AS a ON a.agency_id = s.agency_id
ORDER BY s.rowid;

-- What is missing: documents that could not be read, agencies without a total, and agencies
-- without a report that others in the dataset have. The slug says which.
CREATE VIEW gaps AS
SELECT
  1 AS rank, status_reason AS gap, status, agency_name, NULL AS province, result_year_be AS year_be,
  file_name, status_detail AS detail, source, document_id
FROM documents WHERE status = 'refused'
UNION ALL
SELECT
  2, 'partly-' || status_reason, status, agency_name, NULL, result_year_be, file_name, status_detail, source,
  document_id
FROM documents WHERE status = 'partial'
UNION ALL
SELECT g.rank, g.gap, NULL, y.agency_name, y.province, y.year_be, NULL, NULL, NULL, y.document_id
FROM agency_years AS y
JOIN (
  SELECT 3 AS rank, 'no-total' AS gap, TRUE AS asked
  UNION ALL
  SELECT 4, 'no-analysis', EXISTS (SELECT 1 FROM documents WHERE kind = 'analysis')
  UNION ALL
  SELECT 5, 'no-measures', EXISTS (SELECT 1 FROM documents WHERE kind = 'measures')
) AS g ON g.asked AND CASE g.gap
  WHEN 'no-total' THEN y.total IS NULL AND y.analysis_count > 0
  WHEN 'no-analysis' THEN y.analysis_count = 0 AND y.agency_id IS NOT NULL
  ELSE y.measures_count = 0 AND y.agency_id IS NOT NULL
END
ORDER BY 1, province, agency_name, source, file_name, year_be DESC, document_id;
