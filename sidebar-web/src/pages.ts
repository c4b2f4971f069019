/** Every page, by the first part of its address; each is fetched when it is wanted. */
import { type Component, defineAsyncComponent } from 'vue';
import BrokenPage from './components/BrokenPage.vue';

export type ListName = 'today' | 'search';

const fetched = {
  customer: () => import('./pages/ChatCustomer.vue'),
  customers: () => import('./pages/CustomerPage.vue'),
  deals: () => import('./pages/DealPage.vue'),
  today: () => import('./pages/TodayPage.vue'),
  search: () => import('./pages/SearchPage.vue'),
};

/** Begins to fetch a page while its frame is still on the way. */
export function fetchAhead(name: string): void {
  const loader = Object.hasOwn(fetched, name) ? fetched[name as keyof typeof fetched] : null;
  // Whoever shows the page fetches it again and says what was wrong.
  loader?.().catch(() => undefined);
}

/** Every page, once the first one stands: they weigh little, and then a page opens without a network to say that there is none. */
export function fetchRest(): void {
  for (const name of Object.keys(fetched)) fetchAhead(name);
}

const page = (loader: () => Promise<Component>): Component =>
  defineAsyncComponent({ loader, errorComponent: BrokenPage });

export const pages: Readonly<Record<ListName, Component> & Record<string, Component | undefined>> = {
  customer: page(fetched.customer),
  customers: page(fetched.customers),
  deals: page(fetched.deals),
  today: page(fetched.today),
  search: page(fetched.search),
};
export const frame = page(() => import('./components/FrameView.vue'));
export const handOver = page(() => import('./pages/HandOver.vue'));
export const setup = page(() => import('./setup/SetupPage.vue'));
export const signIn = page(() => import('./pages/SignInPage.vue'));
export const noPage = page(() => import('./pages/NoPage.vue'));
