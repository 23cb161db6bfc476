/*
zh: 经济指标：数值、随后的增长率和比较基准各在一列；产值、增加值、收入、利润、税收、投资、外资、贸易、能源、产量等。
en: The economy, a value beside its growth and the basis of the growth: output, value added, revenue, profit, tax, investment, trade, energy, volumes.
columns:
  zone: 开发区 / Zone, canonical name.
  issue_id: 期 / The issue.
  issue_date: 期刊日期 / Date of the issue.
  period_start: 时期起 / First day; NULL where no period is stated.
  period_end: 时期止 / Last day.
  as_of: 数据日期 / Last day of the period, else the issue's date.
  indicator_code: 指标代码 / indicators.code.
  indicator: 指标（原文） / The indicator, as written.
  subject: 对象（原文） / The industry or thing, as written.
  status: 实际、计划、预计还是目标 / actual, planned, expected or target.
  value: 数值；只说增长时为空 / Value; NULL where only growth is told, and for a range.
  value_low: 下限 / Lower bound.
  value_high: 上限 / Upper bound.
  qualifier: 数值的限定 / Qualifier of the value.
  unit: 单位 / Canonical unit of the value.
  growth: 增长率（%）；下降为负 / Growth in %; negative for a fall.
  growth_qualifier: 增长率的限定 / Qualifier of the growth.
  growth_unit: 增长率的单位（%，倍为 x） / Unit of the growth: %, or x for 倍.
  growth_basis: 比较基准：yoy 同比，mom 环比，plan 比计划，peer 比全省，base 比某年；未说明为空 / What the growth is compared with.
  is_part: 是否某个已述总数的一部分 / Whether it is a part of a total that the text states.
  metric_ids: 指标编号 / The metrics of the row.
*/
CREATE OR REPLACE VIEW industry AS
WITH said AS (
    SELECT
        *,
        kind = 'growth' AS is_growth,
        count(*) FILTER (WHERE kind = 'level') OVER (
            PARTITION BY article_id, paragraph_seq, zone, indicator, subject, status, period_start, period_end
            ORDER BY span_start ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS number_of_level
    FROM statements
    WHERE kind IN ('level', 'growth') AND per IS NULL AND indicator_code IN (
        'output.value', 'value_added.industrial', 'gdp', 'revenue', 'profit', 'tax', 'fiscal.revenue', 'investment.fixed',
        'investment.industrial', 'investment.technical', 'investment.rd', 'fdi', 'domestic_capital', 'trade.total',
        'trade.export', 'trade.import', 'retail.sales', 'output.volume', 'capacity', 'energy.use', 'energy.power'
    )
),
numbered AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY article_id, paragraph_seq, zone, indicator, subject, status, period_start, period_end, number_of_level,
                is_growth
            ORDER BY span_start
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
    max(indicator_code) AS indicator_code,
    indicator,
    subject,
    status,
    max(value) FILTER (WHERE NOT is_growth) AS value,
    max(value_low) FILTER (WHERE NOT is_growth) AS value_low,
    max(value_high) FILTER (WHERE NOT is_growth) AS value_high,
    max(qualifier) FILTER (WHERE NOT is_growth) AS qualifier,
    max(unit) FILTER (WHERE NOT is_growth) AS unit,
    max(value) FILTER (WHERE is_growth) AS growth,
    max(qualifier) FILTER (WHERE is_growth) AS growth_qualifier,
    max(unit) FILTER (WHERE is_growth) AS growth_unit,
    max(basis) FILTER (WHERE is_growth) AS growth_basis,
    bool_or(is_part) AS is_part,
    list(metric_id ORDER BY span_start) AS metric_ids
FROM numbered
GROUP BY
    zone, issue_id, article_id, paragraph_seq, issue_date, period_start, period_end, as_of, indicator, subject,
    status, number_of_level, repetition;
