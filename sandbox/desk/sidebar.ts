/** The page beside a chat: in whose client it can be opened, and where the platform has no place for it. */
import type { MatterView, SidebarView } from './view.ts';

interface Colleague {
  readonly id: string;
  readonly name: string;
}

/** The owner's client first: theirs shows everything. */
export function besideChat(matter: MatterView, colleagues: readonly Colleague[]): SidebarView {
  const rank = ({ name }: Colleague): number => (name === matter.ownerName ? 0 : 1);
  const seats = [...colleagues].sort((one, other) => rank(one) - rank(other)).map(({ id }) => id);
  return { seats, none: null };
}

/** `seat`: whose workbench can be opened instead; null where none is at hand. */
export const noneBeside = (none: string, seat: string | null): SidebarView => ({
  seats: seat === null ? [] : [seat],
  none,
});

/** Our page as it is entered in the platform's console. */
export const customerPage = (url: string, platform: string, query = ''): string =>
  `${url}/app/customer?platform=${platform}${query}`;
