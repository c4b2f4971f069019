/** How links in our cards and messages open a page of ours. */
import type { CardLink } from '../../src/channel/card.ts';
import { pageLink } from '../../src/channel/page-link.ts';
import type { DingtalkSettings } from './settings.ts';

/** A link as it is written into a card; null where there is none to write. */
export type LinkDrawer = (link: CardLink) => { readonly label: string; readonly address: string } | null;

/**
 * `panel`: in the client's side panel on a computer, and as a page of the client on a phone (dingtalk.md §5.6). The
 * documents name that address for buttons and for Markdown; whether the public template opens it was never tried on a
 * real company, so the plain address (`plain`) is a setting away.
 */
export function createLinkDrawer(
  publicUrl: string | null,
  { linkStyle }: Pick<DingtalkSettings, 'linkStyle'>,
): LinkDrawer {
  return (link) => {
    const found = pageLink(publicUrl, link);
    if (found === null) return null;
    const address =
      linkStyle === 'panel'
        ? `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent(found.url)}&pc_slide=true`
        : found.url;
    // Round brackets end an address in Markdown, and encoding leaves them as they are.
    return { label: found.label, address: address.replaceAll('(', '%28').replaceAll(')', '%29') };
  };
}
