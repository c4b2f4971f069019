/** Cards by API: create, deliver, both at once, update, and where their HTTP callbacks go (dingtalk.md §4). */
import { type ApiCall, text } from '../../platform/http-face.ts';
import { asObject, type JsonObject } from '../../platform/json.ts';
import type { Core } from '../core.ts';
import { ok, type Reply, type Route, refuse } from '../reply.ts';
import { checkData, checkNewCard, checkSpaces, fault, personOf, recipientsOf, type Space } from './card-check.ts';
import { type Card, merged } from './cards.ts';

export function createCardsApi(core: Core): Route[] {
  const { world, cards, clock, journal, random, options, misbehaviour, cardRoutes } = core;

  /** A card that is there stays as it is: a second creation changes nothing (dingtalk.md §4.7, our reading). */
  function make(body: JsonObject): Card | Reply {
    const parts = checkNewCard(core, body);
    if ('status' in parts) return parts;
    const outTrackId = text(body.outTrackId);
    const known = cards.instances.get(outTrackId);
    if (known) return known;
    const callbackType = body.callbackType === 'STREAM' || body.callbackType === 'HTTP' ? body.callbackType : null;
    const card: Card = {
      outTrackId,
      templateId: text(body.cardTemplateId),
      callbackType,
      routeKey: text(body.callbackRouteKey) || null,
      userIdType: body.userIdType === 2 ? 2 : 1,
      ...parts,
      createdAt: clock.now(),
      updatedAt: clock.now(),
      updates: 0,
      openTaps: 0,
    };
    cards.instances.set(outTrackId, card);
    return card;
  }

  /** The chat a space stands for, or why it cannot be delivered there: an error that HTTP 200 hides. */
  function placeOf({ type, id }: Space, body: JsonObject, card: Card): string | { errorMsg: string } {
    if (type === 'IM_ROBOT') {
      const userId = personOf(core, id, card.userIdType === 2);
      const person = userId === null ? null : world.person(userId);
      return person?.internal && !person.departed
        ? world.p2pChat(person).conversationId
        : { errorMsg: 'user is not in the org of the robot' };
    }
    const chat = world.chats.get(id);
    if (asObject(body.imGroupOpenDeliverModel)?.robotCode !== options.robotCode) return { errorMsg: 'robot not exist' };
    if (chat?.kind !== 'group') return { errorMsg: 'openConversationId is invalid' };
    return chat.botIn && !chat.dissolved ? chat.conversationId : { errorMsg: 'robot is not in the group' };
  }

  function bring(card: Card, spaces: readonly Space[], body: JsonObject): JsonObject[] {
    const hidden = misbehaviour.takeHiddenFailure();
    return spaces.map((space) => {
      const base = { spaceType: space.type, spaceId: space.id };
      const place = hidden ? { errorMsg: 'system error' } : placeOf(space, body, card);
      if (typeof place !== 'string') return { ...base, success: false, carrierId: '', ...place };
      const carrierId = random.hex(32);
      const { outTrackId } = card;
      const shown = [...world.messages.values()].some(
        (message) => message.outTrackId === outTrackId && message.conversationId === place,
      );
      const sender = { kind: 'bot' as const, userId: options.robotCode };
      const onlyFor = space.type === 'IM_GROUP' ? recipientsOf(body) : null;
      const message = {
        conversationId: place,
        sender,
        type: 'card',
        body: {},
        queryKey: carrierId,
        outTrackId,
        onlyFor,
      };
      if (!shown) world.addMessage(message);
      return { ...base, success: true, carrierId, errorMsg: '' };
    });
  }

  function create({ body }: ApiCall): Reply {
    const card = make(body);
    return 'status' in card ? card : ok({ success: true, result: card.outTrackId });
  }

  function deliver({ body }: ApiCall): Reply {
    const card = cards.instances.get(text(body.outTrackId));
    if (!card) return refuse('param.cardNotExist', '卡片不存在');
    const withSpace = { imRobotOpenSpaceModel: { supportForward: false }, ...body };
    const spaces = checkSpaces(core, withSpace);
    return 'status' in spaces ? spaces : ok({ success: true, result: bring(card, spaces, body) });
  }

  function createAndDeliver({ body }: ApiCall): Reply {
    const spaces = checkSpaces(core, body);
    if ('status' in spaces) return spaces;
    const card = make(body);
    if ('status' in card) return card;
    const { outTrackId } = card;
    return ok({ success: true, result: { outTrackId, deliverResults: bring(card, spaces, body) } });
  }

  function update({ body }: ApiCall): Reply {
    if (text(body.outTrackId) === '') return fault(core, 'param.outTrackIdEmpty', 'outTrackId');
    const card = cards.instances.get(text(body.outTrackId));
    if (!card) return refuse('param.cardNotExist', '卡片不存在');
    if (body.cardData === undefined && body.privateData === undefined) {
      return fault(core, 'param.cardDataAndPrivateDataBothEmpty', 'neither cardData nor privateData');
    }
    const parts = checkData(core, body, cards.templates.get(card.templateId)?.variables ?? null);
    if ('status' in parts) return parts;
    if (card.openTaps > 0) {
      // The guide forbids it without saying what happens (dingtalk.md §0.5); a refusal is the safe reading.
      journal.complain('racing_update', `PUT of ${card.outTrackId} while a tap on it waits for its answer`);
      return refuse('system.busy', '系统繁忙', 500);
    }
    const how = asObject(body.cardUpdateOptions);
    if (body.cardData !== undefined) card.params = merged(card.params, parts.params, how?.updateCardDataByKey === true);
    for (const [userId, own] of parts.own) {
      card.own.set(userId, merged(card.own.get(userId) ?? {}, own, how?.updatePrivateDataByKey === true));
    }
    card.updates += 1;
    card.updatedAt = clock.now();
    journal.touch();
    return ok({ success: true, result: true });
  }

  function register({ body }: ApiCall): Reply {
    const [key, url] = [text(body.callbackRouteKey), text(body.callbackUrl)];
    if (key === '') return refuse('param.callbackRouteKeyEmpty');
    if (url === '') return refuse('param.callbackUrlEmpty');
    if (cardRoutes.has(key) && body.forceUpdate !== true) return refuse('param.callbackRouteKeyExist', '已存在', 500);
    const apiSecret = text(body.apiSecret) || null;
    cardRoutes.set(key, { url, apiSecret });
    return ok({ success: true, result: { callbackUrl: url, apiSecret } });
  }

  const route = (method: 'POST' | 'PUT', path: string, answer: Route['answer']): Route => ({
    method,
    path: `/api/v1.0/card/${path}`,
    auth: 'token',
    scope: 'Card.Instance.Write',
    meter: 'openApi',
    answer,
  });
  return [
    route('POST', 'instances', create),
    route('POST', 'instances/deliver', deliver),
    route('POST', 'instances/createAndDeliver', createAndDeliver),
    route('PUT', 'instances', update),
    route('POST', 'callbacks/register', register),
  ];
}
