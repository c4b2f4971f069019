/** The two calls that make and change a card. HTTP 200 with `success` can still mean that nobody got it. */
import type { Card } from '../../src/channel/card.ts';
import { type Address, DeliveryError } from '../../src/channel/delivery.ts';
import { ApiFailure } from './api-failure.ts';
import { drawCardParams } from './cards.ts';
import { field, type JsonRecord, recordField, recordsField, textField } from './json.ts';
import type { LinkDrawer } from './page-address.ts';
import type { DingtalkSettings } from './settings.ts';
import { clip } from './text.ts';

export interface CardCalls {
  /**
   * Makes the card and brings it there; the same `outTrackId` again makes no second card. `failedWith`: how the attempt
   * before ended. Rejects with ApiFailure or DeliveryError.
   */
  create(outTrackId: string, to: Address, card: Card, failedWith?: string): Promise<void>;
  /** Gives the card a new face. Rejects with ApiFailure or DeliveryError. */
  update(outTrackId: string, card: Card): Promise<void>;
}

/** `DingtalkClient.api`, or the same behind the limiter. */
export type Call = (method: 'POST' | 'PUT', path: string, body: JsonRecord) => Promise<JsonRecord>;

/** What `deliverResults[].errorMsg` says, where it tells that trying again is of no use. */
const hopeless: readonly (readonly [words: RegExp, say: string])[] = [
  [/robot is not in the group|机器人不在/i, '机器人不在这个群里：请先把机器人加进群。'],
  [/robot not exist|机器人不存在/i, '机器人不属于这个应用：请核对 DINGTALK_ROBOT_CODE。'],
  [/not in the org|user.*not exist|用户不存在/i, '这个人不在企业里，或已离职。'],
  [/openConversationId is invalid/i, '钉钉里没有这个群。'],
];
/** The shape of creation and update: dingtalk.md §4.1, §4.2. */
export const updatePath = '/v1.0/card/instances';
/** Made, but not brought to anybody: a second creation would change nothing. */
const notDelivered = 'not_delivered';

/** `call` waits its turn; `callNow` does not, because who updates has waited before looking whether the card is free. */
export function createCardCalls(settings: DingtalkSettings, call: Call, callNow: Call, linkOf: LinkDrawer): CardCalls {
  async function create(outTrackId: string, to: Address, card: Card, failedWith?: string): Promise<void> {
    const place = placeOf(to, card, settings.robotCode);
    try {
      const reply = await call('POST', '/v1.0/card/instances/createAndDeliver', {
        cardTemplateId: settings.templateId,
        outTrackId,
        // Taps come over the stream in webhook mode as well: it needs no address and no registration.
        callbackType: 'STREAM',
        cardData: { cardParamMap: drawCardParams(card, linkOf) },
        userIdType: 1,
        ...place,
      });
      const result = recordField(reply, 'result');
      checkDelivered(result ? recordsField(result, 'deliverResults') : []);
    } catch (error) {
      if (!(error instanceof ApiFailure) || !error.is('param.cardAlreadyExist')) throw error;
      // An attempt before this one made it. Where that one reached nobody it has yet to be brought there.
      if (failedWith !== notDelivered) return;
      const reply = await call('POST', '/v1.0/card/instances/deliver', { outTrackId, userIdType: 1, ...place });
      checkDelivered(recordsField(reply, 'result'));
    }
  }

  function checkDelivered(results: readonly JsonRecord[]): void {
    const failed = results.find((result) => field(result, 'success') !== true);
    if (results.length > 0 && !failed) return;
    const words = (failed && textField(failed, 'errorMsg')) ?? '';
    const known = hopeless.find(([pattern]) => pattern.test(words));
    if (known) throw new DeliveryError('permanent', notDelivered, known[1]);
    throw new DeliveryError('retryable', notDelivered, '钉钉建好了卡片，但没有送到，稍后会再试。');
  }

  return {
    create,
    async update(outTrackId, card) {
      const reply = await callNow('PUT', updatePath, {
        outTrackId,
        cardData: { cardParamMap: drawCardParams(card, linkOf) },
        cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
        userIdType: 1,
      });
      if (field(reply, 'result') === false) {
        throw new DeliveryError('retryable', 'not_updated', '钉钉没有更新卡片，稍后会再试。');
      }
    },
  };
}

function placeOf({ kind, id }: Address, card: Card, robotCode: string): JsonRecord {
  const words = clip(card.summary || card.title, 100);
  const space = {
    supportForward: false,
    lastMessageI18n: { ZH_CN: words },
    notification: { alertContent: words, notificationOff: false },
  };
  return kind === 'person'
    ? {
        openSpaceId: `dtv1.card//IM_ROBOT.${id}`,
        imRobotOpenSpaceModel: space,
        imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode },
      }
    : {
        openSpaceId: `dtv1.card//IM_GROUP.${id}`,
        imGroupOpenSpaceModel: space,
        imGroupOpenDeliverModel: { robotCode },
      };
}
