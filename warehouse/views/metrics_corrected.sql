/*
zh: 更正后的指标：metrics 的全部列，corrections.yml 改过的值以更正为准；原值不变，仍在 metrics 中。
en: All columns of metrics, with the values that corrections.yml changes; metrics itself keeps what is printed.
columns: metrics
more:
  is_corrected: 是否经人工更正 / Whether an entry of the corrections changed it; correction_status says which and why.
*/
CREATE OR REPLACE VIEW metrics_corrected AS
WITH changed AS (
    -- of several entries for one metric the last one decides
    SELECT metric_id, max_by(changes, entry) AS changes FROM correction_status WHERE state = 'applied' GROUP BY metric_id
)
SELECT m.* REPLACE (
    CASE WHEN map_contains(c.changes, 'value') THEN c.changes['value']::DECIMAL(38,12) ELSE m.value END AS value,
    CASE WHEN map_contains(c.changes, 'value_low') THEN c.changes['value_low']::DECIMAL(38,12) ELSE m.value_low END AS value_low,
    CASE WHEN map_contains(c.changes, 'value_high') THEN c.changes['value_high']::DECIMAL(38,12) ELSE m.value_high END AS value_high,
    CASE WHEN map_contains(c.changes, 'qualifier') THEN c.changes['qualifier'] ELSE m.qualifier END AS qualifier,
    CASE WHEN map_contains(c.changes, 'unit') THEN c.changes['unit'] ELSE m.unit END AS unit,
    CASE WHEN map_contains(c.changes, 'per') THEN c.changes['per'] ELSE m.per END AS per,
    CASE WHEN map_contains(c.changes, 'kind') THEN c.changes['kind'] ELSE m.kind END AS kind,
    CASE WHEN map_contains(c.changes, 'basis') THEN c.changes['basis'] ELSE m.basis END AS basis,
    CASE WHEN map_contains(c.changes, 'subject') THEN c.changes['subject'] ELSE m.subject END AS subject,
    CASE WHEN map_contains(c.changes, 'indicator') THEN c.changes['indicator'] ELSE m.indicator END AS indicator,
    CASE WHEN map_contains(c.changes, 'indicator_code') THEN c.changes['indicator_code'] ELSE m.indicator_code END AS indicator_code,
    CASE WHEN map_contains(c.changes, 'status') THEN c.changes['status'] ELSE m.status END AS status,
    CASE WHEN map_contains(c.changes, 'period_start') THEN c.changes['period_start']::DATE ELSE m.period_start END AS period_start,
    CASE WHEN map_contains(c.changes, 'period_end') THEN c.changes['period_end']::DATE ELSE m.period_end END AS period_end,
    CASE WHEN map_contains(c.changes, 'zone') THEN c.changes['zone'] ELSE m.zone END AS zone,
    CASE WHEN map_contains(c.changes, 'region') THEN c.changes['region'] ELSE m.region END AS region,
    CASE WHEN map_contains(c.changes, 'part_of') THEN c.changes['part_of'] ELSE m.part_of END AS part_of
), c.metric_id IS NOT NULL AS is_corrected
FROM metrics AS m LEFT JOIN changed AS c USING (metric_id);
