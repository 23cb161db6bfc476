/*
zh: 规范名称：简称、别名变为名录中的规范名称；名录中没有的为通称（common_zone_name）。
en: The canonical name of a zone, from any of its names; where the table zones has none, the short name by its kind (common_zone_name).
parameters:
  zone_name: 开发区名称 / The name of a zone.
*/
CREATE OR REPLACE MACRO canonical_zone(zone_name) AS
coalesce((SELECT max(n.zone) FROM zone_names AS n WHERE n.name = zone_name), common_zone_name(zone_name));
