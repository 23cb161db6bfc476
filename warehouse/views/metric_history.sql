/*
zh: 指标沿革：同一开发区、指标、对象、时期的每次说法归为一行——首次说、最近说、是否改口、由哪一期改。
en: Vintages, one row a fact (zone, indicator, subject, period): what was said first and last, and which issue restated it.
columns:
  zone: 开发区 / Zone, canonical name.
  indicator_code: 指标代码 / indicators.code; NULL where no code fits.
  indicator: 指标（原文） / The indicator, as written.
  subject: 对象（原文） / What is counted or measured, as written.
  kind: 种类 / level, ratio, growth, delta or rank.
  basis: 比较基准 / Of growth and delta, what it is compared with.
  unit: 单位 / Canonical unit.
  per: 每单位 / Denominator.
  status: 实际、计划、预计还是目标 / actual, planned, expected or target.
  period_start: 时期起 / First day; NULL where no period is stated.
  as_of: 数据日期 / Last day of the period, else the issue's date.
  first_value: 首次数值 / Value as first said; NULL for a range.
  first_said: 首次期刊日期 / Date of the issue that said it first.
  first_issue_id: 首次的期 / That issue.
  last_value: 最近数值 / Value as last said; NULL for a range.
  last_low: 最近下限 / Lower bound as last said.
  last_high: 最近上限 / Upper bound as last said.
  last_qualifier: 最近限定 / Qualifier as last said.
  last_said: 最近期刊日期 / Date of the issue that said it last.
  last_issue_id: 最近的期 / That issue.
  issues: 几期说过 / How many issues said it.
  vintages: 有几个不同的说法 / How many different values were said.
  is_restated: 是否改口 / Whether a later issue said another value.
  is_ambiguous: 同一期对同一事实说了几个不同的数（无法判断是否改口） / Whether one issue says several values of the same zone, indicator, subject and period - these stay rows of their own and count as no restatement.
  restated_by: 改口的期（最近一次） / The issue that last changed the value.
  is_withdrawn: 是否只见于已被替换的旧版 / Whether only earlier revisions of an issue say it.
  is_part: 最近一次是否为某个总数的一部分 / Whether it is a part of a stated total, as last said.
  last_metric_id: 最近的指标编号 / The metric as last said; NULL when withdrawn.
  metric_ids: 指标编号（先后为序；旧版不计） / The metrics, in the order in which they were said; those of earlier revisions have none any more.
*/
CREATE OR REPLACE VIEW metric_history AS
WITH ever AS (
    SELECT
        zone, indicator_code, indicator, subject, kind, basis, unit, per, status, period_start, as_of, value, value_low,
        value_high, qualifier, issue_date, issue_id, NULL AS revision, metric_id, is_part
    FROM statements
    UNION ALL
    -- what a corrected text of its issue has replaced
    SELECT
        coalesce(n.zone, m.zone), m.indicator_code, m.indicator, m.subject, m.kind, m.basis, m.unit, m.per, m.status,
        m.period_start, coalesce(m.period_end, m.issue_date), m.value, m.value_low, m.value_high, m.qualifier,
        m.issue_date, m.issue_id, m.revision, NULL, m.part_of IS NOT NULL
    FROM metrics_superseded AS m LEFT JOIN zone_names AS n ON n.name = m.zone
),
said AS (
    SELECT
        *,
        -- without any date nothing says that two issues speak of one time
        CASE WHEN as_of IS NULL THEN issue_id END AS undated,
        {'value': value, 'low': value_low, 'high': value_high} AS wording,
        (issue_date, issue_id, coalesce(revision, 2147483647), metric_id) AS said_at,
        -- several values of one fact in one issue are several facts that the text tells apart by other words
        dense_rank() OVER (
            PARTITION BY zone, indicator_code, indicator, subject, kind, basis, unit, per, status, period_start, as_of,
                undated, issue_id, revision
            ORDER BY value, value_low, value_high
        ) AS variant
    FROM ever
),
compared AS (
    SELECT
        *,
        max(variant) OVER whole > 1 AS is_ambiguous,
        lag(issue_id) OVER fact IS NOT NULL AND wording IS DISTINCT FROM lag(wording) OVER fact AS is_change
    FROM said
    WINDOW
        whole AS (
            PARTITION BY zone, indicator_code, indicator, subject, kind, basis, unit, per, status, period_start, as_of,
                undated
        ),
        fact AS (
            PARTITION BY zone, indicator_code, indicator, subject, kind, basis, unit, per, status, period_start, as_of,
                undated, variant
            ORDER BY said_at
        )
)
SELECT
    zone,
    indicator_code,
    indicator,
    subject,
    kind,
    basis,
    unit,
    per,
    status,
    period_start,
    as_of,
    arg_min(wording, said_at).value AS first_value,
    min(issue_date) AS first_said,
    arg_min(issue_id, said_at) AS first_issue_id,
    arg_max(wording, said_at).value AS last_value,
    arg_max(wording, said_at).low AS last_low,
    arg_max(wording, said_at).high AS last_high,
    arg_max(qualifier, said_at) AS last_qualifier,
    max(issue_date) AS last_said,
    arg_max(issue_id, said_at) AS last_issue_id,
    count(DISTINCT issue_id) AS issues,
    count(DISTINCT wording) AS vintages,
    bool_or(is_change AND NOT is_ambiguous) AS is_restated,
    bool_or(is_ambiguous) AS is_ambiguous,
    arg_max(issue_id, said_at) FILTER (WHERE is_change AND NOT is_ambiguous) AS restated_by,
    count(metric_id) = 0 AS is_withdrawn,
    arg_max(is_part, said_at) AS is_part,
    arg_max(metric_id, said_at) AS last_metric_id,
    coalesce(list(metric_id ORDER BY said_at) FILTER (WHERE metric_id IS NOT NULL), []) AS metric_ids
FROM compared
GROUP BY
    zone, indicator_code, indicator, subject, kind, basis, unit, per, status, period_start, as_of, undated, variant;
