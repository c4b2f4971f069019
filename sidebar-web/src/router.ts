/** Which page the address names, and going to another one without loading anew. */
import { shallowRef } from 'vue';

export interface Place {
  /** The first part behind `/app/`. */
  readonly page: string;
  /** The second part, where there is one. */
  readonly id: string | null;
  readonly query: URLSearchParams;
}

/** Ends with `/app/`, under whatever prefix a proxy adds. */
const root = location.pathname.slice(0, location.pathname.lastIndexOf('/app/') + '/app/'.length);

/** The page of an address that names none. */
const home = 'today';

/** Where the server's API is. */
export const apiRoot = new URL(`${root}../api/`, location.href);

export const place = shallowRef(read());
/** How many pages one can go back to without leaving. */
export const depth = shallowRef(0);

/** The address of a page, as `customers/1`; which client this is stays in it. */
export function hrefOf(path: string): string {
  const platform = place.value.query.get('platform');
  const query = platform === null || path.includes('?') ? '' : `?platform=${encodeURIComponent(platform)}`;
  return `${root}${path}${query}`;
}

export function go(path: string): void {
  history.pushState({ depth: depth.value + 1 }, '', hrefOf(path));
  arrive();
  scrollTo(0, 0);
}

/** Links to our own pages are followed here; `hand-over` has one-time codes in its address and none leads to it. */
export function followLinks(): void {
  addEventListener('popstate', arrive);
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.defaultPrevented || link.target !== '') return;
    if (link.origin !== location.origin || !link.pathname.startsWith(root)) return;
    event.preventDefault();
    if (link.href !== location.href) go(link.pathname.slice(root.length) + link.search);
  });
}

function arrive(): void {
  depth.value = (history.state as { depth?: number } | null)?.depth ?? 0;
  place.value = read();
}

function read(): Place {
  const [page = '', id = null] = location.pathname.slice(root.length).split('/');
  return {
    page: page || home,
    id: id === null ? null : decoded(id),
    query: new URLSearchParams(location.search),
  };
}

/** A stray % in an address that somebody typed is no id of ours, and no reason to break. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
