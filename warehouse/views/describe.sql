/*
zh: 指标说明：代码、名称、单位，以及库中怎样写、有多少、从何时到何时。
en: What an indicator is and what the warehouse holds of it. DESCRIBE is a word of SQL, so write main.describe('gdp').
parameters:
  indicator_name: 指标代码、目录名称或原文名称 / The indicator: its code, its Chinese name, or as written.
columns:
  code: 指标代码 / indicators.code.
  zh: 中文名称 / Chinese name.
  en: 英文名称 / English name.
  unit: 标准单位 / Canonical unit of a level.
  written_as: 原文写法 / Names under which it is written.
  units: 出现的单位 / Units that occur.
  kinds: 出现的种类 / Kinds that occur: level, growth …
  metrics: 指标数 / Metrics.
  zones: 开发区数 / Zones.
  issues: 期数 / Issues.
  first_as_of: 最早数据日期 / Earliest date of the data.
  last_as_of: 最近数据日期 / Newest date of the data.
*/
CREATE OR REPLACE MACRO "describe"(indicator_name) AS TABLE
WITH asked AS (
    SELECT s.*, i.zh, i.en, i.unit AS canonical_unit
    FROM statements AS s
    LEFT JOIN indicators AS i ON i.code = s.indicator_code
    WHERE s.indicator_code = indicator_name OR s.indicator = indicator_name OR i.zh = indicator_name
)
SELECT
    a.indicator_code AS code,
    a.zh,
    a.en,
    a.canonical_unit AS unit,
    list_sort(list(DISTINCT a.indicator)) AS written_as,
    list_sort(list(DISTINCT a.unit)) AS units,
    list_sort(list(DISTINCT a.kind)) AS kinds,
    count(*) AS metrics,
    count(DISTINCT a.zone) AS zones,
    count(DISTINCT a.issue_id) AS issues,
    min(a.as_of) AS first_as_of,
    max(a.as_of) AS last_as_of
FROM asked AS a
GROUP BY ALL
ORDER BY metrics DESC;
