/** Every reading operation of the contract as requests: what nobody wrote a request for is asked without a query. */
import { type Operation, operations } from '../../src/http/contract/operations.ts';
import type { Question } from './client.ts';
import type { Colleague } from './people.ts';

/** One way of asking one operation. */
export interface Reading {
  readonly name: string;
  /** The request of a colleague, another one for every `n`. */
  question(who: Colleague, n: number): Question;
}

type Ask = (who: Colleague, n: number) => Readonly<Record<string, string>> & { readonly id?: string };

const at = <Item>(items: readonly Item[], n: number): Item => {
  const item = items[n % items.length];
  if (item === undefined) throw new Error('a colleague who sees nothing');
  return item;
};
const customer = (who: Colleague, n: number) => at(who.customers, n);
/** Rows that stand in the middle of what there is; ids are random behind their time, so any will do. */
const later = (who: Colleague, n: number) => customer(who, n).id;
const place = 730 * 86_400_000;

/** Beside the plain request, or where a query is needed; `id` fills the path. */
const ways: Readonly<Record<string, Readonly<Record<string, Ask>>>> = {
  search: {
    name: (who, n) => ({ q: customer(who, n).name.slice(0, 5) }),
    'one sign': (who, n) => ({ q: customer(who, n).name.slice(2, 3) }),
    'slip of the pen': (who, n) => ({ q: `${customer(who, n).name.slice(2, 4)}瑞${customer(who, n).name.slice(5)}` }),
    nothing: (_, n) => ({ q: `没有这家公司${n}` }),
  },
  customers: {
    first: () => ({}),
    later: (who, n) => ({ cursor: later(who, n) }),
    own: () => ({ own: '1' }),
    grade: (_, n) => ({ grade: at(['A', 'B', 'C', 'D'], n) }),
    tag: (who, n) => ({ tag: '展会', cursor: later(who, n) }),
    'tag of nobody': (_, n) => ({ tag: `没有人用${n}` }),
    'grade and tag': () => ({ grade: 'D', tag: '展会' }),
  },
  suggest: {
    known: (who, n) => ({ q: customer(who, n).name.slice(2, 4) }),
    unknown: (_, n) => ({ q: `没有这家公司${n}` }),
  },
  colleagues: {
    all: () => ({}),
    name: (_, n) => ({ q: `同事${n}` }),
  },
  customer: {
    usual: (who, n) => ({ id: customer(who, n).id }),
    large: (who) => ({ id: who.largeId }),
  },
  timeline: {
    usual: (who, n) => ({ id: customer(who, n).id }),
    large: (who) => ({ id: who.largeId }),
    'large, later': (who, n) => ({
      id: who.largeId,
      cursor: `${Date.now() - ((n + 1) * place) / 1_000}.0`,
      limit: '100',
    }),
  },
  deal: {
    usual: (who, n) => ({ id: at(who.deals, n) }),
    large: (who, n) => ({ id: at(who.largeDeals, n) }),
  },
  pipeline: {
    all: () => ({}),
    'a department': (who, n) => ({ department: at(who.departments, n) }),
  },
  overdue: {
    first: (_, n) => ({ stage: at(['qualified', 'quoted', 'sampling'], n) }),
    'a department': (who, n) => ({ stage: 'qualified', department: at(who.departments, n) }),
    later: (who, n) => ({
      stage: 'qualified',
      cursor: `3.${Date.now() - ((n + 1) * place) / 1_000}.${at(who.deals, n)}`,
    }),
  },
  products: {
    first: () => ({}),
    'no longer sold': () => ({ gone: '1' }),
    word: (_, n) => ({ q: `轴承座 ${n}` }),
    'word of nothing': (_, n) => ({ q: `没有这个产品${n}` }),
  },
  approvals: {
    'to decide': () => ({ box: 'to_decide' }),
    decided: () => ({ box: 'decided' }),
    'decided, later': (who, n) => ({ box: 'decided', cursor: at(who.approvals, n) }),
    mine: () => ({ box: 'mine' }),
  },
  chat: {
    known: (who, n) => ({ platform: who.platform, externalId: at(who.chats, n) }),
    unknown: (who, n) => ({ platform: who.platform, externalId: `oc_nobody_${n}` }),
  },
};

/** What an `:id` stands for, by the word before it. */
function idOf(path: string, who: Colleague, n: number): string {
  if (path.includes('/customers/:id')) return customer(who, n).id;
  if (path.includes('/deals/:id')) return at(who.deals, n);
  if (path.includes('/tasks/:id')) return at(who.tasks, n);
  if (path.includes('/quotes/:id')) return at(who.quotes, n);
  if (path.includes('/approvals/:id')) return at(who.approvals, n);
  return 'unknown';
}

export function readings(): readonly Reading[] {
  return Object.entries<Operation>(operations)
    .filter(([, { method }]) => method === 'get')
    .flatMap(([name, { path }]) =>
      Object.entries(ways[name] ?? { '': (): ReturnType<Ask> => ({}) }).map(([way, ask]) => ({
        name: way === '' ? name : `${name} (${way})`,
        question(who: Colleague, n: number) {
          const { id = idOf(path, who, n), ...query } = ask(who, n);
          const search = new URLSearchParams(query).toString();
          return { method: 'get', path: path.replace(':id', id) + (search === '' ? '' : `?${search}`) };
        },
      })),
    );
}
