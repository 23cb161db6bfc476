/*
zh: 项目陈述：关于项目个数和金额的每个数一行，带项目类别、阶段，以及它属于台账的哪一行。
en: One row a number about projects, with the group of projects and the stage that it is about, and its row of the ledger.
columns:
  metric_id: 指标编号 / metrics.metric_id.
  zone: 开发区 / Zone, canonical name.
  is_region: 是否行政区（省、市、县）而非开发区：其数已含区内各开发区，不得相加 / Whether it is a region and no zone: its numbers include those of its zones, never add them up.
  issue_id: 期 / The issue.
  issue_date: 期刊日期 / Date of the issue.
  article_id: 文章 / The article.
  period_start: 时期起 / First day; NULL where no period is stated.
  period_end: 时期止 / Last day.
  as_of: 数据日期 / Last day of the period, else the issue's date.
  indicator_code: 指标代码 / indicators.code.
  subject: 项目类别；金额未说明对象时为同句前一个项目类别 / The group of projects; for money without one, that of the projects counted before it in the sentence.
  stage: 阶段，见 project_pipeline / Stage, see project_pipeline.
  status: 实际、计划、预计还是目标；年度计划投资归入其项目的行 / Status of the row of the ledger that the number stands in.
  value: 数值 / Value; NULL for a range.
  qualifier: 限定 / Qualifier.
  quote: 原文 / As printed.
  is_part: 是否某个已述总数的一部分 / Whether it is a part of a total that the text states.
  part_of: 总数的指标编号 / metric_id of the total.
  is_named: 原句是否点名“三个一批” / Whether the sentence names 三个一批.
  span_start: 正文中的位置 / Offset in articles.body.
  group_number: 台账行号（文章、类别之内） / Counts the rows of the ledger that have the same group of projects.
  repetition: 同一行同一指标重复时的序号 / Above 1 for a second number of one indicator in one row.
*/
CREATE OR REPLACE VIEW project_statements AS
WITH said AS (
    SELECT
        * EXCLUDE (subject, status),
        -- 今年新开工的项目有7个，总签约6.88亿元: the money is that of the projects counted before it
        coalesce(subject, last_value(CASE WHEN indicator_code = 'project.count' THEN subject END IGNORE NULLS) OVER (
            PARTITION BY article_id, paragraph_seq, sentence ORDER BY span_start
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        )) AS subject,
        CASE WHEN indicator_code = 'project.investment.planned' AND status = 'planned' THEN 'actual' ELSE status END
            AS status
    FROM statements
    WHERE kind = 'level' AND per IS NULL AND unit IN ('count', 'CNY') AND indicator_code IN (
        'project.count', 'project.investment', 'project.investment.planned', 'project.investment.completed',
        'contract.value'
    )
),
grouped AS (
    SELECT
        *,
        count(*) FILTER (WHERE indicator_code = 'project.count') OVER (
            PARTITION BY article_id, zone, subject, status, period_start, period_end ORDER BY span_start
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS group_number,
        -- 预计下半年还有5个项目可以开工: the stage stands in the clause, if only one clause has the number
        CASE WHEN indicator_code = 'project.count' AND stage_of(subject) IS NULL
            THEN list_filter(string_split_regex(sentence, '[，；。：]'), lambda clause: contains(clause, quote))
        END AS clauses
    FROM said
)
SELECT
    metric_id,
    zone,
    is_region,
    issue_id,
    issue_date,
    article_id,
    period_start,
    period_end,
    as_of,
    indicator_code,
    subject,
    coalesce(
        stage_of(subject),
        max(CASE WHEN len(clauses) = 1 THEN stage_of(clauses[1]) END) OVER ledger_row,
        CASE WHEN indicator_code = 'contract.value' THEN 'signed' END
    ) AS stage,
    status,
    value,
    qualifier,
    quote,
    is_part,
    part_of,
    contains(sentence, '三个一批') AS is_named,
    span_start,
    group_number,
    row_number() OVER (
        PARTITION BY article_id, zone, subject, status, period_start, period_end, group_number, indicator_code
        ORDER BY span_start
    ) AS repetition
FROM grouped
WINDOW ledger_row AS (PARTITION BY article_id, zone, subject, status, period_start, period_end, group_number);
