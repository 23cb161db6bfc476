/*
zh: 覆盖：每个出现过的开发区、每个月一行，当月有无消息。
en: One row a zone that was ever seen and a month, from the first issue's to the newest one's: seen or missing.
columns:
  zone: 开发区 / Zone, canonical name.
  month: 月（首日） / First day of the month, by the issue's date.
  is_seen: 当月是否有文章或指标 / Whether an issue of the month has an article or a metric about the zone.
  issues: 期数 / Issues of the month that speak of the zone.
  articles: 文章数 / Articles about the zone.
  metrics: 指标数 / Metrics of the zone.
*/
CREATE OR REPLACE VIEW coverage AS
WITH said AS (
    SELECT m.zone AS name, m.issue_id, NULL AS article_id, count(*) AS metrics
    FROM metrics AS m
    WHERE m.zone IS NOT NULL
    GROUP BY ALL
    UNION ALL
    SELECT zone, issue_id, article_id, 0 FROM articles WHERE zone IS NOT NULL
),
dated AS (
    SELECT
        coalesce(n.zone, common_zone_name(said.name)) AS zone,
        date_trunc('month', i.issue_date)::DATE AS month,
        count(DISTINCT issue_id) AS issues,
        count(DISTINCT article_id) AS articles,
        sum(metrics)::BIGINT AS metrics
    FROM said
    JOIN issues AS i USING (issue_id)
    LEFT JOIN zone_names AS n USING (name)
    WHERE i.issue_date IS NOT NULL
    GROUP BY ALL
),
months AS (
    SELECT unnest(generate_series(min(month), max(month), INTERVAL 1 MONTH))::DATE AS month FROM dated
),
zones_seen AS (SELECT DISTINCT zone FROM dated)
SELECT
    z.zone,
    m.month,
    d.zone IS NOT NULL AS is_seen,
    coalesce(d.issues, 0) AS issues,
    coalesce(d.articles, 0) AS articles,
    coalesce(d.metrics, 0) AS metrics
FROM zones_seen AS z
CROSS JOIN months AS m
LEFT JOIN dated AS d ON d.zone = z.zone AND d.month = m.month;
