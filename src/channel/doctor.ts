/** What a platform's setup doctor is asked, and how it says what it found. */

/** One thing that was looked at. */
export interface Finding {
  /** What was looked at: a short name, Chinese. */
  readonly check: string;
  /** `unknown`: it cannot be told from here, or it is something optional that is not in use. */
  readonly state: 'good' | 'bad' | 'unknown';
  /** What was seen, Chinese; never a secret. */
  readonly detail: string;
  /** What to do, in order, Chinese; null when nothing needs doing. */
  readonly remedy: string | null;
}

export interface DoctorAsk {
  /** Where platforms reach us, without a slash at the end; null when it was not said. */
  readonly publicUrl: string | null;
  /** The platform's id of a person who gets a test message; null: nothing is sent. */
  readonly testMessageTo: string | null;
}

/**
 * Looks at one thing after the other, and at nothing that hangs on something found broken. Never rejects. It takes no
 * connection and no event away from a server that runs with the same account.
 */
export type Doctor = (ask: DoctorAsk) => AsyncIterable<Finding>;

export const good = (check: string, detail: string): Finding => ({ check, state: 'good', detail, remedy: null });
export const bad = (check: string, detail: string, remedy: string): Finding => ({
  check,
  state: 'bad',
  detail,
  remedy,
});
export const unknown = (check: string, detail: string, remedy: string | null = null): Finding => ({
  check,
  state: 'unknown',
  detail,
  remedy,
});

/** Whether cards can lead to our pages and browsers can sign in; both want an address that people reach by https. */
export function judgePages(publicUrl: string | null): Finding {
  const check = '页面和链接';
  const remedy =
    '在设置页的“公司和行业”填公网地址 https://你的域名（npm run crm -- setup）；或在 .env 填 PUBLIC_URL，重启聊单。';
  if (publicUrl === null)
    return unknown(
      check,
      '没有填公网地址（PUBLIC_URL）：卡片上没有“打开客户”的链接，聊天旁边的页面和浏览器登录也用不了。',
      remedy,
    );
  if (!URL.canParse(publicUrl)) return bad(check, '公网地址（PUBLIC_URL）不是一个网址。', remedy);
  const { protocol, hostname, origin } = new URL(publicUrl);
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  const safe = protocol === 'https:' || local;
  if (!safe) return bad(check, `${origin} 不是 https，平台的客户端不打开，登录也保存不下来。`, remedy);
  const reach = local ? '，只有服务器自己打得开，同事打不开' : '';
  return good(check, `卡片上的链接和浏览器登录都用 ${origin}${reach}。`);
}

/** Signatures carry an instant: WeCom and Feishu callbacks fail for good at five minutes, which a minute grows into. */
const mostOffMs = 60_000;

/** Compares our clock with the `Date` header of an answer that came at `now`, ms. */
export function judgeClock(date: string | null, now: number): Finding {
  const check = '服务器时间';
  const at = Date.parse(date ?? '');
  if (Number.isNaN(at)) return unknown(check, '平台的应答里没有时间，比不了。', '用 date 命令核对服务器的时间和时区。');
  const seconds = Math.round((now - at) / 1000);
  if (Math.abs(now - at) <= mostOffMs) return good(check, `与平台相差 ${Math.abs(seconds)} 秒。`);
  return bad(
    check,
    `比平台${seconds > 0 ? '快' : '慢'}了 ${Math.abs(seconds)} 秒，签名会因此不被接受。`,
    '打开服务器的时间自动同步（如 timedatectl set-ntp true，容器要改宿主机的时间），再试一次。',
  );
}
