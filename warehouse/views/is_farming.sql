/*
zh: 是否农业词语：农、果、粮、茶等。
en: Whether a name speaks of farming.
parameters:
  name: 开发区或对象名称 / The name of a zone or of a subject.
*/
CREATE OR REPLACE MACRO is_farming(name) AS
coalesce(
    regexp_matches(
        name,
        '农|种植|养殖|果品|水果|苹果|枣|桃|梨|葡萄|石榴|粮|稻|小麦|玉米|大豆|蔬菜|食用菌|茶叶|中药材|畜|牧|奶牛|生猪|水产|地理标志|绿色食品|有机食品'
    ),
    false
);
