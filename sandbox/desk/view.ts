/** What the console page is told: the whole desk as one JSON document. Types only, shared by server and page. */

export interface DeskView {
  /** Names this run of the sandbox: a restart begins anew. */
  readonly born: string;
  readonly company: string;
  readonly botName: string;
  /** How far the sandbox's clock has been pushed ahead of the real one, ms. */
  readonly aheadMs: number;
  readonly transport: 'webhook' | 'websocket';
  /** Long connections that listen; 0 in webhook mode. */
  readonly connections: number;
  readonly people: readonly PersonView[];
  readonly chats: readonly ChatView[];
  readonly stages: readonly StageView[];
  readonly deals: readonly DealView[];
  readonly wire: readonly WireLine[];
  readonly complaints: readonly ComplaintView[];
  readonly tricks: TricksView;
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

export interface ChatView {
  readonly id: string;
  readonly name: string;
  readonly kind: 'customer' | 'team' | 'direct';
  readonly external: boolean;
  readonly botIn: boolean;
  readonly memberIds: readonly string[];
  readonly matter: MatterView;
  readonly lines: readonly SuggestedLine[];
  /** The newest messages, oldest first. */
  readonly messages: readonly MessageView[];
}

/** Whose words the CRM takes a chat's words for. */
export interface MatterView {
  readonly kind: 'customer' | 'lead' | 'staff' | 'ignored' | 'none';
  readonly name: string | null;
  readonly ownerName: string | null;
  readonly dealIds: readonly string[];
  /** The deal the chat's words belong to when there are several. */
  readonly chosenDealId: string | null;
}

export interface SuggestedLine {
  readonly text: string;
  readonly personId: string;
  readonly toBot: boolean;
  /** `move`: says a step; `trap`: has the words, but must not move anything by itself. */
  readonly kind: 'move' | 'trap';
}

export interface MessageView {
  readonly id: string;
  /** A person's id, or `bot`. */
  readonly from: string;
  readonly at: number;
  readonly text: string;
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
  readonly delivery: { readonly accepted: boolean; readonly tookMs: number; readonly pushes: number } | null;
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
