/*
zh: 指标沿革：同一开发区、指标、对象、时期的每次说法归为一行——首次说、最近说、是否改口、由哪一期改。
en: Vintages, one row a fact (zone, indicator, subject, period): what was said first and last, and which issue restated it.
columns: vintages
*/
CREATE OR REPLACE VIEW metric_history AS
FROM vintages(NULL, NULL);
