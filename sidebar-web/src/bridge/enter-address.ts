/** Where a page sends the browser to be signed in; our server sends it on to the platform, and in the end back to this very page. */
import { apiRoot } from '../router.ts';

/** `web`: by the platform's login for ordinary browsers, not by its client. */
export function enterAddress(platform: string, web = false): string {
  const here = new URL(location.href);
  here.searchParams.delete('entered');
  const to = here.pathname.slice(here.pathname.lastIndexOf('/app/')) + here.search;
  return new URL(`../app/enter/${platform}?${web ? 'via=web&' : ''}to=${encodeURIComponent(to)}`, apiRoot).href;
}
