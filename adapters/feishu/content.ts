/** Message content as people read it: mentions by name, rich text flattened, nothing for pictures and files. */
import { isRecord, type Json, type JsonRecord, recordField } from './json.ts';
import type { WireMention } from './wire.ts';

/**
 * `content` is JSON in a string whose shape depends on the type. Throws when it is no JSON.
 * https://open.feishu.cn/document/server-docs/im-v1/message-content-description/message_content
 */
export function readContent(
  type: string,
  content: string,
  mentions: readonly WireMention[],
  ownId: string | null,
): string {
  if (type !== 'text' && type !== 'post') return '';
  const parsed: unknown = JSON.parse(content);
  if (!isRecord(parsed)) throw new Error('feishu message content is not an object');
  const names = namesByKey(mentions, ownId);
  const raw = type === 'text' ? String(parsed.text ?? '') : flattenPost(parsed, names);
  return replaceMentions(raw, names).trim();
}

/** The open_id of a mention: an object of ids in events, a plain string in messages read by the API. */
export function mentionedId(mention: WireMention): string | null {
  return (typeof mention.id === 'string' ? mention.id : mention.id?.open_id) || null;
}

/** What stands for each `@_user_1` key: `@Name`, or nothing for ourselves. */
function namesByKey(mentions: readonly WireMention[], ownId: string | null): ReadonlyMap<string, string> {
  const everyone: [string, string] = ['@_all', '@所有人'];
  return new Map([
    everyone,
    ...mentions.map((mention): [string, string] => {
      const own = ownId !== null && mentionedId(mention) === ownId;
      return [mention.key, own ? '' : `@${mention.key === '@_all' ? '所有人' : (mention.name ?? '')}`];
    }),
  ]);
}

/** Removing our own name takes the space after it along. */
function replaceMentions(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(/@_(?:user_\d+|all)( ?)/g, (whole, space: string) => {
    const name = names.get(whole.slice(0, whole.length - space.length));
    if (name === undefined) return whole;
    return name === '' ? '' : name + space;
  });
}

/** Received posts are bare; the wrapped shape (`{zh_cn: {…}}`) is what bots send and other APIs return. */
function flattenPost(content: JsonRecord, names: ReadonlyMap<string, string>): string {
  const post = Array.isArray(content.content)
    ? content
    : (recordField(content, 'zh_cn') ?? Object.values(content).find(isRecord));
  if (!post) return '';
  const paragraphs = Array.isArray(post.content) ? (post.content as readonly Json[]) : [];
  const lines = paragraphs.map((paragraph) =>
    (Array.isArray(paragraph) ? (paragraph as readonly Json[]) : [])
      .map((part) => (isRecord(part) ? flattenPart(part, names) : ''))
      .join(''),
  );
  const title = typeof post.title === 'string' && post.title !== '' ? [post.title] : [];
  return [...title, ...lines].join('\n');
}

function flattenPart(part: JsonRecord, names: ReadonlyMap<string, string>): string {
  const text = typeof part.text === 'string' ? part.text : '';
  switch (part.tag) {
    case 'text':
    case 'md':
    case 'code_block':
      return text;
    case 'a':
      return text || (typeof part.href === 'string' ? part.href : '');
    case 'at': {
      const key = typeof part.user_id === 'string' ? part.user_id : '';
      if (key === 'all') return '@所有人';
      return names.has(key) ? key : typeof part.user_name === 'string' ? `@${part.user_name}` : '';
    }
    default:
      return '';
  }
}
