/*
zh: 出处：每个指标印在哪里——期、文章、页、行、原句、原文。
en: Where each metric is printed, from the issue down to the line.
columns:
  metric_id: 指标编号 / metrics.metric_id.
  issue_id: 期 / The issue.
  issue_title: 刊名 / Title of the bulletin.
  issue_number: 期号 / Number as printed.
  issue_date: 期刊日期 / Date of the issue.
  article_id: 文章 / The article.
  article_seq: 文章次序 / Reading order of the article in the issue.
  headline: 标题 / Headline of the article.
  file_name: 文件 / File in which the article begins.
  source_page: 页 / Page.
  source_line_start: 首行 / Source line of the first character.
  source_line_end: 末行 / Source line of the last character.
  sentence: 原句 / The sentence.
  quote: 原文 / Number, unit and qualifier as printed.
  span_start: 正文起 / Offset in articles.body of the first character.
  span_end: 正文止 / Offset behind the last character.
*/
CREATE OR REPLACE VIEW places AS
SELECT
    m.metric_id,
    m.issue_id,
    i.title AS issue_title,
    i.number AS issue_number,
    i.issue_date,
    m.article_id,
    a.seq AS article_seq,
    a.headline,
    d.file_name,
    m.source_page,
    m.source_line_start,
    m.source_line_end,
    m.sentence,
    m.quote,
    m.span_start,
    m.span_end
FROM metrics AS m
JOIN issues AS i USING (issue_id)
JOIN articles AS a USING (article_id)
JOIN documents AS d ON d.document_id = a.document_id AND d.issue_id = a.issue_id;
