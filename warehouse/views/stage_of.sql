/*
zh: 项目阶段：从名称中读出最远的阶段；未开工、待投产为 pending。
en: The stage of a project that a name tells, the furthest one where it tells several; NULL where it tells none.
parameters:
  name: 名称，如 新落地开工的项目 / A name, such as 新落地开工的项目.
*/
CREATE OR REPLACE MACRO stage_of(name) AS
CASE
    WHEN regexp_matches(name, '[未待](?:能|曾|予)?(?:签约|落地|入库|开工|开复工|复工|竣工|建成|投产|达产|达效)') THEN 'pending'
    WHEN regexp_matches(name, '投产|达产|达效|投运|投用') THEN 'production'
    WHEN regexp_matches(name, '竣工|建成|完工') THEN 'completed'
    WHEN regexp_matches(name, '开工|开复工|复工|动工') THEN 'started'
    WHEN regexp_matches(name, '续建') THEN 'continued'
    WHEN regexp_matches(name, '在建') THEN 'under_construction'
    WHEN regexp_matches(name, '新建') THEN 'new'
    WHEN regexp_matches(name, '入库|在库') THEN 'registered'
    WHEN regexp_matches(name, '落地') THEN 'landed'
    WHEN regexp_matches(name, '签约|签订|协议') THEN 'signed'
    WHEN regexp_matches(name, '前期') THEN 'preliminary'
    WHEN regexp_matches(name, '谋划|储备|策划|包装') THEN 'planned'
END;
