/** The style sheet of the customer's page and the few lines that tell us it was really opened; addressed by what is in them. */
import { readFileSync } from 'node:fs';
import { digest } from '../../ids.ts';

export interface CustomerAsset {
  readonly type: string;
  readonly body: string;
  /** As the page names it, relative to its own address. */
  readonly address: string;
}

/** Somebody has the page before their eyes: whoever only fetches it for a preview runs nothing, or sees nothing. */
const TELL = `'use strict';
const tell = () => {
  if (document.visibilityState !== 'visible') return;
  document.removeEventListener('visibilitychange', tell);
  fetch(location.pathname + '/opened', { method: 'POST', credentials: 'same-origin', keepalive: true }).catch(() => {});
};
document.addEventListener('visibilitychange', tell);
tell();
`;

const asset = (name: string, type: string, body: string): CustomerAsset => ({
  ...{ type, body },
  address: `${name}?v=${digest(body).slice(0, 12)}`,
});

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

export const pageStyle = asset('page.css', 'text/css; charset=utf-8', read('page.css') + read('wide.css'));
export const openedScript = asset('opened.js', 'text/javascript; charset=utf-8', TELL);
