/*
zh: 农业：面积、产量、产值、认证、覆盖率、增收、基地、主体、品牌，每个数一行。
en: Farming, one row a number: area, output, certification, coverage, income gained, bases, producers, brands.
columns:
  zone: 开发区 / Zone, canonical name.
  issue_id: 期 / The issue.
  issue_date: 期刊日期 / Date of the issue.
  period_start: 时期起 / First day; NULL where no period is stated.
  period_end: 时期止 / Last day.
  as_of: 数据日期 / Last day of the period, else the issue's date.
  measure: area 面积，certified_area 认证面积，output 产量，output_value 产值，certification 认证，coverage 覆盖率，certification_rate 认定率，share 占比，income_gain 增收，base 基地，producer 主体，product 产品，brand_value 品牌价值 / What is measured.
  subject: 对象（原文） / What is measured of it, as written.
  indicator: 指标（原文） / The indicator, as written.
  kind: level 水平值，ratio 比率，growth 增长率，delta 增减量 / level, ratio, growth or delta.
  basis: 比较基准 / Of growth and delta, what it is compared with.
  status: 实际、计划、预计还是目标 / actual, planned, expected or target.
  value: 数值；区间为空 / Value; NULL for a range.
  value_low: 下限 / Lower bound.
  value_high: 上限 / Upper bound.
  qualifier: 限定 / exact, about, over, under, at_least, at_most or range.
  unit: 单位 / Canonical unit.
  per: 每单位 / Denominator: 亩, 斤.
  is_part: 是否某个已述总数的一部分 / Whether it is a part of a total that the text states.
  quote: 原文 / As printed.
  metric_ids: 指标编号 / The metric.
*/
CREATE OR REPLACE VIEW agriculture AS
SELECT
    zone,
    issue_id,
    issue_date,
    period_start,
    period_end,
    as_of,
    CASE indicator_code
        WHEN 'land.area' THEN 'area'
        WHEN 'land.planted' THEN 'area'
        WHEN 'land.certified' THEN 'certified_area'
        WHEN 'output.volume' THEN 'output'
        WHEN 'output.value' THEN 'output_value'
        WHEN 'certification.count' THEN 'certification'
        WHEN 'rate.coverage' THEN 'coverage'
        WHEN 'rate.certification' THEN 'certification_rate'
        WHEN 'rate.share' THEN 'share'
        WHEN 'income.gain' THEN 'income_gain'
        WHEN 'base.count' THEN 'base'
        WHEN 'enterprise.count' THEN 'producer'
        WHEN 'product.count' THEN 'product'
        WHEN 'brand.value' THEN 'brand_value'
    END AS measure,
    subject,
    indicator,
    kind,
    basis,
    status,
    value,
    value_low,
    value_high,
    qualifier,
    unit,
    per,
    is_part,
    quote,
    [metric_id] AS metric_ids
FROM statements
WHERE indicator_code IN (
    'land.area', 'land.planted', 'land.certified', 'output.volume', 'output.value', 'certification.count',
    'rate.coverage', 'rate.certification', 'rate.share', 'income.gain', 'base.count', 'enterprise.count',
    'product.count', 'brand.value'
)
AND NOT contains(coalesce(subject, ''), '假冒')
AND (is_farming(zone) OR is_farming(subject) OR indicator_code IN ('land.planted', 'income.gain'));
