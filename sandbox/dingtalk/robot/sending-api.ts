/** Sending by API: to people, to groups, and taking it back (dingtalk.md §3.3). 200 does not mean that anybody got it. */
import { type ApiCall, text } from '../../platform/http-face.ts';
import type { Core } from '../core.ts';
import { ok, type Reply, type Route, refuse, strings } from '../reply.ts';
import type { Message } from '../world.ts';
import { fromSample, type Sent } from './formats.ts';

const MAX_PEOPLE = 20;
const MAX_PARAM_BYTES = 15_000;
const RECALL_MS = 24 * 3600_000;

export function createSendingApi(core: Core): Route[] {
  const { world, options, random, clock, misbehaviour, journal, pictures } = core;

  function readBody(body: ApiCall['body']): Sent | Reply {
    if (text(body.robotCode) === '') return refuse('invalidParameter.robotCode.empty', 'robotCode 不能为空');
    if (body.robotCode !== options.robotCode) return refuse('invalidParameter.robotCode.notExsit', '机器人不存在');
    if (text(body.msgKey) === '') return refuse('invalidParameter.msgKey.empty', 'msgKey 不能为空');
    const param = text(body.msgParam);
    if (Buffer.byteLength(param) > MAX_PARAM_BYTES) return refuse('invalidParameter.msgParam.tooLong', 'msgParam 过长');
    const sent = fromSample(text(body.msgKey), param);
    if (typeof sent !== 'string') return unknownPicture(sent) ?? sent;
    journal.complain('bad_request', `${text(body.msgKey)}: ${sent}`);
    return sent === 'unknown_key'
      ? refuse('invalidParameter.msgKey.invalid', 'msgKey 无效')
      : refuse('invalidParameter.msgParam.invalid', 'msgParam 无效');
  }

  function unknownPicture(sent: Sent): Reply | null {
    if (sent.type !== 'picture' || /^https?:/.test(sent.body.title) || pictures.bytes(sent.body.title)) return null;
    journal.complain('bad_request', 'an image that nobody uploaded');
    return refuse('invalidParameter.msgParam.invalid', 'msgParam 无效');
  }

  function publish(conversationId: string, sent: Sent, queryKey: string): void {
    if (sent.type === 'empty') return;
    const sender = { kind: 'bot' as const, userId: options.robotCode };
    world.addMessage({ conversationId, sender, type: sent.type, body: sent.body, queryKey });
  }

  function toPeople({ body }: ApiCall): Reply {
    const sent = readBody(body);
    if ('status' in sent) return sent;
    const userIds = strings(body.userIds);
    if (userIds.length === 0) return refuse('invalidParameter.userIds.empty', 'userIds 不能为空');
    if (userIds.length > MAX_PEOPLE) return refuse('invalidParameter.userIds.overMax', 'userIds 超过上限');
    const processQueryKey = random.hex(32);
    const reachable = (id: string): boolean => {
      const person = world.people.get(id);
      return person?.internal === true && !person.departed;
    };
    const invalidStaffIdList = userIds.filter((id) => !reachable(id));
    const good = userIds.filter(reachable);
    const held = misbehaviour.takeHiddenFailure();
    if (!held) for (const id of good) publish(world.p2pChat(id).conversationId, sent, processQueryKey);
    return ok({ processQueryKey, invalidStaffIdList, flowControlledStaffIdList: held ? good : [] });
  }

  function toGroup({ body }: ApiCall): Reply {
    const sent = readBody(body);
    if ('status' in sent) return sent;
    const id = text(body.openConversationId);
    if (id === '') return refuse('miss.openConversationId', '缺少 openConversationId');
    const chat = world.chats.get(id);
    if (chat?.kind !== 'group') return refuse('invalid.openConversationId', 'openConversationId 无效');
    if (chat.dissolved) return refuse('group.disbanded', '群已解散');
    if (!chat.botIn) return refuse('resource.not.found', '机器人不在群内');
    const processQueryKey = random.hex(32);
    if (!misbehaviour.takeHiddenFailure()) publish(id, sent, processQueryKey);
    return ok({ processQueryKey });
  }

  function recall({ body }: ApiCall): Reply {
    const keys = strings(body.processQueryKeys);
    const successResult: string[] = [];
    const failedResult: Record<string, string> = {};
    for (const key of keys) {
      const messages = [...world.messages.values()].filter(({ queryKey }) => queryKey === key);
      if (messages.length === 0 || messages.some(tooOld)) failedResult[key] = 'processQueryKey已失效';
      else successResult.push(key);
      if (!(key in failedResult)) for (const message of messages) message.recalled = true;
    }
    journal.touch();
    return ok({ successResult, failedResult });
  }

  const tooOld = ({ createdAt }: Message): boolean => clock.now() - createdAt > RECALL_MS;

  const route = (path: string, answer: Route['answer']): Route => ({
    method: 'POST',
    path: `/api/v1.0/robot/${path}`,
    auth: 'token',
    scope: 'qyapi_robot_sendmsg',
    meter: 'openApi',
    answer,
  });
  return [
    route('oToMessages/batchSend', toPeople),
    route('groupMessages/send', toGroup),
    route('otoMessages/batchRecall', recall),
    route('groupMessages/recall', recall),
  ];
}
