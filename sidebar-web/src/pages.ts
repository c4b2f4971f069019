/** Every page, by the first part of its address; each is fetched when it is wanted. */
import { type Component, defineAsyncComponent } from 'vue';
import BrokenPage from './components/BrokenPage.vue';
import type { Place } from './router.ts';

export type ListName = 'today' | 'search' | 'approvals';

/** Pages of their own. */
const whole = {
  customer: () => import('./pages/ChatCustomer.vue'),
  today: () => import('./pages/TodayPage.vue'),
  search: () => import('./pages/SearchPage.vue'),
  approvals: () => import('./pages/ApprovalsPage.vue'),
  products: () => import('./pages/ProductsPage.vue'),
  overdue: () => import('./pages/OverduePage.vue'),
};
/** Pages about one thing: its id is the second part of the address. */
const single = {
  customers: () => import('./pages/CustomerPage.vue'),
  deals: () => import('./pages/DealPage.vue'),
  quotes: () => import('./pages/QuotePage.vue'),
  approvals: () => import('./pages/ApprovalPage.vue'),
};

type Loaders = Readonly<Record<string, () => Promise<Component>>>;

/** Begins to fetch a page while its frame is still on the way. */
export function fetchAhead(name: string): void {
  for (const loaders of [whole, single] as Loaders[]) {
    const loader = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
    // Whoever shows the page fetches it again and says what was wrong.
    loader?.().catch(() => undefined);
  }
}

/** Every page, once the first one stands: they weigh little, and then a page opens without a network to say that there is none. */
export function fetchRest(): void {
  for (const name of new Set([...Object.keys(whole), ...Object.keys(single)])) fetchAhead(name);
}

const page = (loader: () => Promise<Component>): Component =>
  defineAsyncComponent({ loader, errorComponent: BrokenPage });
const pagesOf = (loaders: Loaders): Map<string, Component> =>
  new Map(Object.entries(loaders).map(([name, loader]) => [name, page(loader)]));
const [wholePages, singlePages] = [pagesOf(whole), pagesOf(single)];

/** Undefined where the address names none. */
export const pageAt = ({ page: name, id }: Pick<Place, 'page' | 'id'>): Component | undefined =>
  (id === null ? wholePages : singlePages).get(name);
export const frame = page(() => import('./components/FrameView.vue'));
export const handOver = page(() => import('./pages/HandOver.vue'));
export const setup = page(() => import('./setup/SetupPage.vue'));
export const signIn = page(() => import('./pages/SignInPage.vue'));
export const noPage = page(() => import('./pages/NoPage.vue'));
