// Reads a chat record that a colleague pasted or forwarded into lines of who said what, and when.

/** One message of a record. `speakerName` and `at` are as written in the record (no time zone is known), null when it does not say. */
export type RecordLine = { speakerName: string | null; at: string | null; text: string };

/** Records are cut here: a paste is read in one go and a card shows a handful of lines. */
const MAX_RECORD_CHARS = 100_000;
/** A longer row is nobody's heading; trying it as one would take seconds where it is made of spaces. */
const LONGEST_HEADING = 2000;

const clock = '(?:(?:上午|下午|晚上|凌晨|中午|AM|PM)\\s*)?\\d{1,2}:\\d{2}(?::\\d{2})?(?:\\s*(?:AM|PM))?';
const day =
  '(?:(?:\\d{4}[-/.年])?\\d{1,2}[-/.月]\\d{1,2}日?|昨天|今天|前天|星期[一二三四五六日天]|周[一二三四五六日天])';
// Nowhere may two stretches of optional spaces touch: a row of spaces would be divided between them in every way.
const moment = `(?:${day}(?:[ \\t]*(?:星期[一二三四五六日天]|周[一二三四五六日天]))?(?:[ \\t]*${clock})?|${clock})`;
const name = '[^\\s:：\\[\\]【】<>「」][^:：\\n\\[\\]【】「」]{0,28}?';

/** `[10:22] 张三: 文字`, `[2026-11-20 10:22:33] 张三：文字`, `【10:22】张三` */
const bracketFirst = new RegExp(`^[\\[【(（](${moment})[ \\t]*[\\]】)）]\\s*(${name})\\s*(?:[:：]\\s*(.*))?$`, 'i');
/** `2026-11-20 10:22:33 张三` with the text below, or `2026-11-20 10:22 张三: 文字` */
const momentFirst = new RegExp(`^(${day}[ \\t]*${clock})[ \\t]+(${name})\\s*(?:[:：]\\s*(.*))?$`, 'i');
/** `张三 2026-11-20 10:22`, `张三(恒锐) 11-20 10:22:33`, `张三  10:22` with the text below; `张三 10:22: 文字` */
const nameFirst = new RegExp(
  `^(${name})[ \\t]*(?:[\\[(（][ \\t]*)?(${moment})[ \\t]*(?:[\\])）][ \\t]*)?(?:[:：][ \\t]*(.*))?$`,
  'i',
);
/** `张三: 文字`; a name has no sentence marks and is short, so that “备注：…” of a long text is no speaker. */
const plain =
  /^([^\s:：,，。！!？?;；、"“”‘’「」[\]【】(){}<>=/\\|+*#\d][^:：,，。！!？?;；、"“”‘’「」[\]【】{}<>=\\|+*#\n]{0,19})(?:(?<!\d)[:：]|[:：](?!\d))(?!\/\/)\s*(.*)$/;
const notNames =
  /^(?:https?|ftp|附件|备注|注意?|地址|收件人|收货人|电话|手机|联系(?:人|方式|电话)|邮箱|微信|日期|时间|金额|数量|规格|型号|品名|单价|总价|合计|价格|报价|交期|付款方式|税号|开户行|账号|户名|抬头|主题|标题|发件人|抄送|链接|网址|要求|材质|颜色|尺寸|说明|问题|原因|方案|结论|如下|例如|比如|PS|P\.S\.|re|fw|fwd|ps|note|subject|from|to|cc|date|tel|email|total|qty|price)$/i;
const separator = /^[ \t]*(?:[-—–_─=－*·~][ \t]*){3,}$/;
const header =
  /^[ \t]*(?:[—–-]{2,}\s*)?(?:.{0,40}的聊天记录|聊天记录|以下为?是?.{0,20}聊天记录|\[聊天记录\]|消息记录|合并转发.{0,10}|转发的?(?:消息|聊天).{0,6}|日期[:：]\s*[\d/.-]+|[—–-]{2,}\s*\d{4}[-/.年].{0,20}|以下为历史消息|以上是打招呼的内容)[:：]?\s*$/;
const loneMoment = new RegExp(`^\\s*[—–-]*\\s*${moment}\\s*[—–-]*\\s*$`, 'i');

type Head = { speakerName: string; at: string | null; rest: string };

/**
 * The messages of a record in the formats of WeCom, Feishu, DingTalk and WeChat, in order, texts of several lines joined with line breaks.
 * A text that names no speakers gives one line without a name; an empty one gives none.
 */
export function parseRecord(source: string): RecordLine[] {
  const rows = source.slice(0, MAX_RECORD_CHARS).split(/\r\n|\r|\n/);
  const sure = rows.some((row) => timedHead(row) !== null);
  const lines: RecordLine[] = [];
  let open: { head: Head | null; text: string[] } = { head: null, text: [] };
  let pendingAt: string | null = null;
  const close = (): void => {
    const text = open.text.join('\n').trim();
    if (text !== '') lines.push({ speakerName: open.head?.speakerName ?? null, at: open.head?.at ?? null, text });
  };
  for (const row of rows) {
    const short = row.length <= LONGEST_HEADING;
    if (short && (separator.test(row) || header.test(row))) continue;
    if (short && loneMoment.test(row) && /\d:\d{2}|月|\d{4}/.test(row)) {
      pendingAt = row.replace(/[—–]/g, '').trim();
      continue;
    }
    const head = timedHead(row) ?? (sure ? null : namedHead(row));
    if (head === null) {
      open.text.push(row);
      continue;
    }
    close();
    open = { head: { ...head, at: head.at ?? pendingAt }, text: [head.rest] };
  }
  close();
  return lines;
}

function timedHead(row: string): Head | null {
  const line = row.trim();
  if (line.length > LONGEST_HEADING) return null;
  const first = bracketFirst.exec(line) ?? momentFirst.exec(line);
  if (first) return { at: first[1] as string, speakerName: clean(first[2] as string), rest: first[3] ?? '' };
  const second = nameFirst.exec(line);
  if (second === null || /[,，。！!？?;；]/.test(second[1] as string)) return null;
  // “明天 10:22” and “交期 12-20” are words with a date, not a speaker: a heading carries a clock time.
  if (!/\d:\d{2}/.test(second[2] as string)) return null;
  return { speakerName: clean(second[1] as string), at: (second[2] as string).trim(), rest: second[3] ?? '' };
}

function namedHead(row: string): Head | null {
  const found = plain.exec(row.trim());
  if (found === null || notNames.test((found[1] as string).trim())) return null;
  return { speakerName: clean(found[1] as string), at: null, rest: found[2] ?? '' };
}

function clean(speaker: string): string {
  return speaker
    .trim()
    .replace(/^[@＠]/, '')
    .replace(/[ \t]*[@＠](?:微信|企业微信).*$/, '')
    .replace(/(.{2,})(?:说|问|回复)$/, '$1')
    .trim();
}
