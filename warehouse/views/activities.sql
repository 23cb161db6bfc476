/*
zh: 活动：每项活动一行，场次与随后说到的人数并列。
en: One row an activity: its sessions beside the people reached that the same sentence goes on to.
columns:
  zone: 开发区 / Zone, canonical name.
  issue_id: 期 / The issue.
  issue_date: 期刊日期 / Date of the issue.
  period_start: 时期起 / First day; NULL where no period is stated.
  period_end: 时期止 / Last day.
  as_of: 数据日期 / Last day of the period, else the issue's date.
  activity: 活动（原文）；只说人数时为空 / The activity as written; NULL where only people are told.
  status: 实际、计划、预计还是目标 / actual, planned, expected or target.
  sessions: 场次 / Sessions; a lower bound where sessions_qualifier says over.
  sessions_qualifier: 场次的限定 / exact, about, over, under, at_least, at_most or range.
  classifier: 量词（场、次、场次） / Measure word.
  people: 人数 / People reached.
  people_qualifier: 人数的限定 / exact, about, over, under, at_least, at_most or range.
  people_of: 什么人（原文） / Who they are, as written.
  is_part: 是否某个已述总数的一部分 / Whether it is a part of a total that the text states.
  metric_ids: 指标编号 / The metrics of the row.
*/
CREATE OR REPLACE VIEW activities AS
WITH said AS (
    SELECT
        *,
        indicator_code = 'event.count' AS is_session,
        count(*) FILTER (WHERE indicator_code = 'event.count') OVER (
            PARTITION BY article_id, paragraph_seq, sentence ORDER BY span_start
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS number_of_event
    FROM statements
    WHERE kind = 'level' AND per IS NULL AND indicator_code IN ('event.count', 'people.count')
),
numbered AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY article_id, paragraph_seq, sentence, number_of_event, is_session ORDER BY span_start
        ) AS repetition
    FROM said
)
SELECT
    zone,
    issue_id,
    issue_date,
    period_start,
    period_end,
    as_of,
    max(subject) FILTER (WHERE is_session) AS activity,
    status,
    max(value) FILTER (WHERE is_session) AS sessions,
    max(qualifier) FILTER (WHERE is_session) AS sessions_qualifier,
    max(classifier) FILTER (WHERE is_session) AS classifier,
    max(value) FILTER (WHERE NOT is_session) AS people,
    max(qualifier) FILTER (WHERE NOT is_session) AS people_qualifier,
    max(subject) FILTER (WHERE NOT is_session) AS people_of,
    bool_or(is_part) AS is_part,
    list(metric_id ORDER BY span_start) AS metric_ids
FROM numbered
GROUP BY
    zone, issue_id, article_id, paragraph_seq, sentence, issue_date, period_start, period_end, as_of, status,
    number_of_event, repetition;
