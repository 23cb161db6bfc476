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
FROM vintages(canonical_zone(zone_name), indicator_name) AS h
WHERE NOT h.is_withdrawn
ORDER BY h.as_of, h.kind, h.subject, h.last_metric_id;
