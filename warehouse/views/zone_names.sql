/*
zh: 开发区名称对照：名录中的规范名称和每个别名（含繁体写法）各占一行，一律指向规范名称。
en: One row a name in use (canonical names and aliases of the table zones), leading to the canonical name.
columns:
  name: 使用中的名称 / A name in use.
  zone: 规范名称 / The canonical name that it stands for.
  level: 级别（national 国家级，provincial 省级） / Level, as in zones.
  kind: 类型（经开区、高新区、综保区……） / Kind, as in zones.
  province: 省份 / Province.
  city: 设区市 / Prefecture-level city.
*/
CREATE OR REPLACE VIEW zone_names AS
SELECT unnest([zone] || aliases) AS name, zone, level, kind, province, city FROM zones;
