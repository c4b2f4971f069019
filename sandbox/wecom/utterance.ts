/** What people say, in one shape for all channels, and how it looks when it is copied out of a chat. */
import type { JsonObject } from '../platform/json.ts';
import type { Message, World } from './world.ts';
import type { XmlFields } from './xml.ts';

/** Plain words, a picture, a file, a place, a link, or any type with the object named after it. */
export type Utterance =
  | string
  | { readonly image: string }
  | { readonly voice: string }
  | { readonly video: string }
  | { readonly file: string }
  | { readonly location: { readonly latitude: number; readonly longitude: number; readonly label: string } }
  | { readonly link: { readonly title: string; readonly description: string; readonly url: string } }
  | { readonly type: string; readonly body: JsonObject };

export function contentOf(what: Utterance): { readonly type: string; readonly body: JsonObject } {
  if (typeof what === 'string') return { type: 'text', body: { content: what } };
  if ('type' in what) return what;
  if ('image' in what) return { type: 'image', body: { media_id: what.image } };
  if ('voice' in what) return { type: 'voice', body: { media_id: what.voice } };
  if ('video' in what) return { type: 'video', body: { media_id: what.video } };
  if ('file' in what) return { type: 'file', body: { media_id: what.file } };
  if ('location' in what) return { type: 'location', body: what.location };
  return { type: 'link', body: what.link };
}

/** Own fields of a message to the app (wecom.md §2.1); null for types that an app never receives, files and records among them. */
export function toXml(type: string, body: JsonObject): XmlFields | null {
  const MediaId = String(body.media_id ?? '');
  if (type === 'text') return { Content: String(body.content) };
  if (type === 'image') return { PicUrl: `https://wework.qpic.cn/wwpic/${MediaId}/0`, MediaId };
  if (type === 'voice') return { MediaId, Format: 'amr' };
  if (type === 'video') return { MediaId, ThumbMediaId: MediaId };
  if (type === 'location') {
    const { latitude, longitude, label } = body;
    return {
      ...{ Location_X: Number(latitude), Location_Y: Number(longitude), Scale: 15 },
      ...{ Label: String(label), AppType: 'wxwork' },
    };
  }
  if (type !== 'link') return null;
  return { Title: String(body.title), Description: String(body.description), Url: String(body.url), PicUrl: '' };
}

/** Marked messages as the clipboard holds them: name and time, then the words. */
export function pasted(world: World, messages: readonly Message[]): string {
  return messages
    .map((message) => `${nameOf(world, message)} ${when(message.createdAt)}\n${words(message)}`)
    .join('\n\n');
}

export function nameOf(world: World, { sender }: Message): string {
  return sender.kind === 'person' ? world.person(sender.id).name : '聊单';
}

export const words = ({ type, body }: Message): string =>
  typeof body.content === 'string' ? body.content : `[${LABELS[type] ?? '消息'}]`;

const LABELS: Readonly<Record<string, string>> = {
  image: '图片',
  voice: '语音',
  video: '视频',
  file: '文件',
  link: '链接',
};

function when(at: number): string {
  const parts = new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return parts.format(at);
}
