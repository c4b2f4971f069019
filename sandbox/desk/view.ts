/** What the console page is told: the whole desk as one JSON document. Types only, shared by server and page. */
import type { UpcomingView } from './upcoming-view.ts';

export type PlatformKey = 'feishu' | 'wecom' | 'dingtalk';

export interface DeskView {
  /** Names this run of the sandbox: a restart begins anew. */
  readonly born: string;
  readonly company: string;
  /** How far the sandbox's clock has been pushed ahead of the real one, ms. */
  readonly aheadMs: number;
  readonly platforms: readonly PlatformView[];
  readonly people: readonly PersonView[];
  readonly chats: readonly ChatView[];
  readonly stages: readonly StageView[];
  readonly deals: readonly DealView[];
  readonly tricks: TricksView;
  /** What the clock will send, the next first. */
  readonly upcoming: readonly UpcomingView[];
  /** Chats in which a customer waits whom nobody has added yet, one on each platform. */
  readonly strangers: readonly string[];
}

export interface PlatformView {
  readonly key: PlatformKey;
  readonly name: string;
  /** How it reaches us. */
  readonly lines: readonly { readonly text: string; readonly tone: Tone; readonly title: string }[];
  /** Headings of the list of chats. */
  readonly sections: readonly { readonly kind: ChatKind; readonly label: string }[];
  readonly tools: readonly ToolView[];
  readonly mischief: readonly ToolView[];
  /** Absent where nothing is metered. */
  readonly meters?: readonly MeterView[];
  /** Newest first. */
  readonly wire: readonly WireLine[];
  readonly complaints: readonly ComplaintView[];
}

/** What the platform allows in a month, and what is gone of it. */
export interface MeterView {
  readonly label: string;
  readonly used: number;
  readonly limit: number;
  readonly tone: Tone;
}

/** A button that gives a command. */
export interface ToolView {
  readonly command: string;
  readonly label: string;
  /** Stands back: nothing a visitor has to try. */
  readonly quiet?: true;
}

export interface PersonView {
  readonly id: string;
  readonly name: string;
  /** The other company they work for; null for colleagues. */
  readonly company: string | null;
  readonly title: string | null;
}

export interface StageView {
  readonly key: string;
  readonly name: string;
}

/** `customer` and `team` are groups, `service` a customer with a service account, `private` two people, `direct` one with the bot. */
export type ChatKind = 'customer' | 'service' | 'private' | 'team' | 'direct';

export interface ChatView {
  readonly id: string;
  readonly platform: PlatformKey;
  readonly name: string;
  readonly kind: ChatKind;
  /** In the list, in place of the role of whose chat it is. */
  readonly tag?: string;
  /** The chat's full name, for headings, news and screen readers. */
  readonly title: string;
  /** Who is in it, or whose view it is. */
  readonly subtitle: string;
  readonly external: boolean;
  readonly botIn: boolean;
  readonly bot: { readonly name: string; readonly badge: string };
  /** What calls the bot, such as `@聊单`; null where nothing has to. */
  readonly mention: string | null;
  /** Who serves a customer. */
  readonly status: { readonly text: string; readonly tone: Tone } | null;
  readonly path: PathView;
  readonly actions: readonly ToolView[];
  /** What the list says while nothing has been said. */
  readonly idle: string;
  /** What the empty chat says, one line each. */
  readonly empty: readonly string[];
  readonly memberIds: readonly string[];
  readonly matter: MatterView;
  readonly sidebar: SidebarView;
  readonly lines: readonly SuggestedLine[];
  /** The newest messages, oldest first. */
  readonly messages: readonly MessageView[];
}

/** Which way this chat's words take to us. */
export interface PathView {
  /** `good`: all words, `ask`: some, `quiet`: none. */
  readonly tone: Tone;
  readonly name: string;
  readonly text: string;
}

/** Whose words the CRM takes a chat's words for. */
export interface MatterView {
  readonly kind: 'customer' | 'lead' | 'staff' | 'ignored' | 'none';
  readonly name: string | null;
  readonly ownerName: string | null;
  readonly dealIds: readonly string[];
  /** The deal the chat's words belong to when there are several. */
  readonly chosenDealId: string | null;
  /** In place of a name: why there is none. */
  readonly note: string | null;
}

/** The page beside the chat. */
export interface SidebarView {
  /** In whose client it can be opened, the likeliest first. */
  readonly seats: readonly string[];
  /** Why there is no page beside this chat; the colleague's workbench can be opened all the same. Null where there is one. */
  readonly none: string | null;
}

export interface SuggestedLine {
  readonly text: string;
  /** In place of the words where those are long. */
  readonly label?: string;
  readonly personId: string;
  readonly toBot: boolean;
  /** `move`: says a step; `trap`: has the words, but must not move anything by itself; `ask`: wants an answer. */
  readonly kind: 'move' | 'trap' | 'ask';
}

export interface MessageView {
  readonly id: string;
  /** A person's id, or `bot`. */
  readonly from: string;
  readonly at: number;
  readonly text: string;
  /** Where its image is, for a message of ours that is one. */
  readonly image?: string;
  /** The words are markup that the platform draws. */
  readonly markdown?: true;
  readonly toBot: boolean;
  /** Card JSON as the platform shows it; null for words. */
  readonly card: CardJson | null;
  /** What notifications say of it. */
  readonly summary: string;
  readonly updates: number;
  readonly fate: FateView | null;
}

export type CardJson = Readonly<Record<string, unknown>>;

export type Tone = 'good' | 'ask' | 'quiet' | 'bad';

/** What became of a person's words. */
export interface FateView {
  readonly progress: 'unheard' | 'sending' | 'refused' | 'working' | 'done';
  readonly tone: Tone;
  /** One line for below the bubble. */
  readonly summary: string;
  /** Why nothing (more) happened; null when the findings say it all. */
  readonly note: string | null;
  readonly findings: readonly FindingView[];
  /** How the platform brought the words: null when it pushed nothing. */
  readonly delivery: {
    readonly accepted: boolean;
    readonly tookMs: number;
    readonly pushes: number;
    readonly how: string;
  } | null;
}

export interface FindingView {
  readonly signal: string;
  readonly verdict: 'advance' | 'hint';
  readonly rule: string;
  readonly phrase: string;
  readonly quote: string;
  readonly outcome: string;
  readonly tone: Tone;
  /** How often the rule was right. */
  readonly record: string;
}

export interface DealView {
  readonly id: string;
  readonly name: string;
  readonly customerName: string;
  readonly ownerName: string;
  readonly stage: string;
  readonly stageName: string;
  readonly stageEnteredAt: number;
  readonly status: 'open' | 'won' | 'lost';
  readonly lostReason: string | null;
  readonly amountMinor: number | null;
  /** Oldest first. */
  readonly history: readonly MoveView[];
}

export interface MoveView {
  readonly id: string;
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly undone: boolean;
  readonly isUndo: boolean;
  /** Who or what caused it, in Chinese. */
  readonly cause: string;
  readonly quote: string | null;
  readonly speaker: string | null;
}

export interface WireLine {
  readonly id: string;
  readonly at: number;
  readonly way: 'in' | 'out' | 'line';
  readonly text: string;
  readonly detail: string;
  readonly tone: 'good' | 'quiet' | 'bad';
}

export interface ComplaintView {
  readonly at: number;
  readonly text: string;
  readonly detail: string;
}

export interface TricksView {
  readonly copies: boolean;
  readonly limit: boolean;
}

/** What every command answers: a notice for whoever gave it. */
export interface CommandAnswer {
  readonly notice: { readonly tone: 'success' | 'info' | 'warning' | 'error'; readonly text: string } | null;
  /** The chat it was about, where the page may want to go. */
  readonly chatId?: string;
}
