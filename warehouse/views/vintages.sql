/*
zh: 指标沿革（可限定）：同 metric_history，只取一个开发区、一个指标；参数为 NULL 时不限。
en: metric_history of one zone and indicator, worked out for these alone; NULL stands for all of them.
parameters:
  zone_name: 开发区规范名称 / The zone, by its canonical name.
  indicator_name: 指标代码、目录名称或原文名称 / The indicator: its code, its Chinese name, or as written.
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
CREATE OR REPLACE MACRO vintages(zone_name, indicator_name) AS TABLE
WITH asked AS (
    SELECT coalesce(list(code), []) AS codes FROM indicators WHERE code = indicator_name OR zh = indicator_name
),
ever AS (
    SELECT
        zone, indicator_code, indicator, subject, kind, basis, unit, per, status, period_start, as_of, value, value_low,
        value_high, qualifier, issue_date, issue_id, NULL AS revision, metric_id, is_part
    FROM statements
    UNION ALL
    -- what a corrected text of its issue has replaced
    SELECT
        coalesce(n.zone, common_zone_name(m.zone)), m.indicator_code, m.indicator, m.subject, m.kind, m.basis, m.unit,
        m.per, m.status, m.period_start, coalesce(m.period_end, m.issue_date), m.value, m.value_low, m.value_high, m.qualifier,
        m.issue_date, m.issue_id, m.revision, NULL, m.part_of IS NOT NULL
    FROM metrics_superseded AS m LEFT JOIN zone_names AS n ON n.name = m.zone
),
facts AS (
    SELECT
        zone, indicator_code, indicator, subject, kind, basis, unit, per, status, period_start, as_of,
        -- without any date nothing says that two issues speak of one time
        CASE WHEN as_of IS NULL THEN issue_id END AS undated,
        -- begins with what tells the order
        list({
            'issue_date': issue_date, 'issue_id': issue_id, 'revision': coalesce(revision, 2147483647),
            'metric_id': metric_id, 'value': value, 'low': value_low, 'high': value_high, 'qualifier': qualifier,
            'is_part': is_part
        }) AS said
    FROM ever
    WHERE (zone_name IS NULL OR zone = zone_name)
    AND (
        indicator_name IS NULL OR indicator = indicator_name
        OR list_contains((SELECT codes FROM asked), indicator_code)
    )
    GROUP BY ALL
),
numbered AS (SELECT *, row_number() OVER () AS fact FROM facts),
-- most facts are said once: only the others are compared
repeated AS (
    SELECT fact, unnest(said) AS one FROM numbered WHERE len(said) > 1
),
varied AS (
    SELECT
        fact,
        one,
        -- several values of one fact in one issue are several facts that the text tells apart by other words
        dense_rank() OVER (
            PARTITION BY fact, one.issue_id, one.revision ORDER BY one.value, one.low, one.high
        ) AS variant
    FROM repeated
),
compared AS (
    SELECT
        fact,
        one,
        variant,
        {'value': one.value, 'low': one.low, 'high': one.high} AS wording,
        max(variant) OVER (PARTITION BY fact) > 1 AS is_ambiguous,
        lag(one) OVER told AS before
    FROM varied
    WINDOW told AS (PARTITION BY fact, variant ORDER BY one)
),
changed AS (
    SELECT
        *,
        NOT is_ambiguous AND before IS NOT NULL
        AND wording IS DISTINCT FROM {'value': before.value, 'low': before.low, 'high': before.high} AS is_change
    FROM compared
),
history AS (
    SELECT fact, 1 AS variant, said[1] AS first_one, said[1] AS last_one, 1 AS issues, 1 AS vintages, false AS is_restated,
        false AS is_ambiguous, NULL AS restated_by, list_filter([said[1].metric_id], lambda id: id IS NOT NULL) AS metric_ids
    FROM numbered
    WHERE len(said) = 1
    UNION ALL
    SELECT
        fact,
        variant,
        min(one),
        max(one),
        count(DISTINCT one.issue_id),
        count(DISTINCT wording),
        bool_or(is_change),
        bool_or(is_ambiguous),
        arg_max(one.issue_id, one) FILTER (WHERE is_change),
        coalesce(list(one.metric_id ORDER BY one) FILTER (WHERE one.metric_id IS NOT NULL), [])
    FROM changed
    GROUP BY fact, variant
)
SELECT
    n.zone,
    n.indicator_code,
    n.indicator,
    n.subject,
    n.kind,
    n.basis,
    n.unit,
    n.per,
    n.status,
    n.period_start,
    n.as_of,
    h.first_one.value AS first_value,
    h.first_one.issue_date AS first_said,
    h.first_one.issue_id AS first_issue_id,
    h.last_one.value AS last_value,
    h.last_one.low AS last_low,
    h.last_one.high AS last_high,
    h.last_one.qualifier AS last_qualifier,
    h.last_one.issue_date AS last_said,
    h.last_one.issue_id AS last_issue_id,
    h.issues,
    h.vintages,
    h.is_restated,
    h.is_ambiguous,
    h.restated_by,
    len(h.metric_ids) = 0 AS is_withdrawn,
    h.last_one.is_part,
    h.last_one.metric_id AS last_metric_id,
    h.metric_ids
FROM history AS h JOIN numbered AS n USING (fact);
