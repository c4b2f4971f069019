/** `kf/sync_msg`: the only way to read; and the customers' base data for 48 hours. */
import { type ApiCall, text } from '../../platform/http-face.ts';
import { createQuota } from '../../platform/quota.ts';
import type { Core } from '../core.ts';
import { badParam, ok, type Reply, type Route, refuse, strings } from '../reply.ts';
import { HOURS_48, type KfBook } from './book.ts';
import type { Sessions } from './sessions.ts';

const MAX_ROWS = 1000;

/** Null when our app may read and write for the account; errors: wecom-kf.md §9. */
export function checkAccount({ world }: Core, book: KfBook, openKfId: string): Reply | null {
  if (openKfId === '') return badParam('open_kfid');
  if (!openKfId.startsWith('wk')) return refuse(95000, 'invalid open_kfid');
  const account = book.accounts.get(openKfId);
  if (!account) return refuse(95004, 'open_kfid not exist');
  if (!account.managed) return refuse(48007, 'no permission to use this open_kfid');
  const outside = [...account.staff.keys()].some((userid) => world.members.get(userid)?.visible !== true);
  return outside ? refuse(60030, 'servicer not in the visible range of the agent') : null;
}

export function createKfReadingApi(core: Core, book: KfBook, sessions: Sessions): Route[] {
  const { options, clock, journal, world } = core;
  const withoutToken = createQuota(options.syncWithoutToken, 60_000, clock.now);

  function sync({ body }: ApiCall): Reply {
    const openKfId = text(body.open_kfid);
    const refused = checkAccount(core, book, openKfId);
    if (refused) return refused;
    const token = text(body.token);
    if (token !== '' && !book.knowsToken(token, openKfId)) return refuse(95007, 'invalid msg token');
    if (token === '' && !withoutToken.take(openKfId)) {
      journal.complain('over_api_rate', 'kf/sync_msg without a token');
      return refuse(45009, 'api freq out of limit');
    }
    if (![undefined, 0, 1].includes(body.voice_format as number | undefined)) return badParam('voice_format');
    const limit = Math.min(Number(body.limit ?? MAX_ROWS) || MAX_ROWS, MAX_ROWS);
    const page = book.read(openKfId, text(body.cursor), limit);
    if (!page) return badParam('cursor');
    const msg_list = page.rows.map(({ json }) => json);
    return ok({ next_cursor: page.next, has_more: page.more ? 1 : 0, msg_list });
  }

  function batchGet({ body }: ApiCall): Reply {
    const ids = strings(body.external_userid_list);
    if (ids.length === 0 || ids.length > 100) return badParam('external_userid_list');
    const fresh = (at: number | null): boolean => at !== null && clock.now() - at <= HOURS_48;
    const recent = (id: string) =>
      sessions.all().find((one) => one.externalUserId === id && (fresh(one.enteredAt) || fresh(one.lastCustomerAt)));
    const known = ids.filter((id) => recent(id) !== undefined);
    const customer_list = known.map((id) => {
      const { name, gender, unionId } = world.customer(id);
      const { scene, sceneParam } = recent(id)?.context ?? { scene: '', sceneParam: '' };
      const context = { enter_session_context: { scene, scene_param: sceneParam } };
      const base = { external_userid: id, nickname: name, avatar: '', gender, unionid: unionId };
      return { ...base, ...(body.need_enter_session_context === 1 && context) };
    });
    return ok({ customer_list, invalid_external_userid: ids.filter((id) => !known.includes(id)) });
  }

  return [
    { method: 'POST', path: '/cgi-bin/kf/sync_msg', tokens: ['app'], answer: sync },
    { method: 'POST', path: '/cgi-bin/kf/customer/batchget', tokens: ['app'], answer: batchGet },
  ];
}
