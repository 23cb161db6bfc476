/*
zh: 最新数据：一个指标，每个开发区每个对象取数据日期最近的说法。
en: The newest statement of an indicator, for each zone and subject.
parameters:
  indicator_name: 指标代码、目录名称或原文名称 / The indicator: its code, its Chinese name, or as written.
columns: metric_history
*/
CREATE OR REPLACE MACRO latest(indicator_name) AS TABLE
SELECT h.*
FROM vintages(NULL, indicator_name) AS h
WHERE NOT h.is_withdrawn
QUALIFY row_number() OVER (
    PARTITION BY h.zone, h.indicator, h.subject, h.kind, h.basis, h.unit, h.per, h.status
    ORDER BY h.as_of DESC, h.period_start, h.last_said DESC, h.last_metric_id DESC
) = 1
ORDER BY h.zone, h.indicator, h.subject;
