/** Turns the links of cards and texts into whole addresses; without a public URL there are none. */
import type { Card, CardBlock, CardLink } from './card.ts';

export interface PageLink {
  readonly label: string;
  readonly url: string;
  /** The line that it stands beside; null for a link of the whole card. */
  readonly about: string | null;
}

/** The whole address of a link; null without a public URL, and for a path that is none of our pages'. */
export function pageLink(publicUrl: string | null, { label, path }: CardLink, about: string | null = null) {
  return publicUrl === null || !path.startsWith('/app/') ? null : ({ label, url: publicUrl + path, about } as PageLink);
}

export function pageLinks(publicUrl: string | null, links: readonly CardLink[] = []): readonly PageLink[] {
  return links.flatMap((link) => pageLink(publicUrl, link) ?? []);
}

/** Every link of a card, in order, the same address once. */
export function linksOf({ blocks }: Pick<Card, 'blocks'>, publicUrl: string | null): readonly PageLink[] {
  const found = new Map(blocks.flatMap((block) => linksIn(block, publicUrl)).map((link) => [link.url, link]));
  return [...found.values()];
}

function linksIn(block: CardBlock, publicUrl: string | null): readonly PageLink[] {
  if (block.type === 'links') return pageLinks(publicUrl, block.links);
  const link = block.type === 'text' && block.link ? pageLink(publicUrl, block.link, block.text) : null;
  return link ? [link] : [];
}
