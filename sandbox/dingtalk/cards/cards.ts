/** Interactive cards by their `outTrackId`: one id is one card for ever, shown in as many places as it was delivered to. */
import { asObject, type JsonObject } from '../../platform/json.ts';

/** Variables of a card; the platform takes strings only. */
export type Params = Readonly<Record<string, string>>;

export interface Card {
  readonly outTrackId: string;
  readonly templateId: string;
  readonly callbackType: 'STREAM' | 'HTTP' | null;
  readonly routeKey: string | null;
  /** 1 userId, 2 unionId: governs every id that the callback tells. */
  readonly userIdType: 1 | 2;
  params: Params;
  /** What single people see otherwise, by userId. */
  readonly own: Map<string, Params>;
  readonly createdAt: number;
  updatedAt: number;
  updates: number;
  /** Taps that wait for their answer. */
  openTaps: number;
}

export interface Template {
  readonly id: string;
  /** Made on the card platform, but not published. */
  readonly published: boolean;
  /** Variables it shows; null: any. */
  readonly variables: readonly string[] | null;
}

export interface Cards {
  readonly instances: Map<string, Card>;
  /** Templates that our app can use: the public ones, and what is added. */
  readonly templates: Map<string, Template>;
  /** Makes a template with markdown and buttons, as the public one has them. */
  addTemplate(template: Pick<Template, 'id'> & Partial<Template>): void;
  /** The public templates are DingTalk's own: it may take them away. */
  removeTemplate(id: string): void;
}

/** Markdown with buttons: what the official SDKs bring along (dingtalk.md §4.6). */
export const BUTTON_TEMPLATE = '1366a1eb-bc54-4859-ac88-517c56a9acb1.schema';
const MARKDOWN_TEMPLATE = '589420e2-c1e2-46ef-a5ed-b8728e654da9.schema';

export function createCards(): Cards {
  const templates = new Map<string, Template>();
  const cards: Cards = {
    instances: new Map(),
    templates,
    addTemplate: ({ id, published = true, variables = null }) => {
      templates.set(id, { id, published, variables });
    },
    removeTemplate: (id) => {
      templates.delete(id);
    },
  };
  const variables = ['title', 'logo', 'markdown', 'lastMessage'];
  cards.addTemplate({ id: MARKDOWN_TEMPLATE, variables });
  cards.addTemplate({ id: BUTTON_TEMPLATE, variables: [...variables, 'tips', 'sys_full_json_obj'] });
  return cards;
}

/** The card as one person sees it. */
export const faceOf = (card: Card, userId: string | null): Params => ({
  ...card.params,
  ...(userId === null ? {} : card.own.get(userId)),
});

/** Overwrites, or with `byKey` only adds and replaces: an overwrite is what the platform does unless told. */
export const merged = (before: Params, after: Params, byKey: boolean): Params =>
  byKey ? { ...before, ...after } : after;

/** The `cardParamMap` of an object; null when it is none or has values that are no strings. */
export function paramsOf(value: unknown): Params | null {
  const map: JsonObject | null = asObject(asObject(value)?.cardParamMap);
  return map && Object.values(map).every((entry) => typeof entry === 'string') ? (map as Params) : null;
}
