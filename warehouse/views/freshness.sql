/*
zh: 新鲜度：每个出现过的开发区一行，最早和最近出现在哪一期，落后多少天。
en: One row a zone that was ever seen: the first and the newest issue that speak of it, and how many days it is behind.
columns:
  zone: 开发区 / Zone, canonical name.
  first_issue_date: 最早期刊日期 / Date of the first issue that speaks of it.
  last_issue_date: 最近期刊日期 / Date of the newest one.
  last_issue_id: 最近的期 / The newest one.
  issues: 期数 / Issues that speak of it.
  metrics: 指标数 / Metrics of the zone.
  days_behind: 落后于最新一期的天数 / Days from its newest issue to the newest issue of all.
  days_old: 距今天数 / Days from its newest issue to today.
  last_ingested_at: 最近入库时间（UTC） / When its newest issue was published here (UTC).
*/
CREATE OR REPLACE VIEW freshness AS
WITH said AS (
    SELECT zone AS name, issue_id, count(*) AS metrics FROM metrics WHERE zone IS NOT NULL GROUP BY ALL
    UNION ALL
    SELECT DISTINCT zone, issue_id, 0 FROM articles WHERE zone IS NOT NULL
)
SELECT
    coalesce(n.zone, common_zone_name(said.name)) AS zone,
    min(i.issue_date) AS first_issue_date,
    max(i.issue_date) AS last_issue_date,
    arg_max(i.issue_id, (i.issue_date, i.issue_id)) AS last_issue_id,
    count(DISTINCT i.issue_id) AS issues,
    sum(said.metrics)::BIGINT AS metrics,
    (SELECT max(issue_date) FROM issues) - max(i.issue_date) AS days_behind,
    current_date - max(i.issue_date) AS days_old,
    arg_max(i.ingested_at, (i.issue_date, i.issue_id)) AS last_ingested_at
FROM said
JOIN issues AS i USING (issue_id)
LEFT JOIN zone_names AS n USING (name)
GROUP BY ALL;
