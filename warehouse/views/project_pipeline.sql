/*
zh: 项目台账：每篇文章说到的每类项目一行，个数与金额并列；不相加，不丢失。
en: One row a group of projects that an article speaks of, its number beside its money; nothing is added up, nothing lost.
columns:
  zone: 开发区 / Zone, canonical name.
  is_region: 是否行政区（省、市、县）而非开发区：其数已含区内各开发区，不得相加 / Whether it is a region and no zone: its numbers include those of its zones, never add them up.
  issue_id: 期 / The issue.
  issue_date: 期刊日期 / Date of the issue.
  article_id: 文章 / The article.
  period_start: 时期起 / First day; NULL where no period is stated.
  period_end: 时期止 / Last day.
  as_of: 数据日期 / Last day of the period, else the issue's date.
  stage: 阶段：planned 谋划，preliminary 前期，signed 签约，landed 落地，registered 在库，new 新建，continued 续建，under_construction 在建，started 开工，completed 竣工，production 投产，pending 未开工等；未说明为空 / Stage, NULL where the text tells none.
  subject: 项目类别（原文） / The group of projects, as written.
  status: 个数和总投资是实际、计划、预计还是目标；年度计划投资总是计划 / Status of number and total investment; investment_planned is planned whatever this says.
  projects: 个数 / Number of projects.
  investment: 总投资（元） / Total investment, CNY.
  investment_planned: 年度计划投资（元） / Investment planned for the year, CNY.
  investment_completed: 完成投资（元） / Investment completed, CNY.
  contract_value: 签约额（元） / Contract value signed, CNY.
  is_part: 是否某个已述总数的一部分：不得与总数相加 / Whether it is a part of a total that the text states; never add it to that total.
  is_newest: 是否该开发区同阶段、同状态的最近一期：跨期相加须以此为条件 / Whether no newer issue speaks of projects of the zone at that stage and status; who adds up over issues takes these alone.
  is_named: 原句是否点名“三个一批” / Whether a sentence of the row names 三个一批.
  part_of: 总数的指标编号 / metric_id of the total.
  inexact: 非准确数的原文 / Quotes of the numbers that are bounds, about or ranges.
  metric_ids: 指标编号 / The metrics of the row.
*/
CREATE OR REPLACE VIEW project_pipeline AS
WITH ledger AS (
    SELECT
        zone,
        bool_or(is_region) AS is_region,
        issue_id,
        issue_date,
        article_id,
        period_start,
        period_end,
        as_of,
        first(stage ORDER BY span_start) AS stage,
        subject,
        status,
        max(value) FILTER (WHERE indicator_code = 'project.count') AS projects,
        max(value) FILTER (WHERE indicator_code = 'project.investment') AS investment,
        max(value) FILTER (WHERE indicator_code = 'project.investment.planned') AS investment_planned,
        max(value) FILTER (WHERE indicator_code = 'project.investment.completed') AS investment_completed,
        max(value) FILTER (WHERE indicator_code = 'contract.value') AS contract_value,
        bool_or(is_part) AS is_part,
        bool_or(is_named) AS is_named,
        first(part_of ORDER BY span_start) FILTER (WHERE is_part) AS part_of,
        list(quote ORDER BY span_start) FILTER (WHERE qualifier <> 'exact') AS inexact,
        list(metric_id ORDER BY span_start) AS metric_ids
    FROM project_statements
    GROUP BY
        zone, issue_id, issue_date, article_id, period_start, period_end, as_of, subject, status, group_number, repetition
)
SELECT
    zone,
    is_region,
    issue_id,
    issue_date,
    article_id,
    period_start,
    period_end,
    as_of,
    stage,
    subject,
    status,
    projects,
    investment,
    investment_planned,
    investment_completed,
    contract_value,
    is_part,
    dense_rank() OVER (
        PARTITION BY zone, stage, status, is_part, projects IS NULL ORDER BY issue_date DESC, issue_id DESC
    ) = 1 AS is_newest,
    is_named,
    part_of,
    inexact,
    metric_ids
FROM ledger;
