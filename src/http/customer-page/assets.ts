/** The style sheet of the customer's page and the few lines that tell us it was really opened; addressed by what is in them. */
import { readFileSync } from 'node:fs';
import { digest } from '../../ids.ts';

export interface CustomerAsset {
  readonly type: string;
  readonly body: Buffer;
  /** As the page names it, relative to its own address. */
  readonly address: string;
}

function asset(name: string, type: string): CustomerAsset {
  const body = readFileSync(new URL(name, import.meta.url));
  return { type, body, address: `${name}?v=${digest(body.toString('utf8')).slice(0, 12)}` };
}

export const pageStyle = asset('page.css', 'text/css; charset=utf-8');
export const openedScript = asset('opened.js', 'text/javascript; charset=utf-8');
