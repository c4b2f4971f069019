/** What the platform checks before it makes a card (dingtalk.md §4.1), and what it would only show badly. */
import { text } from '../../platform/http-face.ts';
import { asObject, type JsonObject, listOf } from '../../platform/json.ts';
import type { Core } from '../core.ts';
import { type Reply, refuse } from '../reply.ts';
import { type Params, paramsOf } from './cards.ts';
import { buttonFault } from './face.ts';

const MAX_REQUEST = 100 * 1024;
const MAX_KEY = 100;
const MAX_TRACK_ID = 100;

/** The new card's parts, or the refusal. */
export function checkNewCard(core: Core, body: JsonObject): { params: Params; own: Map<string, Params> } | Reply {
  const outTrackId = text(body.outTrackId);
  if (outTrackId === '') return fault(core, 'param.outTrackIdEmpty', 'outTrackId');
  if (outTrackId.length > MAX_TRACK_ID) return fault(core, 'param.invalid', 'outTrackId is longer than 100');
  if (text(body.cardTemplateId) === '') return fault(core, 'param.cardTemplateIdEmpty', 'cardTemplateId');
  const template = core.cards.templates.get(text(body.cardTemplateId));
  if (!template) return refuse('param.templateNotExist', '卡片模板不存在');
  if (!template.published) return refuse('param.templateUnpublished', '卡片模板未发布');
  const type = body.callbackType;
  if (type !== undefined && type !== 'STREAM' && type !== 'HTTP') return fault(core, 'param.invalid', 'callbackType');
  if (type === 'HTTP' && !core.cardRoutes.has(text(body.callbackRouteKey))) {
    return fault(core, 'param.invalid', 'callbackRouteKey is not registered');
  }
  if (body.cardData === undefined) return fault(core, 'param.cardPublicDataEmpty', 'cardData');
  return checkData(core, body, template.variables);
}

/** `cardData` and `privateData` of a new card or an update. */
export function checkData(
  core: Core,
  body: JsonObject,
  variables: readonly string[] | null,
): { params: Params; own: Map<string, Params> } | Reply {
  if (Buffer.byteLength(JSON.stringify(body)) > MAX_REQUEST) return fault(core, 'param.invalid', 'more than 100 KB');
  const params = body.cardData === undefined ? {} : paramsOf(body.cardData);
  if (!params) return fault(core, 'param.invalid', 'cardParamMap takes strings only');
  if (Object.keys(params).some((key) => Buffer.byteLength(key) > MAX_KEY))
    return fault(core, 'param.invalid', 'a long key');
  const own = new Map<string, Params>();
  for (const [id, data] of Object.entries(asObject(body.privateData) ?? {})) {
    const person = personOf(core, id, body.userIdType === 2);
    const theirs = paramsOf(data);
    if (person === null) return refuse('param.userIdNotExist', '用户不存在');
    if (!theirs) return fault(core, 'param.invalid', 'privateData takes strings only');
    own.set(person, theirs);
  }
  for (const shown of [params, ...own.values()]) lookOver(core, shown, variables);
  return { params, own };
}

/** Complaints about what nobody would see. */
export function lookOver(core: Core, params: Params, variables: readonly string[] | null): void {
  const broken = buttonFault(params);
  if (broken) core.journal.complain('invalid_card', broken);
  const unknown = Object.keys(params).filter((name) => variables !== null && !variables.includes(name));
  if (unknown.length > 0) core.journal.complain('invalid_card', `the template has no ${unknown.join(', ')}`);
}

/** userId of the person that an id of this kind means; null when there is none. */
export function personOf(core: Core, id: string, byUnionId: boolean): string | null {
  const people = [...core.world.people.values()];
  return people.find((person) => (byUnionId ? person.unionId : person.userId) === id)?.userId ?? null;
}

export interface Space {
  readonly type: string;
  readonly id: string;
}

const SPACES = /^dtv1\.card\/\/[A-Za-z_]+\.[^;]+(;[A-Za-z_]+\.[^;]+)*$/;
const MODELS: Readonly<Record<string, readonly [space: string, deliver: string]>> = {
  IM_GROUP: ['imGroupOpenSpaceModel', 'imGroupOpenDeliverModel'],
  IM_ROBOT: ['imRobotOpenSpaceModel', 'imRobotOpenDeliverModel'],
};

/** The places of `openSpaceId`, or the refusal when one lacks the models it needs. */
export function checkSpaces(core: Core, body: JsonObject): readonly Space[] | Reply {
  const id = text(body.openSpaceId);
  if (id === '') return fault(core, 'param.openSpaceIdEmpty', 'openSpaceId');
  if (!SPACES.test(id) || id.length > 1000) return fault(core, 'param.openSpaceIdInvalid', 'openSpaceId');
  const spaces = id
    .slice('dtv1.card//'.length)
    .split(';')
    .map((part) => ({ type: part.slice(0, part.indexOf('.')).toUpperCase(), id: part.slice(part.indexOf('.') + 1) }));
  for (const { type } of spaces) {
    const models = MODELS[type];
    if (!models) return fault(core, 'param.openSpaceIdInvalid', `${type} is not emulated`);
    const [space, deliver] = models.map((name) => asObject(body[name]));
    if (space && typeof space.supportForward !== 'boolean')
      return fault(core, 'param.openSpaceModelInvalid', 'supportForward');
    if (!deliver) return fault(core, 'param.openDeliverModelEmpty', models[1]);
    if (type === 'IM_GROUP' && text(deliver.robotCode) === '')
      return fault(core, 'param.openDeliverModelError', 'robotCode');
    if (type === 'IM_ROBOT' && (!space || deliver.spaceType !== 'IM_ROBOT')) {
      return fault(core, 'param.openDeliverModelError', 'IM_ROBOT needs its space model and spaceType');
    }
  }
  return spaces;
}

/** Who sees a card in a group; null: everybody. */
export function recipientsOf(body: JsonObject): string[] | null {
  const ids = listOf(asObject(body.imGroupOpenDeliverModel), 'recipients').filter((id) => typeof id === 'string');
  return ids.length > 0 ? ids : null;
}

export function fault(core: Core, code: string, detail: string): Reply {
  core.journal.complain('invalid_card', `${code}: ${detail}`);
  return refuse(code, '参数错误');
}
