/** People of Feishu: colleagues with their roles, outsiders with their companies. */
import type { Company } from '../../company.ts';
import type { FeishuEmulator, Person } from '../../feishu/index.ts';
import { titleOf } from '../matter.ts';
import type { Rows } from '../rows.ts';
import type { PersonView } from '../view.ts';

export interface Folk {
  comesFrom(person: Person, company: string): void;
  people(rows: Rows, world: FeishuEmulator['world']): PersonView[];
}

export function createFolk({ customers }: Company): Folk {
  const companies = new Map([
    [customers.zhou.openId, '宁波恒锐机电'],
    [customers.han.openId, '苏州明远科技'],
    [customers.sun.openId, '东莞佳盛塑胶'],
  ]);
  return {
    comesFrom: (person, company) => void companies.set(person.openId, company),
    people: (rows, world) =>
      [...world.people.values()].map(({ openId, name, internal }) => ({
        id: openId,
        name,
        company: internal ? null : (companies.get(openId) ?? '外部公司'),
        title: internal ? titleOf(rows, openId) : null,
      })),
  };
}
