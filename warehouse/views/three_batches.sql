/*
zh: 三个一批：签约一批、开工一批、投产一批各自的个数与金额，以及“三个一批”活动的次数；按开发区和期，不相加。
en: The three batches: projects signed, started and in production, and the rounds of 三个一批 held; by zone and issue, nothing added up.
columns:
  zone: 开发区 / Zone, canonical name.
  is_region: 是否行政区（省、市、县）而非开发区：其数已含区内各开发区，不得相加 / Whether it is a region and no zone: its numbers include those of its zones, never add them up.
  issue_id: 期 / The issue.
  issue_date: 期刊日期 / Date of the issue.
  period_start: 时期起 / First day; NULL where no period is stated.
  period_end: 时期止 / Last day.
  as_of: 数据日期 / Last day of the period, else the issue's date.
  batch: 签约、开工、投产，或 活动（次数） / 签约 signed, 开工 started, 投产 in production, or 活动 for the rounds held.
  status: 实际、计划、预计还是目标 / actual, planned, expected or target.
  subject: 项目类别（原文） / The group of projects, as written.
  projects: 个数；活动为次数 / Number of projects; for 活动 the number of rounds.
  investment: 总投资（元） / Total investment, CNY.
  contract_value: 签约额（元） / Contract value signed, CNY.
  is_part: 是否某个已述总数的一部分 / Whether it is a part of a total that the text states.
  is_newest: 是否该开发区同阶段、同状态的最近一期：跨期相加须以此为条件 / Whether no newer issue speaks of projects of the zone at that stage and status; who adds up over issues takes these alone.
  is_named: 原句是否点名“三个一批” / Whether a sentence of the row names 三个一批.
  inexact: 非准确数的原文 / Quotes of the numbers that are bounds, about or ranges.
  metric_ids: 指标编号 / The metrics of the row.
*/
CREATE OR REPLACE VIEW three_batches AS
SELECT
    p.zone,
    p.is_region,
    p.issue_id,
    p.issue_date,
    p.period_start,
    p.period_end,
    p.as_of,
    CASE p.stage WHEN 'signed' THEN '签约' WHEN 'started' THEN '开工' WHEN 'production' THEN '投产' END AS batch,
    p.status,
    p.subject,
    p.projects,
    p.investment,
    p.contract_value,
    p.is_part,
    p.is_newest,
    p.is_named,
    p.inexact,
    p.metric_ids
FROM project_pipeline AS p
WHERE p.stage IN ('signed', 'started', 'production')
UNION ALL
SELECT
    s.zone,
    s.is_region,
    s.issue_id,
    s.issue_date,
    s.period_start,
    s.period_end,
    s.as_of,
    '活动',
    s.status,
    s.subject,
    s.value,
    NULL,
    NULL,
    s.is_part,
    dense_rank() OVER (PARTITION BY s.zone, s.status ORDER BY s.issue_date DESC, s.issue_id DESC) = 1,
    true,
    CASE WHEN s.qualifier <> 'exact' THEN [s.quote] END,
    [s.metric_id]
FROM statements AS s
WHERE s.unit = 'count' AND s.kind = 'level' AND contains(s.subject, '三个一批') AND s.indicator_code IS DISTINCT FROM 'project.count';
