// A browser on an emulated platform's login page: where the adapter sends it, who is chosen there, what comes back.

import type { WebLogin } from '../../src/channel/channel.ts';

export interface LoginPage {
  /** What the page shows; its status is 400 where the platform refuses. */
  open(): Promise<{ readonly status: number; readonly text: string }>;
  /** The code that comes back for this person; throws when nothing comes back, or another state. */
  choose(id: string): Promise<string>;
}

/** `base`: where the emulator stands in for the host of the platform's login. */
export function loginPage(login: WebLogin | undefined, base: string, returnTo: string, state = 'state-1'): LoginPage {
  if (!login) throw new Error('this channel has no web login');
  const official = new URL(login.url(returnTo, state));
  const address = `${base}${official.pathname}${official.search}`;
  return {
    async open() {
      const response = await fetch(address);
      return { status: response.status, text: await response.text() };
    },
    async choose(id) {
      const response = await fetch(`${address}&as=${encodeURIComponent(id)}`, { redirect: 'manual' });
      const back = new URL(response.headers.get('location') ?? '');
      if (`${back.origin}${back.pathname}` !== returnTo) throw new Error(`came back to ${back}`);
      if (back.searchParams.get('state') !== state) throw new Error('came back with another state');
      return back.searchParams.get('code') ?? back.searchParams.get('authCode') ?? '';
    },
  };
}
