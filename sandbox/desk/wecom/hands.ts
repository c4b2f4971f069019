/** Speaking and tapping in WeCom. */
import type { WecomEmulator } from '../../wecom/index.ts';
import { done, type Outcome, refuse } from '../outcome.ts';
import type { CardTap, Words } from '../platform.ts';
import { nameIn, placeOf, type Scene } from './scene.ts';
import { TAP_REFUSALS } from './words.ts';

export function sayIn(scene: Scene, { chatId, personId, text, toBot, copies }: Words): Outcome {
  const { platform, state, addressed } = scene;
  const place = placeOf(scene, platform.world.chat(chatId));
  if (!place) return refuse(404, '没有这个会话。');
  const { kind, chat, session, customerId, withBot } = place;
  if (!place.speakerIds.includes(personId)) {
    const waits = kind === 'service' && platform.world.members.has(personId);
    return refuse(409, waits ? `会话没有分配给${nameIn(scene, personId)}，他不能在这里说话。` : '这个人不在会话里。');
  }
  const flaws = copies > 1 ? { flaws: { copies } } : {};
  const speak = () => {
    if (withBot) return platform.sayToBot(personId, text, copies > 1 ? { botFlaws: { copies } } : {});
    if (kind === 'direct') return platform.sayToApp(personId, text, flaws);
    if (kind === 'service' && customerId) {
      const account = session?.openKfId ?? scene.company.service;
      return personId === customerId
        ? platform.kf.customerSays(customerId, account, text, flaws)
        : platform.kf.staffAnswers(personId, customerId, account, text, flaws);
    }
    if (kind === 'team' && toBot) {
      const said = platform.mentionBot(personId, chat, text, copies > 1 ? { botFlaws: { copies } } : {});
      addressed.add(said.messageId);
      return said;
    }
    return platform.say(personId, chat, text);
  };
  const { messageId, delivery } = speak();
  state.deliveries.set(messageId, delivery);
  return done({ notice: null, chatId });
}

/** A tap is answered with nothing: what it came to is seen on the card, a moment later. */
export async function tapOn(
  platform: WecomEmulator,
  { personId, messageId, value, values }: CardTap,
): Promise<Outcome> {
  if (!platform.world.members.has(personId)) return refuse(404, '没有这个人。');
  const result = await platform.tap(personId, messageId, String(value.key), values);
  if (result.ok) return done({ notice: null, chatId: platform.world.message(messageId).chatId });
  if (result.reason !== 'not_delivered')
    return done({ notice: { tone: 'warning', text: TAP_REFUSALS[result.reason] } });
  return done({ notice: { tone: 'error', text: '点了没有反应：聊单没有收到，请再点一次。' } });
}
