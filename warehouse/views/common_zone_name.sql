/*
zh: 通称：名录中没有的开发区按类型归一，经济技术开发区和经济开发区称经开区，高新技术产业开发区称高新区，综合保税区称综保区，使同一开发区的全称和简称不分成两行。
en: The short name by the kind of a zone that the table zones does not have, so that its full name and its short name are one zone.
parameters:
  zone_name: 开发区名称 / The name of a zone.
*/
CREATE OR REPLACE MACRO common_zone_name(zone_name) AS
regexp_replace(
    regexp_replace(
        regexp_replace(zone_name, '(.)(?:国家级?)?经济(?:技术)?开发区$', '\1经开区'),
        '(.)(?:国家级?)?高新技术(?:产业)?(?:开发区|园区)$',
        '\1高新区'
    ),
    '(.)综合保税区$',
    '\1综保区'
);
