/** Times, money and initials as people say them. */

const ZONE = 'Asia/Shanghai';
const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat('zh-CN', { timeZone: ZONE, month: 'numeric', day: 'numeric' });
const weekday = new Intl.DateTimeFormat('zh-CN', { timeZone: ZONE, weekday: 'short' });

export const timeOf = (at: number): string => clock.format(at);

/** 11月23日 周一 */
export const dayOf = (at: number): string => {
  const [month, date] = day.formatToParts(at).filter(({ type }) => type === 'month' || type === 'day');
  return `${month?.value}月${date?.value}日 ${weekday.format(at)}`;
};

/** 16:40 today, 11月23日 16:40 otherwise. */
export function whenOf(at: number, now: number): string {
  return dayOf(at) === dayOf(now) ? timeOf(at) : `${dayOf(at).split(' ')[0]} ${timeOf(at)}`;
}

/** How long something has lasted: 刚刚, 12 分钟, 3 小时, 2 天. */
export function lastedOf(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return '刚刚';
  if (minutes < 60) return `${minutes} 分钟`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} 小时` : `${Math.floor(hours / 24)} 天`;
}

/** 7.14 万元 */
export function moneyOf(minor: number): string {
  const yuan = minor / 100;
  if (yuan < 10_000) return `${yuan.toLocaleString('zh-CN')} 元`;
  return `${(yuan / 10_000).toLocaleString('zh-CN', { maximumFractionDigits: 2 })} 万元`;
}

/** What an avatar shows: of a group the first two characters, of a person the last two without a title (韩经理 is 韩). */
export function initialsOf(name: string, group: boolean): string {
  if (group) return name.slice(0, 2);
  return name.replace(/(?:经理|总监|小姐|先生|女士)$/, '').slice(-2);
}

const COLOURS = ['#3370ff', '#14803c', '#a35200', '#7a4bd8', '#0b7f8a', '#b3387a'];

/** The same name has the same colour everywhere. */
export function colourOf(name: string): string {
  let sum = 0;
  for (const char of name) sum += char.codePointAt(0) ?? 0;
  return COLOURS[sum % COLOURS.length] as string;
}

/** WeCom's clients show so many characters and no more (https://developer.work.weixin.qq.com/document/path/90236). */
export const cut = (words: unknown, most: number): string => {
  const text = typeof words === 'string' ? words : '';
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
};
