/*
zh: 时间序列：一个开发区一个指标，每个时期取最近一次说法，按数据日期排列。
en: One indicator of one zone through time: of every period what was said last.
parameters:
  zone_name: 开发区名称，简称亦可 / The zone, by any of its names.
  indicator_name: 指标代码、目录名称或原文名称 / The indicator: its code, its Chinese name, or as written.
columns: metric_history
*/
CREATE OR REPLACE MACRO timeline(zone_name, indicator_name) AS TABLE
SELECT h.*
FROM metric_history AS h
WHERE h.zone = canonical_zone(zone_name)
AND NOT h.is_withdrawn
AND (
    h.indicator_code = indicator_name
    OR h.indicator = indicator_name
    OR h.indicator_code IN (SELECT i.code FROM indicators AS i WHERE i.zh = indicator_name)
)
ORDER BY h.as_of, h.kind, h.subject, h.last_metric_id;
