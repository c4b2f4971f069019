/** Answers at a session webhook: HTTP 200 whatever happens, the code inside tells. */
import { type ApiCall, text } from '../../platform/http-face.ts';
import type { Core } from '../core.ts';
import { okOld, type Reply, type Route, refuseOld } from '../reply.ts';
import { fromWebhook } from './formats.ts';

const FORMATS = ['text', 'markdown', 'actionCard', 'link', 'empty'];

export function createSessionApi(core: Core): Route[] {
  const { journal, clock, sessions, world, misbehaviour } = core;

  function send({ query, body }: ApiCall): Reply {
    const session = sessions.find(text(query.session));
    if (!session || session.expiresAt <= clock.now()) {
      journal.complain(
        'dead_session',
        session ? 'a session webhook after its 90 minutes' : 'an unknown session webhook',
      );
      return refuseOld(300001, 'session 不存在');
    }
    if (world.chat(session.conversationId).dissolved) return refuseOld(400013, '群已被解散');
    if (!FORMATS.includes(text(body.msgtype))) return refuseOld(400105, '不支持的消息类型');
    const sent = fromWebhook(body);
    if (!sent) {
      journal.complain('bad_request', `sendBySession: ${text(body.msgtype)} without the fields it needs`);
      return refuseOld(40035, '缺少参数 json');
    }
    if (sent.type !== 'empty' && !misbehaviour.takeHiddenFailure()) {
      const sender = { kind: 'bot' as const, userId: core.options.robotCode };
      world.addMessage({ conversationId: session.conversationId, sender, type: sent.type, body: sent.body });
    }
    return okOld();
  }

  return [{ method: 'POST', path: '/oapi/robot/sendBySession', auth: 'none', meter: 'stream', answer: send }];
}
