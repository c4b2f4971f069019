/** The main writing operations as requests, each prepared by what has to be known first. */
import type { Asked, Question } from './client.ts';
import type { Colleague } from './people.ts';

export interface Writing {
  readonly name: string;
  /** `ask` is not measured: for what a page would know already. */
  prepare(who: Colleague, n: number, ask: (question: Question) => Promise<Asked>): Promise<Question>;
}

const at = <Item>(items: readonly Item[], n: number): Item => {
  const item = items[n % items.length];
  if (item === undefined) throw new Error('a colleague who has nothing to change');
  return item;
};

/** Another name in every run: the databases may be kept. */
const run = Date.now().toString(36);

interface DealPage {
  readonly deal: { readonly version: number; readonly stage: { readonly key: string } };
  readonly changes: readonly { readonly id: string }[];
}

async function move(who: Colleague, n: number, ask: (question: Question) => Promise<Asked>): Promise<Question> {
  const path = `/api/deals/${at(who.openDeals, n)}`;
  const { deal } = (await ask({ method: 'get', path })).body as DealPage;
  const toStage = deal.stage.key === 'quoted' ? 'sampling' : 'quoted';
  return { method: 'post', path: `${path}/move`, body: { toStage, expectedVersion: deal.version } };
}

const below = (who: Colleague, n: number, rest: string) => `/api/customers/${at(who.customers, n).id}${rest}`;

export const writings: readonly Writing[] = [
  {
    name: 'addCustomer',
    prepare: async (who, n) => ({
      method: 'post',
      path: '/api/customers',
      body: { name: `宁波${run}${who.name}${n}机电有限公司`, contactName: '王工', deal: {} },
    }),
  },
  {
    name: 'addCustomer (duplicate)',
    prepare: async (who, n) => ({
      method: 'post',
      path: '/api/customers',
      body: { name: at(who.customers, n).name },
    }),
  },
  {
    name: 'changeCustomer',
    prepare: async (who, n) => ({ method: 'patch', path: below(who, n, ''), body: { grade: 'A', tags: ['展会'] } }),
  },
  {
    name: 'addContact',
    prepare: async (who, n) => ({
      method: 'post',
      path: below(who, n, '/contacts'),
      body: { name: '李工', phone: `1370000${String(n).padStart(4, '0')}` },
    }),
  },
  {
    name: 'addActivity',
    prepare: async (who, n) => ({ method: 'post', path: below(who, n, '/activities'), body: { text: '电话沟通' } }),
  },
  {
    name: 'handInWords',
    prepare: async (who, n) => ({
      method: 'post',
      path: below(who, n, '/words'),
      body: { text: '帮我报下价，3000 套' },
    }),
  },
  {
    name: 'addDeal',
    prepare: async (who, n) => ({ method: 'post', path: below(who, n, '/deals'), body: { name: '询价项目' } }),
  },
  {
    name: 'addQuote',
    prepare: async (who, n) => ({
      method: 'post',
      path: `/api/deals/${at(who.openDeals, n)}/quotes`,
      body: { title: '轴承座', lines: [{ name: '轴承座', quantityMilli: 1_000, priceMinor: 9_500 }] },
    }),
  },
  { name: 'moveDeal', prepare: move },
  {
    name: 'undoMove',
    async prepare(who, n, ask) {
      const { path, body } = await move(who, n, ask);
      const { changes } = (await ask({ method: 'post', path, body })).body as DealPage;
      return { method: 'post', path: path.replace('/move', '/undo'), body: { changeId: changes[0]?.id } };
    },
  },
];
