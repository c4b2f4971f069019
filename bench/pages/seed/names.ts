/** Names of companies and people, as many as are wanted and few of them alike. */
import type { Chance } from './chance.ts';

const PLACES = ['宁波', '苏州', '东莞', '无锡', '佛山', '青岛', '常州', '温州', '嘉兴', '厦门', '合肥', '武汉'];
const SIGNS = [...'恒锐华盛鼎泰瑞丰宏达信诚金鑫海川卓越天成德隆永兴科创智汇博远凯程润泽嘉禾正源启航万通力拓'];
const TRADES = ['精密机电', '机械', '自动化设备', '五金制品', '汽车零部件', '模具', '电子科技', '贸易'];
const FAMILIES = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗'];
const GIVEN = [...'伟芳娜敏静强磊军洋勇艳杰涛明超秀霞平刚'];

export function companyName(chance: Chance): string {
  const sign = Array.from({ length: 3 }, () => chance.pick(SIGNS)).join('');
  return `${chance.pick(PLACES)}${sign}${chance.pick(TRADES)}有限公司`;
}

export const personName = (chance: Chance): string =>
  `${chance.pick(FAMILIES)}${chance.pick(GIVEN)}${chance.percent(60) ? chance.pick(GIVEN) : ''}`;
