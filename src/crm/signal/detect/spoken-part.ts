// What the sender says in a message: quotations, forwarded mail, automatic replies and announcements are not his words.

const machine =
  /^\s*(?:[[【(（<「]?\s*(?:自动回复|自動回覆|自动应答|系统自动|系統自動|auto(?:matic)?[- ]?reply|out of office)|[【[](?:[^】\]]{0,12})(?:通知|公告|提醒|系统|通告|自动)[^】\]]{0,8}[】\]]|(?:系统|平台|审批)?(?:通知|公告|提醒)[:：]|@\s*(?:所有人|全体成员|全体|全員|all\b|everyone\b))/i;
const away =
  /(?:正在|在)?(?:出差|休假|开会|度假|休息)[^。\n]{0,24}(?:稍后回复|无法及时回复|不能及时回复|看到(?:后)?(?:会)?回复|非工作时间)|out of (?:the )?office/i;
const menuItem =
  /(?:请?(?:按|回复|回覆|输入|發送|发送|选择|选|拨|点击)\s*[「“"']?\s*(?:数字)?\s*[0-9０-９a-eA-E①-⑨](?![0-9])|(?:^|[\s,，;；。])[0-9①-⑨]\s*[、.．:：]\s*[^\d\s,，]{2,10}(?=[\s,，;；。]|$))/g;
const rule = /^[ \t]*(?:[-—–_─=－*·][ \t]*){5,}$/m;
const mailBelow =
  /^\s*(?:-{2,}\s*(?:original message|原始邮件|转发邮件|forwarded message)|(?:发件人|寄件者|from)\s*[:：]\s*\S+[^\n]*\n\s*(?:发送时间|日期|收件人|sent|date|to)\s*[:：]|on [^\n]{6,60} wrote:)/im;
const record = /^\s*(?:\[聊天记录\]|[^\n]{0,20}的聊天记录\s*(?:\n|$))/;

/** The source with everything that is not the sender's own words blanked out, places kept. */
export function onlySpoken(source: string): string {
  let out = '';
  for (const { from, to } of spokenPart(source)) out = out.padEnd(from, '\n') + source.slice(from, to);
  return out.padEnd(source.length, '\n');
}

/** The part of a message that its sender says, as [from, to) ranges of the original text; none when it is no speech at all. */
function spokenPart(text: string): { from: number; to: number }[] {
  if (text.length < 2) return [{ from: 0, to: text.length }];
  const head = text.charCodeAt(0);
  if (machine.test(text) || record.test(text)) return [];
  if (text.length > 14 && (isMenu(text) || away.test(text))) return [];
  let from = 0;
  let to = text.length;
  if (text.includes('\n')) {
    const dashes = rule.exec(text);
    if (dashes && isQuotation(text.slice(0, dashes.index))) from = dashes.index + dashes[0].length;
    const mail = mailBelow.exec(text.slice(from));
    if (mail) to = from + mail.index;
  }
  const quoted = head === 0x300c && from === 0 ? /^「[^」]{1,2000}」\s*/.exec(text) : null;
  if (quoted && /^「[^」:：]{1,24}[:：]/.test(text)) from = quoted[0].length;
  if (text.indexOf('>') === -1 && text.indexOf('｜') === -1 && text.indexOf('》') === -1) return [{ from, to }];
  return withoutQuotedLines(text, from, to);
}

function isQuotation(before: string): boolean {
  return /^\s*[「『“"]/.test(before) || /^\s*(?:回复|引用|reply)/i.test(before) || /」\s*$/.test(before);
}

function isMenu(text: string): boolean {
  menuItem.lastIndex = 0;
  let items = 0;
  for (const found of text.slice(0, 600).matchAll(menuItem)) if (found[0] !== '') items++;
  return items >= 2 && /按|回复|回覆|输入|发送|發送|选择|选|拨|点击/.test(text);
}

function withoutQuotedLines(text: string, from: number, to: number): { from: number; to: number }[] {
  const parts: { from: number; to: number }[] = [];
  let at = from;
  while (at < to) {
    const next = text.indexOf('\n', at);
    const end = next === -1 || next >= to ? to : next + 1;
    if (!/^\s*[>＞]/.test(text.slice(at, end))) parts.push({ from: at, to: end });
    at = end;
  }
  return parts;
}
