/** What the bot's refusals mean for an order. */
import { DeliveryError } from '../../../src/channel/delivery.ts';
import { ApiFailure } from '../api-failure.ts';
import { toDeliveryError } from '../errors.ts';

/** The request id belongs to another connection, or to an event. [NousResearch/hermes-agent#52820] */
const staleRequest = 846605;
/** The stream is older than six minutes. [sunnoy/openclaw-plugin-wecom#107] */
const staleStream = 846608;
/** This task_id was used before; ours are made from the order's key, so the card is out already. [D:90236] */
export const usedTaskId = 42014;

/** Nobody has talked to the bot there, or it is not in the group. */
export const strangeChat = '40058';

/** True when the words must go out as a message of their own instead of as an answer. */
export const isStale = (code: number): boolean => code === staleRequest || code === staleStream;

export function refusal(code: number): DeliveryError {
  if (String(code) === strangeChat) {
    const say = '智能机器人不能发到这里：对方要先和机器人说过话，群里要先 @ 过它。（40058）';
    return new DeliveryError('permanent', strangeChat, say);
  }
  return toDeliveryError(ApiFailure.of({ errcode: code }));
}

/** `throttled`: waiting for the connection is no attempt of this order. */
export const notConnected = (): DeliveryError =>
  new DeliveryError('throttled', 'bot_offline', '智能机器人现在没有连上，稍后再发。', 3_000);

/** Whoever has the connection soon claims it: this is for the two to take turns. */
export const connectedElsewhere = (): DeliveryError =>
  new DeliveryError('throttled', 'bot_elsewhere', '智能机器人连在另一台服务器上，由它来发。', 300);

export const noUpload = (): DeliveryError =>
  new DeliveryError('retryable', 'no_upload', '图片没有传到企业微信，稍后会再试。');

export const noAnswer = (): DeliveryError =>
  new DeliveryError('retryable', 'no_answer', '智能机器人的长连接断开，不知道是否已送达，稍后会再试。');

export const tooMany = (waitMs: number): DeliveryError =>
  new DeliveryError('throttled', 'local_limit', '这个会话的机器人消息已到每分钟 30 条的上限，稍后再发。', waitMs);
