/** DingTalk's cards for the page: the public template as each person sees it, and messages with links as they are. */
import { faceOf, type Params } from '../../dingtalk/cards/cards.ts';
import { buttonsOf } from '../../dingtalk/cards/face.ts';
import type { Link } from '../../dingtalk/robot/formats.ts';
import type { Message } from '../../dingtalk/world.ts';
import type { CardJson } from '../view.ts';
import { nameIn, type Scene } from './scene.ts';

export interface ShownMessageCard {
  readonly card: CardJson;
  readonly summary: string;
  readonly updates: number;
}

/** Null for messages that are words. */
export function cardIn(scene: Scene, message: Message): ShownMessageCard | null {
  const { type, body, outTrackId, onlyFor } = message;
  if (type === 'actionCard' || type === 'link') {
    const { title, words, links } = body as { title: string; words: string; links: readonly Link[] };
    const buttons = links.map(({ label }) => ({ control: label, text: label, opens: true }));
    return { card: { title, markdown: words, tips: '', buttons, own: {}, onlyFor: [] }, summary: title, updates: 0 };
  }
  const card = outTrackId === null ? undefined : scene.platform.cards.instances.get(outTrackId);
  if (!card) return null;
  const own = Object.fromEntries([...card.own.keys()].map((userId) => [userId, faceView(faceOf(card, userId))]));
  const face = faceView(card.params);
  const names = (onlyFor ?? []).map((id) => nameIn(scene, id));
  return { card: { ...face, own, onlyFor: names }, summary: face.title || '卡片', updates: card.updates };
}

function faceView(params: Params) {
  const { title = '', markdown = '', tips = '' } = params;
  const buttons = buttonsOf(params).map(({ id, label, url, color }) => ({
    control: id || label,
    text: label,
    strong: color === 'blue',
    opens: url !== null,
  }));
  return { title, markdown, tips, buttons };
}
