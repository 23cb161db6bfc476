/*
zh: 更正状态：corrections.yml 的每一条落在哪个指标上，是否生效；原文已变的不生效。
en: Where each entry of corrections.yml lands and whether it is applied; an entry whose quote is not printed there is not.
columns:
  entry: 更正条目（从 1 起） / Which entry of the file, from 1.
  state: applied 已生效，mismatch 原文不符（未生效），not_found 找不到该数（未生效） / applied, mismatch (something else is printed there, not applied) or not_found (not applied).
  metric_id: 指标编号 / The metric that it lands on.
  expect: 应有的原文 / The quote that the entry expects.
  printed: 实际的原文 / What is printed at that metric or line.
  changes: 更改的字段 / The fields that it changes, with their new values.
  reason: 理由 / Why.
  author: 作者 / Who decided it.
  decided_on: 日期 / When.
*/
CREATE OR REPLACE VIEW correction_status AS
WITH entries AS (
    SELECT
        entry,
        any_value(metric_id) AS asked_id,
        any_value(file_name) AS file_name,
        any_value(source_line) AS source_line,
        any_value(expect) AS expect,
        map_from_entries(list((field, corrected) ORDER BY field)) AS changes,
        any_value(reason) AS reason,
        any_value(author) AS author,
        any_value(decided_on) AS decided_on
    FROM corrections
    GROUP BY entry
),
candidates AS (
    SELECT e.entry, m.metric_id, m.quote
    FROM entries AS e JOIN metrics AS m ON m.metric_id = e.asked_id
    UNION ALL
    SELECT e.entry, m.metric_id, m.quote
    FROM entries AS e
    JOIN documents AS d ON d.file_name = e.file_name
    JOIN metrics AS m ON m.issue_id = d.issue_id AND m.source_line_start = e.source_line
),
landed AS (
    SELECT
        c.entry,
        list(c.metric_id ORDER BY c.metric_id) FILTER (WHERE replace(c.quote, ' ', '') = replace(e.expect, ' ', ''))
            AS matching,
        string_agg(c.quote, '、' ORDER BY c.metric_id) AS printed
    FROM candidates AS c JOIN entries AS e USING (entry)
    GROUP BY c.entry
)
SELECT
    e.entry,
    CASE WHEN len(l.matching) = 1 THEN 'applied' WHEN l.printed IS NULL THEN 'not_found' ELSE 'mismatch' END AS state,
    CASE WHEN len(l.matching) = 1 THEN l.matching[1] END AS metric_id,
    e.expect,
    l.printed,
    e.changes,
    e.reason,
    e.author,
    e.decided_on
FROM entries AS e LEFT JOIN landed AS l USING (entry);
