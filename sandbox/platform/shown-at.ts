/** A page that a desk shows below an address of its own: scripts of the client still mean the address the product knows. */
import type { IncomingMessage } from 'node:http';

/** The desk says here where the browser sees what is asked for, without a slash at the end. */
export const SHOWN_AT = 'x-shown-at';

/** Where browsers see the page, and what stands there in its own address; both empty where the two are the same. */
export interface ShownAt {
  readonly below: string;
  readonly origin: string;
}

export const AS_IT_IS: ShownAt = { below: '', origin: '' };

export function shownAt({ headers }: IncomingMessage): ShownAt {
  const below = headers[SHOWN_AT];
  if (typeof below !== 'string' || !/^http:\/\/[\w.:[\]-]+(\/[\w-]+)*$/.test(below)) return AS_IT_IS;
  return { below, origin: `http://${headers.host ?? ''}` };
}

/** The page's own address without `#…`, as an expression for a script that runs in it. */
export const addressOf = ({ below, origin }: ShownAt): string =>
  `location.href.split('#')[0].replace(${JSON.stringify(below)}, ${JSON.stringify(origin)})`;
