/** The frame beside the chat: in whose client it stands, and whether words have moved a deal since it was loaded. */
import { computed, reactive } from 'vue';
import type { ChatView, DealView } from '../desk/view.ts';

export interface Frame {
  readonly seat: string;
  readonly src: string;
  /** Something has happened that the page does not show. */
  readonly stale: boolean;
  /** A link led here, not the chat. */
  readonly linked: boolean;
}

interface Loaded {
  /** How often it was loaded. */
  readonly count: number;
  /** What words had moved by then. */
  readonly moved: number;
}

const seats = reactive<Record<string, string>>({});
const loads = reactive<Record<string, Loaded>>({});
/** Path and query of the page that a link in the chat led to. */
const links = reactive<Record<string, string>>({});

/** Moves that words caused; what somebody does on the page itself is shown there already. */
function movedByWords(view: ChatView, deals: readonly DealView[]): number {
  const here = deals.filter(({ id }) => view.matter.dealIds.includes(id));
  return here.reduce((sum, { history }) => sum + history.filter(({ quote }) => quote !== null).length, 0);
}

export function useFrame(chat: () => ChatView | null, deals: () => readonly DealView[]) {
  const moved = computed(() => {
    const view = chat();
    return view ? movedByWords(view, deals()) : 0;
  });

  const frame = computed<Frame | null>(() => {
    const view = chat();
    const likeliest = view?.sidebar.seats[0];
    if (!view || likeliest === undefined) return null;
    const chosen = seats[view.id] ?? '';
    const seat = view.sidebar.seats.includes(chosen) ? chosen : likeliest;
    const { count = 0, moved: before = moved.value } = loads[view.id] ?? {};
    const to = links[view.id];
    const query = new URLSearchParams({ chat: view.id, load: String(count), ...(to !== undefined && { to }) });
    const src = `/client-frame/${view.platform}/${encodeURIComponent(seat)}/open?${query}`;
    return { seat, src, stale: moved.value > before, linked: to !== undefined };
  });

  /** As the chat is opened: the seat stays the same whoever becomes the owner meanwhile, and what has moved is shown. */
  function arrive(): void {
    const view = chat();
    const seat = frame.value?.seat;
    if (!view || seat === undefined) return;
    delete links[view.id];
    seats[view.id] = seat;
    loads[view.id] = { count: loads[view.id]?.count ?? 0, moved: moved.value };
  }

  return {
    frame,
    arrive,
    takeSeat(seat: string): void {
      const view = chat();
      if (view) seats[view.id] = seat;
      arrive();
    },
    /** `to`: path and query of a page of ours. */
    followLink(to: string): void {
      const view = chat();
      if (!view) return;
      links[view.id] = to;
      loads[view.id] = { count: (loads[view.id]?.count ?? 0) + 1, moved: moved.value };
    },
    reloadFrame(): void {
      const view = chat();
      if (view) loads[view.id] = { count: (loads[view.id]?.count ?? 0) + 1, moved: moved.value };
    },
  };
}
