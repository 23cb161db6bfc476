/*
zh: 开发区记分卡：每个开发区每个时期一行。每格取最近一期的说法；总数与其部分不重复计；说法不一时留空并在 flags 中说明。
en: One row a zone and period. A cell holds what the newest issue says; a total and its parts are never counted together; a cell that several numbers compete for stays NULL and flags says so.
columns:
  zone: 开发区 / Zone, canonical name.
  is_region: 是否行政区（省、市、县）而非开发区：其数已含区内各开发区，不得相加 / Whether it is a region and no zone: its numbers include those of its zones, never add them up.
  period_start: 时期起；未说明时期为空 / First day; NULL for what holds at the date of an issue.
  period_end: 时期止；未说明时期为空 / Last day; NULL likewise.
  as_of: 数据日期 / Last day of the period, else the issue's date.
  projects_planned: 谋划项目（个） / Projects planned (谋划).
  projects_under_construction: 在建项目（个） / Projects under construction.
  projects_started: 已开工项目（个） / Projects started.
  projects_in_production: 已投产项目（个） / Projects in production.
  projects_to_start: 预计或计划开工（个） / Projects expected, planned or aimed to start.
  projects_to_production: 预计或计划投产（个） / Projects expected, planned or aimed to go into production.
  investment_total: 项目总投资（元） / Total investment of the projects, CNY.
  investment_planned: 年度计划投资（元） / Investment planned for the year, CNY.
  investment_completed: 完成投资（元） / Investment completed, CNY.
  signed: 签约额（元） / Contract value signed, CNY.
  enterprises: 企业（家） / Enterprises.
  output: 产值（元） / Output value, CNY.
  growth: 产值同比增长（%） / Growth of the output value over a year before, in %.
  flags: 逐格说明：several 说法不一（留空），sum 为各部分之和，part 为某总数的一部分，of … 为只说某类对象，其余为限定词 / Per cell what to know - several (competing numbers, NULL), sum (added up from the parts of a complete split), part (a part of a total), of … (said of these only), or the qualifier of a bound.
  metric_ids: 指标编号 / The metrics that the values come from.
  undecided_ids: 留空各格的候选指标 / The metrics that compete for the cells left NULL.
*/
CREATE OR REPLACE VIEW zone_scorecard AS
WITH said AS (
    SELECT
        zone, is_region, period_start, period_end, as_of, issue_date, issue_id, article_id, metric_id, value, qualifier,
        part_of, subject,
        CASE
            WHEN indicator_code = 'project.investment' AND status = 'actual' THEN 'investment_total'
            WHEN indicator_code = 'project.investment.planned' AND status = 'actual' THEN 'investment_planned'
            WHEN indicator_code = 'project.investment.completed' AND status = 'actual' THEN 'investment_completed'
            WHEN indicator_code = 'contract.value' AND status = 'actual' THEN 'signed'
            WHEN indicator_code <> 'project.count' THEN NULL
            WHEN stage = 'planned' AND status IN ('actual', 'planned') THEN 'projects_planned'
            WHEN stage = 'under_construction' AND status = 'actual' THEN 'projects_under_construction'
            WHEN stage = 'started' AND status = 'actual' THEN 'projects_started'
            WHEN stage = 'production' AND status = 'actual' THEN 'projects_in_production'
            WHEN stage = 'started' THEN 'projects_to_start'
            WHEN stage = 'production' THEN 'projects_to_production'
        END AS cell,
        -- money of projects that the article counts comes before that of a single project
        CASE WHEN indicator_code <> 'project.count'
            AND bool_or(indicator_code = 'project.count') OVER (PARTITION BY article_id, zone, subject) THEN 1 ELSE 2
        END AS choice
    FROM project_statements
    WHERE zone IS NOT NULL
    UNION ALL
    SELECT
        zone, is_region, period_start, period_end, as_of, issue_date, issue_id, article_id, metric_id, value, qualifier,
        part_of, subject,
        CASE
            WHEN indicator_code = 'enterprise.count' THEN 'enterprises'
            WHEN kind = 'growth' THEN 'growth'
            ELSE 'output'
        END,
        CASE WHEN coalesce(subject, '') IN ('', '企业', '市场主体', '经营主体', '入驻企业', '注册企业', '工业', '规上工业')
            THEN 1 ELSE 2
        END
    FROM statements
    WHERE zone IS NOT NULL AND status = 'actual' AND per IS NULL AND (
        (indicator_code = 'enterprise.count' AND kind = 'level')
        OR (indicator_code = 'output.value' AND (kind = 'level' OR (kind = 'growth' AND basis = 'yoy' AND unit = '%')))
    )
),
-- a part stands for nothing beside its total
whole AS (
    SELECT * FROM said
    WHERE cell IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM said AS total
        WHERE total.metric_id = said.part_of AND total.cell = said.cell AND total.zone = said.zone
        AND total.period_start IS NOT DISTINCT FROM said.period_start AND total.as_of = said.as_of
    )
),
newest AS (
    SELECT * FROM whole
    QUALIFY dense_rank() OVER (
        PARTITION BY zone, period_start, as_of, cell ORDER BY issue_date DESC, issue_id DESC, choice
    ) = 1
),
-- groups of projects that split a total completely: their other numbers may be added up
splits AS (
    SELECT DISTINCT article_id, subjects
    FROM (
        SELECT part.article_id, list_sort(list(part.subject)) AS subjects
        FROM project_statements AS part
        JOIN project_statements AS total ON total.metric_id = part.part_of
        WHERE part.subject IS NOT NULL AND part.indicator_code = total.indicator_code
        GROUP BY part.part_of, part.article_id, total.value
        HAVING sum(part.value) = total.value AND count(DISTINCT part.subject) = count(*)
    )
),
competing AS (
    SELECT
        zone,
        bool_or(is_region) AS is_region,
        period_start,
        max(period_end) AS period_end,
        as_of,
        cell,
        max(article_id) AS article_id,
        list_sort(list(subject)) AS subjects,
        count(DISTINCT value) AS values,
        bool_and(value IS NOT NULL) AS is_complete,
        sum(value) AS total,
        max(value) AS single,
        bool_or(part_of IS NOT NULL) AS is_part,
        CASE WHEN cell IN ('enterprises', 'output', 'growth') AND min(choice) > 1 THEN max(subject) END AS said_of,
        list_sort(list(DISTINCT qualifier) FILTER (WHERE qualifier <> 'exact')) AS bounds,
        list(metric_id ORDER BY metric_id) AS metric_ids
    FROM newest
    GROUP BY zone, period_start, as_of, cell
),
decided AS (
    SELECT
        c.*,
        CASE WHEN len(c.metric_ids) = 1 OR (c.values = 1 AND c.is_complete) THEN c.single
            WHEN s.article_id IS NOT NULL AND c.is_complete THEN c.total
        END AS value,
        CASE WHEN len(c.metric_ids) = 1 OR (c.values = 1 AND c.is_complete) THEN 'stated'
            WHEN s.article_id IS NOT NULL AND c.is_complete THEN 'sum' ELSE 'several'
        END AS verdict
    FROM competing AS c
    LEFT JOIN splits AS s ON s.article_id = c.article_id AND s.subjects = c.subjects
)
SELECT
    zone,
    bool_or(is_region) AS is_region,
    period_start,
    max(period_end) AS period_end,
    as_of,
    max(value) FILTER (WHERE cell = 'projects_planned') AS projects_planned,
    max(value) FILTER (WHERE cell = 'projects_under_construction') AS projects_under_construction,
    max(value) FILTER (WHERE cell = 'projects_started') AS projects_started,
    max(value) FILTER (WHERE cell = 'projects_in_production') AS projects_in_production,
    max(value) FILTER (WHERE cell = 'projects_to_start') AS projects_to_start,
    max(value) FILTER (WHERE cell = 'projects_to_production') AS projects_to_production,
    max(value) FILTER (WHERE cell = 'investment_total') AS investment_total,
    max(value) FILTER (WHERE cell = 'investment_planned') AS investment_planned,
    max(value) FILTER (WHERE cell = 'investment_completed') AS investment_completed,
    max(value) FILTER (WHERE cell = 'signed') AS signed,
    max(value) FILTER (WHERE cell = 'enterprises') AS enterprises,
    max(value) FILTER (WHERE cell = 'output') AS output,
    max(value) FILTER (WHERE cell = 'growth') AS growth,
    list_sort(flatten(list(
        list_transform(
            list_concat(
                CASE WHEN verdict <> 'stated' THEN [verdict] ELSE [] END,
                CASE WHEN is_part THEN ['part'] ELSE [] END,
                CASE WHEN said_of IS NOT NULL THEN ['of ' || said_of] ELSE [] END,
                coalesce(bounds, [])
            ),
            lambda flag: cell || ': ' || flag
        )
    ))) AS flags,
    list_sort(flatten(list(CASE WHEN verdict <> 'several' THEN metric_ids ELSE [] END))) AS metric_ids,
    list_sort(flatten(list(CASE WHEN verdict = 'several' THEN metric_ids ELSE [] END))) AS undecided_ids
FROM decided
GROUP BY zone, period_start, as_of;
