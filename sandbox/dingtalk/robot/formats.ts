/** What our robot may send: webhook formats and `sample…` templates, both brought into one shape (dingtalk.md §3.2, §3.3). */
import { text } from '../../platform/http-face.ts';
import { asObject, type JsonObject, listOf } from '../../platform/json.ts';

export interface Link {
  readonly label: string;
  readonly url: string;
}

export type Sent =
  | {
      readonly type: 'text' | 'markdown' | 'actionCard' | 'link' | 'file' | 'picture';
      readonly body: { readonly title: string; readonly words: string; readonly links: readonly Link[] };
    }
  /** Says nothing. */
  | { readonly type: 'empty' };

type Field = (name: string) => string;

const of = (type: Exclude<Sent['type'], 'empty'>, title: string, words: string, links: readonly Link[] = []): Sent => ({
  type,
  body: { title, words, links },
});

/** Null for a type that is not known, or without the fields it needs. */
export function fromWebhook(body: JsonObject): Sent | null {
  const type = text(body.msgtype);
  const inner = asObject(body[type]);
  if (type === 'empty') return { type };
  if (!inner) return null;
  const field: Field = (name) => text(inner[name]);
  if (type === 'text') return needs(field, ['content'], () => of('text', '', field('content')));
  if (type === 'markdown') return needs(field, ['title', 'text'], () => of('markdown', field('title'), field('text')));
  if (type === 'link') {
    return needs(field, ['title', 'text', 'messageUrl'], () =>
      of('link', field('title'), field('text'), [{ label: field('title'), url: field('messageUrl') }]),
    );
  }
  if (type !== 'actionCard') return null;
  const one = { label: field('singleTitle'), url: field('singleURL') };
  const many = listOf(inner, 'btns').map((button) => ({
    label: text(asObject(button)?.title),
    url: text(asObject(button)?.actionURL),
  }));
  return needs(field, ['title', 'text'], () => withLinks(field, one.label ? [one] : many));
}

/** `unknown_key` or `bad_param`, in words of `msgKey` and `msgParam`. */
export function fromSample(msgKey: string, msgParam: string): Sent | 'unknown_key' | 'bad_param' {
  const param = parse(msgParam);
  if (!param) return 'bad_param';
  const field: Field = (name) => text(param[name]);
  const made = sample(msgKey, field);
  return made === undefined ? 'unknown_key' : (made ?? 'bad_param');
}

function sample(key: string, field: Field): Sent | null | undefined {
  if (key === 'sampleText') return needs(field, ['content'], () => of('text', '', field('content')));
  if (key === 'sampleMarkdown')
    return needs(field, ['title', 'text'], () => of('markdown', field('title'), field('text')));
  if (key === 'sampleLink') {
    return needs(field, ['title', 'text', 'messageUrl'], () =>
      of('link', field('title'), field('text'), [{ label: field('title'), url: field('messageUrl') }]),
    );
  }
  if (key === 'sampleActionCard') {
    const one = { label: field('singleTitle'), url: field('singleURL') };
    return needs(field, ['title', 'text', 'singleTitle', 'singleURL'], () => withLinks(field, [one]));
  }
  const count = Number(/^sampleActionCard([2-6])$/.exec(key)?.[1] ?? 0);
  if (count > 0) {
    const [label, url] = count === 6 ? ['buttonTitle', 'buttonUrl'] : ['actionTitle', 'actionURL'];
    const numbers = Array.from({ length: count === 6 ? 2 : count }, (_, index) => index + 1);
    const links = numbers.map((n) => ({ label: field(`${label}${n}`), url: field(`${url}${n}`) }));
    return needs(field, ['title', 'text'], () => withLinks(field, links));
  }
  if (key === 'sampleImageMsg') return needs(field, ['photoURL'], () => of('picture', field('photoURL'), '[图片]'));
  return /^sample(Audio|File|Video)$/.test(key) ? of('file', key, field('fileName')) : undefined;
}

function withLinks(field: Field, links: readonly Link[]): Sent | null {
  const sound = links.length > 0 && links.every(({ label, url }) => label !== '' && url !== '');
  return sound ? of('actionCard', field('title'), field('text'), links) : null;
}

const needs = (field: Field, names: readonly string[], make: () => Sent | null): Sent | null =>
  names.every((name) => field(name) !== '') ? make() : null;

function parse(words: string): JsonObject | null {
  try {
    return asObject(JSON.parse(words));
  } catch {
    return null;
  }
}
