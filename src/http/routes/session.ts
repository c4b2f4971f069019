/** `/api/session`: signing in, asking who one is, signing out. */
import type { Context } from 'koa';
import type { StaffRow } from '../../crm/rows/people.ts';
import { addressOf } from '../address.ts';
import { type SessionView, type SignInRefusal, signInBody } from '../contract/session.ts';
import { createAttempts } from '../sessions/attempts.ts';
import { clearToken, readToken, setToken } from '../sessions/cookie.ts';
import { isFromOwnPage } from '../sessions/own-page.ts';
import { foreignPage, refuse, type Words } from '../sessions/refuse.ts';
import { IDLE_MS, readActor } from '../sessions/require-staff.ts';
import { type SignInContext, type SignInResult, signInStaff } from '../sessions/sign-in.ts';
import { sessionId } from '../sessions/token.ts';

const REFUSALS: Readonly<Record<SignInRefusal, { readonly status: number; readonly words: Words }>> = {
  not_connected: { status: 404, words: ['没有接入', '这个平台没有接入聊单，或不支持在页面里登录。'] },
  sign_in: { status: 401, words: ['没有登录成功', '登录码已过期或已用过，请重新打开页面。'] },
  stranger: {
    status: 403,
    words: ['聊单还不认识你', '请管理员同步通讯录，或先给聊单机器人发一条消息，再重新打开页面。'],
  },
  inactive: { status: 403, words: ['你的账号已停用', '不能再使用聊单。如有疑问，请联系管理员。'] },
  too_many: { status: 429, words: ['登录失败的次数太多', '请一分钟后再试。'] },
  unavailable: { status: 502, words: ['平台暂时没有回应', '请稍后再试。'] },
};

export interface SessionRoutes {
  who(ctx: Context): Promise<void>;
  /** Wants the body that `readBody` read. */
  signIn(ctx: Context): Promise<void>;
  signOut(ctx: Context): Promise<void>;
  /** Signs in with a code that arrived in an address, and sets the cookie; the word says why not. */
  enter(ctx: Context, platform: string, code: string, webReturn: string | null): Promise<SignInRefusal | null>;
}

export function sessionRoutes(context: SignInContext): SessionRoutes {
  const { sessions, tenantId, publicUrl, now, look } = context;
  const attempts = createAttempts(now);

  async function attempt(
    ctx: Context,
    platform: string,
    code: string,
    webReturn: string | null = null,
  ): Promise<SignInResult> {
    const address = addressOf(ctx);
    if (!attempts.mayTry(address)) return { ok: false, reason: 'too_many' };
    const result = await signInStaff(context, platform, code, webReturn);
    if (result.ok || result.reason !== 'sign_in') attempts.forgive(address);
    // What was signed in here before is over: a browser holds one session.
    if (result.ok) await forget(ctx);
    if (result.ok) setToken(ctx, result.token, IDLE_MS, publicUrl);
    return result;
  }

  const logins = () => context.channels.flatMap(({ channel: { platform, webLogin } }) => (webLogin ? [platform] : []));

  async function forget(ctx: Context): Promise<void> {
    const token = readToken(ctx);
    if (token) await sessions.remove(tenantId, sessionId(token));
  }

  return {
    async who(ctx) {
      const actor = await readActor(ctx, context);
      const staff = actor && (await look((tx) => tx.staff.get(actor.staffId)));
      answer(ctx, staff, staff ? [] : logins());
    },
    async signIn(ctx) {
      if (!isFromOwnPage(ctx, publicUrl)) return refuseForeign(ctx);
      const body = signInBody.safeParse(parseJson(ctx.state['body'] as Buffer));
      if (!body.success) return refuse(ctx, 400, 'bad_request', ['请求不完整', '请求里没有平台和登录码。']);
      const result = await attempt(ctx, body.data.platform, body.data.code);
      if (result.ok) return answer(ctx, result.staff);
      const { status, words } = REFUSALS[result.reason];
      return refuse(ctx, status, result.reason, words);
    },
    async signOut(ctx) {
      if (!isFromOwnPage(ctx, publicUrl)) return refuseForeign(ctx);
      await forget(ctx);
      clearToken(ctx, publicUrl);
      ctx.status = 204;
    },
    async enter(ctx, platform, code, webReturn) {
      const result = await attempt(ctx, platform, code, webReturn);
      return result.ok ? null : result.reason;
    },
  };
}

function refuseForeign(ctx: Context): void {
  refuse(ctx, 403, 'forbidden', foreignPage);
}

function answer(ctx: Context, staff: StaffRow | null, logins: readonly string[] = []): void {
  ctx.set('Cache-Control', 'no-store');
  ctx.body = { staff: staff && { id: staff.id, name: staff.name, role: staff.role }, logins } satisfies SessionView;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
