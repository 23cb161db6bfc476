/*
zh: 陈述：正文中的每个数一行，更正后的值，开发区为规范名称，并带出处。其他视图都建立在它上面。
en: One row a number of the text, as corrected, with the zone's canonical name and its place. The other views stand on it.
columns:
  metric_id: 指标编号 / metrics.metric_id.
  issue_id: 期 / The issue.
  article_id: 文章 / The article.
  zone: 开发区规范名称；名录中没有的为通称（common_zone_name） / Canonical name of the zone; where the table zones has none, the short name by its kind (common_zone_name).
  zone_read: 原文中的名称 / The name as read.
  region: 行政区 / Administrative division.
  province: 省份（名录） / Province of the zone, from the table zones.
  is_region: 是否行政区（省、市、县）而非开发区：其数已含区内各开发区，不得相加 / Whether it is a region and no zone: its numbers include those of its zones, never add them up.
  indicator_code: 指标代码 / indicators.code.
  indicator: 指标名称（原文） / What is measured, as written.
  subject: 对象 / What is counted or measured.
  kind: level 水平值，ratio 比率，growth 增长率，delta 增减量，rank 位次 / level, ratio, growth, delta or rank.
  basis: 比较基准 / Of growth and delta, what it is compared with.
  status: actual 实际，planned 计划，expected 预计，target 目标 / actual, planned, expected or target.
  value: 数值（标准单位）；区间为空 / Value in the canonical unit; NULL for a range.
  value_low: 下限 / Lower bound that the wording asserts.
  value_high: 上限 / Upper bound that the wording asserts.
  qualifier: 限定（exact 为准确数） / exact, about, over, under, at_least, at_most or range.
  unit: 标准单位 / Canonical unit.
  per: 每单位 / Denominator of a quantity per something.
  classifier: 量词 / Measure word of a count.
  period_start: 时期起 / First day that the number is about; NULL where none is stated.
  period_end: 时期止 / Last day.
  as_of: 数据日期：时期止，未说明时为期刊日期 / Last day of the period; the issue's date where no period is stated.
  is_part: 是否某个已述总数的一部分 / Whether it is a part of a total that the text states.
  part_of: 总数的指标编号 / metric_id of that total.
  is_corrected: 是否经人工更正 / Whether an entry of the corrections changed it.
  issue_date: 期刊日期 / Date of the issue.
  sentence: 原句 / The sentence.
  quote: 原文 / Number, unit and qualifier as printed.
  paragraph_seq: 段落 / Paragraph of the article.
  span_start: 正文中的位置 / Offset in articles.body.
  source_page: 页 / Page.
  source_line_start: 行 / Source line.
*/
CREATE OR REPLACE VIEW statements AS
SELECT
    m.metric_id,
    m.issue_id,
    m.article_id,
    coalesce(n.zone, common_zone_name(m.zone)) AS zone,
    m.zone AS zone_read,
    m.region,
    n.province,
    coalesce(m.zone = m.region, false) AS is_region,
    m.indicator_code,
    m.indicator,
    m.subject,
    m.kind,
    m.basis,
    m.status,
    m.value,
    m.value_low,
    m.value_high,
    m.qualifier,
    m.unit,
    m.per,
    m.classifier,
    m.period_start,
    m.period_end,
    coalesce(m.period_end, i.issue_date) AS as_of,
    m.part_of IS NOT NULL AS is_part,
    m.part_of,
    m.is_corrected,
    i.issue_date,
    m.sentence,
    m.quote,
    m.paragraph_seq,
    m.span_start,
    m.source_page,
    m.source_line_start
FROM metrics_corrected AS m
JOIN issues AS i USING (issue_id)
LEFT JOIN zone_names AS n ON n.name = m.zone;
