/** The page's one store: the desk as the server sends it, what is selected, what was seen, and the notices on screen. */
import { computed, reactive, shallowRef } from 'vue';
import type {
  ChatView,
  CommandAnswer,
  DeskView,
  MessageView,
  PersonView,
  PlatformKey,
  PlatformView,
} from '../desk/view.ts';
import { useFrame } from './frame.ts';

export type Side = 'page' | 'seen';
export type Tab = 'chats' | 'chat' | Side;

export interface Notice {
  readonly id: number;
  readonly tone: 'success' | 'info' | 'warning' | 'error';
  readonly text: string;
  /** Who alone would see it in the client. */
  readonly onlyFor?: string;
  /** A chat to go to. */
  readonly chatId?: string;
}

export const desk = shallowRef<DeskView | null>(null);
export const ui = reactive({
  chatId: '',
  tab: 'chat' as Tab,
  /** What the right column shows where there is room for one. */
  side: 'page' as Side,
  /** The message the right pane explains; empty: the newest. */
  messageId: '',
  online: true,
  /** Ticks each second, for the clock. */
  realNow: Date.now(),
  /** How often each message had been changed when it was last looked at. */
  seen: {} as Record<string, number>,
  notices: [] as Notice[],
});

export const now = computed(() => ui.realNow + (desk.value?.aheadMs ?? 0));
export const chat = computed<ChatView | null>(() => desk.value?.chats.find(({ id }) => id === ui.chatId) ?? null);
const people = computed(() => new Map(desk.value?.people.map((person) => [person.id, person])));
/** The page beside the chat. */
const beside = useFrame(
  () => chat.value,
  () => desk.value?.deals ?? [],
);
export const { frame, takeSeat, reloadFrame } = beside;
export const personOf = (id: string): PersonView | undefined => people.value.get(id);
export const nameOf = (id: string): string => personOf(id)?.name ?? '某人';
/** Who said it: a person, or our bot under the name it has in that chat. */
export const speakerOf = (view: ChatView, { from }: MessageView): string =>
  from === 'bot' ? view.bot.name : nameOf(from);

export const platformOf = (key: PlatformKey | undefined): PlatformView | undefined =>
  desk.value?.platforms.find((platform) => platform.key === key);

/** Messages that are new, or cards that have changed, since the chat was last looked at. */
export const unreadOf = (view: ChatView): number =>
  view.messages.filter(({ id, updates }) => ui.seen[id] !== updates).length;
export const unreadTotal = computed(() =>
  (desk.value?.chats ?? []).reduce((sum, view) => sum + (view.id === ui.chatId ? 0 : unreadOf(view)), 0),
);

/** A page of ours, as the client of the chosen colleague opens it from a link: path and query. */
export function openLink(to: string): void {
  beside.followLink(to);
  showTab('page');
}

/** Links to our own pages, on cards and in words, are opened where the client would; others as a browser does. */
function followLinks(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || link.origin !== location.origin || !link.pathname.startsWith('/app/')) return;
  if (!frame.value) return;
  event.preventDefault();
  openLink(link.pathname + link.search);
}

export function showSide(side: Side): void {
  ui.side = side;
  if (ui.tab === 'page' || ui.tab === 'seen') ui.tab = side;
}

export function showTab(tab: Tab): void {
  ui.tab = tab;
  if (tab === 'page' || tab === 'seen') ui.side = tab;
}

export function openChat(chatId: string, tab: Tab = 'chat'): void {
  ui.chatId = chatId;
  showTab(tab);
  beside.arrive();
  ui.messageId = '';
  ui.notices = ui.notices.filter((notice) => notice.chatId !== chatId);
  markSeen();
}

function markSeen(): void {
  for (const { id, updates } of chat.value?.messages ?? []) ui.seen[id] = updates;
}

let noticeId = 0;
function notify(notice: Omit<Notice, 'id'>): void {
  noticeId += 1;
  const id = noticeId;
  // One answer and one arrival at a time: the newest of each is what people look for.
  const others = ui.notices.filter((known) => (known.chatId === undefined) !== (notice.chatId === undefined));
  ui.notices = [...others, { ...notice, id }];
  setTimeout(() => dismiss(id), notice.chatId ? 12_000 : 4000);
}
export function dismiss(id: number): void {
  ui.notices = ui.notices.filter((notice) => notice.id !== id);
}

/** Carries a command out; refusals become notices. Resolves with the answer, or null when it was refused. */
export async function command(name: string, input: object = {}, onlyFor?: string): Promise<CommandAnswer | null> {
  try {
    const response = await fetch(`/console/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    const body = (await response.json()) as CommandAnswer & { error?: string };
    if (!response.ok) {
      notify({ tone: 'error', text: body.error ?? '操作没有成功，请重试。' });
      return null;
    }
    if (body.notice) notify(onlyFor === undefined ? body.notice : { ...body.notice, onlyFor });
    return body;
  } catch {
    notify({ tone: 'error', text: '连不上演示台，请看看 npm run demo 是否还在运行。' });
    return null;
  }
}

/** Follows the desk for as long as the page is open. */
export function follow(): void {
  document.addEventListener('click', followLinks);
  listen();
  setInterval(() => {
    ui.realNow = Date.now();
  }, 1000);
}

function listen(): void {
  const stream = new EventSource('/console/api/events');
  stream.onopen = () => {
    ui.online = true;
  };
  stream.onerror = () => {
    ui.online = false;
    // A sandbox that is just starting answers with an error, after which the browser itself would not try again.
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
  stream.onmessage = ({ data }: MessageEvent<string>) => take(JSON.parse(data) as DeskView);
}

function take(next: DeskView): void {
  const before = desk.value;
  desk.value = next;
  ui.realNow = Date.now();
  if (before?.born !== next.born) {
    const messages = next.chats.flatMap((view) => view.messages);
    ui.seen = Object.fromEntries(messages.map(({ id, updates }) => [id, updates]));
    // Where there is something to do first: a customer whom nobody has added.
    ui.chatId = next.strangers[0] ?? next.chats[0]?.id ?? '';
    beside.arrive();
    return;
  }
  announce(before, next);
  if (document.visibilityState === 'visible') markSeen();
}

/** A card or a word of the bot in a chat that is not open: say so, with a way there. */
function announce(before: DeskView, next: DeskView): void {
  for (const view of next.chats) {
    if (view.id === ui.chatId) continue;
    const old = new Map(
      before.chats.find(({ id }) => id === view.id)?.messages.map((message) => [message.id, message]),
    );
    const news = view.messages.filter((message) => message.from === 'bot' && isNews(message, old.get(message.id)));
    const last = news.at(-1);
    if (!last) continue;
    const what = last.card ? (old.has(last.id) ? '卡片有更新' : '收到卡片') : '收到消息';
    notify({ tone: 'info', text: `${view.title}${what}：${last.summary}`, chatId: view.id });
  }
}

const isNews = (message: MessageView, old: MessageView | undefined): boolean =>
  old === undefined || (old.updates !== message.updates && old.summary !== message.summary);
