/** Button ids, typed taps and session webhooks: what goes out in one shape comes back as the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buttonId, readButtonId } from '../../../../adapters/dingtalk/button-ids.ts';
import { drawAsWords } from '../../../../adapters/dingtalk/fallback.ts';
import { createSessions } from '../../../../adapters/dingtalk/sessions.ts';
import { readTypedTap, typedTap } from '../../../../adapters/dingtalk/typed-taps.ts';

const key = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 64 }).filter((text) => text.length <= 64);
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const value = fc.string({ unit: 'grapheme', maxLength: 12 });
/** As `newActionKey` makes them. */
const realKey = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => Buffer.from(bytes).toString('base64url'));

describe('a button id', () => {
  it('comes back as what it was made of', () => {
    fc.assert(
      fc.property(key, fc.option(fc.record({ name, value })), (actionKey, choice) => {
        const id = buttonId(actionKey, choice ?? undefined);
        expect(id).toMatch(/^[\w.%-]+$/);
        expect(readButtonId(id)).toEqual({ actionKey, values: choice ? { [choice.name]: choice.value } : {} });
      }),
    );
  });

  it('from outside is refused where it cannot be ours', () => {
    for (const id of ['', '.a.b', 'k.', 'k.a', 'k..b', 'k.a.b.c', '%E0%A4%A', 'k'.repeat(65), 'x'.repeat(2_000)])
      expect(readButtonId(id)).toBeNull();
    expect(readButtonId('k.__proto__.x')?.values).toEqual(Object.fromEntries([['__proto__', 'x']]));
  });
});

describe('a typed tap', () => {
  it('comes back whatever the label is, also from the link', () => {
    fc.assert(
      fc.property(realKey, fc.option(fc.record({ name, value })), fc.string(), (actionKey, choice, label) => {
        const id = buttonId(actionKey, choice ?? undefined);
        const meaning = readButtonId(id);
        expect(readTypedTap(typedTap({ label, id }))).toEqual(meaning);
        const submit = { label: 'x', style: 'default', actionKey } as const;
        const { text } = drawAsWords(
          {
            title: 't',
            tone: 'info',
            summary: 's',
            blocks: [
              choice
                ? {
                    type: 'choice',
                    name: choice.name,
                    placeholder: '',
                    options: [{ value: choice.value, label }],
                    submit,
                  }
                : { type: 'buttons', buttons: [{ ...submit, label }] },
            ],
          },
          () => null,
        );
        const link = /\]\((dtmd:[^()\s]*)\)/.exec(text)?.[1] ?? '';
        expect(readTypedTap(new URL(link).searchParams.get('content') ?? '')).toEqual(meaning);
      }),
    );
  });

  it('is forgiven what a hand or an input method does to it', () => {
    const ours = { actionKey: 'AbC_dEf-0123456789abcd', values: {} };
    for (const text of [
      '忽略【聊单 AbC+dEf-0123456789abcd】',
      '忽略[聊单 AbC_dEf-0123456789abcd]',
      '【聊单:AbC_dEf-0123456789abcd】 ',
      '忽略【 聊单　ＡｂＣ＋ｄＥｆ－０１２３４５６７８９ａｂｃｄ',
    ])
      expect(readTypedTap(text)).toEqual(ours);
  });

  it('shows what can be typed, and nothing that Markdown or a client would take for its own', () => {
    const actionKey = 'AbC_dEf-0123456789abcd';
    const shown = (name: string, value: string) => typedTap({ label: '选', id: buttonId(actionKey, { name, value }) });
    expect(typedTap({ label: '忽略', id: buttonId(actionKey) })).toBe('忽略【聊单 AbC+dEf-0123456789abcd】');
    expect(shown('choose_deal', '01JD')).toBe('选【聊单 AbC+dEf-0123456789abcd/choose+deal/01JD】');
    expect(shown('close_lost', '价格')).toBe('选【聊单 AbC+dEf-0123456789abcd/close+lost/价格】');
    expect(readTypedTap(shown('close_lost', '价格'))).toEqual({ actionKey, values: { close_lost: '价格' } });
    fc.assert(
      fc.property(name, value, (name, value) => {
        expect(shown(name, value)).not.toMatch(/[_*~`[\]()<>]|\w\.\w/);
      }),
    );
  });

  it('is none where a whole card came back: which line is meant nobody knows', () => {
    const card = ['推进', '忽略'].map((label) => `- ${typedTap({ label, id: `AbC_dEf-${label.length}` })}`);
    expect(readTypedTap(card.join('\n'))).toBe('several');
    expect(readTypedTap(card[1] ?? '')).toEqual({ actionKey: 'AbC_dEf-2', values: {} });
  });

  it('is not seen in what people say', () => {
    for (const text of [
      '',
      '聊单',
      '【聊单】怎么用',
      '把这个记到聊单 abcdefghijk',
      '【通知 abcdefghijk】',
      '【聊单 短】',
      '【聊单系统升级通知请各位同事注意】',
    ])
      expect(readTypedTap(text)).toBeNull();
  });
});

describe('the session book', () => {
  const base = 'https://oapi.dingtalk.com';
  const start = 1_790_000_000_000;
  const note = { chatId: 'c', kind: 'direct', staffId: 's', expiresAt: start + 5_400_000 } as const;
  const webhook = `${base}/robot/sendBySession?session=1`;

  it('keeps a webhook for its chat and, in private only, for the person, until a minute before its end', () => {
    let at = start;
    const sessions = createSessions(() => at, base);
    sessions.note({ ...note, webhook });
    sessions.note({ ...note, chatId: 'g', kind: 'group', staffId: 'other', webhook });
    expect([sessions.forChat('c'), sessions.forPerson('s')]).toEqual([webhook, webhook]);
    expect([sessions.forChat('g'), sessions.forPerson('other')]).toEqual([webhook, null]);
    at = note.expiresAt - 60_000;
    expect([sessions.forChat('c'), sessions.forPerson('s')]).toEqual([null, null]);
  });

  it('prefers the one that lives longest, and forgets one that the platform ended', () => {
    const sessions = createSessions(() => start, base);
    sessions.note({ ...note, webhook: `${webhook}0`, expiresAt: note.expiresAt + 1 });
    sessions.note({ ...note, webhook });
    expect(sessions.forPerson('s')).toBe(`${webhook}0`);
    sessions.drop(`${webhook}0`);
    expect([sessions.forChat('c'), sessions.forPerson('s')]).toEqual([null, null]);
  });

  it('never takes an address that is not the platform’s', () => {
    const sessions = createSessions(() => start, `${base}/gate`);
    for (const address of [
      'https://evil.example/robot/sendBySession?session=1',
      'https://oapi.dingtalk.com.evil.example/gate/x',
      'https://oapi.dingtalk.com@evil.example/gate/x',
      'https://user:pw@oapi.dingtalk.com/gate/x',
      'http://oapi.dingtalk.com/gate/x',
      'https://oapi.dingtalk.com/other',
      'https://oapi.dingtalk.com/gate/../robot/send',
      'https://oapi.dingtalk.com/gateway/x',
      'file:///etc/passwd',
      'nothing',
      '',
    ])
      sessions.note({ ...note, webhook: address });
    expect([sessions.forChat('c'), sessions.forPerson('s')]).toEqual([null, null]);
  });

  it('stays small', () => {
    const sessions = createSessions(() => start, base);
    for (let n = 0; n < 5_200; n += 1) sessions.note({ ...note, chatId: `c${n}`, webhook });
    expect(sessions.forChat('c100')).toBeNull();
    expect(sessions.forChat('c5199')).toBe(webhook);
  });
});
