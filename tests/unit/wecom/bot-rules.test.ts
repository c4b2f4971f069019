/** Small rules of the bot: open questions, fates of frames, taps, encrypted ids, pauses. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readBotChat, targetOf } from '../../../adapters/wecom/bot/chat.ts';
import { fateOf, type LateAcks, type Outcome, readLateAcks } from '../../../adapters/wecom/bot/outcome.ts';
import { pauseMs } from '../../../adapters/wecom/bot/pace.ts';
import { createPeople } from '../../../adapters/wecom/bot/people.ts';
import { explainDown, isFinal } from '../../../adapters/wecom/bot/problems.ts';
import { createQuestions } from '../../../adapters/wecom/bot/questions.ts';
import { readBotTap } from '../../../adapters/wecom/bot/taps.ts';

const quietLog = { info: () => {}, warn: () => {} };
const zhangsan = { chatId: 'zhangsan', single: true };

describe('unanswered words', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('are answered oldest first, and once', () => {
    const left: string[] = [];
    const questions = createQuestions(1_000, (_target, messageId) => left.push(messageId));
    questions.open(zhangsan, 'm1', 'r1');
    questions.open(zhangsan, 'm2', 'r2');
    questions.open(zhangsan, 'm2', 'r2-again');
    questions.open({ chatId: 'zhangsan', single: false }, 'm3', 'r3');
    expect(questions.take(zhangsan)).toBe('r1');
    vi.advanceTimersByTime(1_000);
    expect(left).toEqual(['m2', 'm3']);
    expect(questions.take(zhangsan)).toBeNull();
    expect(questions.has(zhangsan)).toBe(false);
  });

  test('of an ended connection cannot be answered, and are not opened again by a second delivery', () => {
    const questions = createQuestions(1_000, () => expect.unreachable());
    questions.open(zhangsan, 'm1', 'r1');
    questions.clear();
    questions.open(zhangsan, 'm1', 'r9');
    vi.advanceTimersByTime(2_000);
    expect(questions.take(zhangsan)).toBeNull();
  });
});

describe('fate of a frame', () => {
  test.each([
    [() => Promise.resolve({ errcode: 0 }), { kind: 'done' }],
    [() => Promise.reject({ errcode: 846605 }), { kind: 'refused', code: 846605 }],
    [() => Promise.reject(new Error('WebSocket not connected, unable to send data')), { kind: 'unsent' }],
    [() => Promise.reject(new Error('Reply queue for reqId x exceeds max size (500)')), { kind: 'unsent' }],
    [() => Promise.reject(new Error('Reply ack timeout (5000ms) for reqId: x')), 'no_answer'],
    [
      () => Promise.reject(new Error('WebSocket connection closed (1006), reply cancelled')),
      { kind: 'unanswered', alive: false },
    ],
  ])('case %#', async (reply, fate) => {
    expect(await fateOf(reply())).toEqual(fate);
  });

  test('an answer that comes late is heard where the SDK mentions it, and only there', () => {
    const heard: Outcome[] = [];
    const late: LateAcks = new Map([['req-1', (outcome) => heard.push(outcome)]]);
    const line = 'Received unknown frame (ignored):';
    expect(readLateAcks(late, line, ['{"headers":{"req_id":"req-1"},"errcode":0}'])).toBe(true);
    expect(readLateAcks(late, line, ['{"headers":{"req_id":"req-2"},"errcode":0}'])).toBe(true);
    expect(readLateAcks(late, 'Heartbeat ack error', ['{"headers":{"req_id":"req-1"}}'])).toBe(false);
    expect(readLateAcks(late, line, ['{"cmd":"something"}'])).toBe(false);
    expect(heard).toEqual([{ kind: 'done' }]);
  });
});

describe('taps', () => {
  const body = {
    msgid: 'e1',
    chattype: 'group',
    chatid: 'wrGROUP',
    from: { userid: 'zhangsan' },
    msgtype: 'event',
    event: {
      eventtype: 'template_card_event',
      template_card_event: {
        card_type: 'button_interaction',
        event_key: 'key-1',
        task_id: 'liaodan-1',
        selected_items: { selected_item: [{ question_key: 'stage', option_ids: { option_id: ['quoted'] } }] },
      },
    },
  };

  test('fields are read where the platform puts them', () => {
    expect(readBotTap(body, 'wwOurs')).toEqual({
      eventId: 'tap:e1',
      tapper: { id: 'zhangsan', tenant: 'wwOurs', internal: true },
      actionKey: 'key-1',
      values: { stage: 'quoted' },
      messageId: 'bot:liaodan-1',
      chatId: 'wrGROUP',
    });
  });

  test('not where the SDK’s types say, and not without a key, a task or a person', () => {
    const flat = { ...body, event: { eventtype: 'template_card_event', event_key: 'k', task_id: 't' } };
    expect(readBotTap(flat, 'wwOurs')).toBeNull();
    expect(readBotTap({ ...body, from: {} }, 'wwOurs')).toBeNull();
    const long = { ...body.event.template_card_event, event_key: 'k'.repeat(65) };
    expect(readBotTap({ ...body, event: { ...body.event, template_card_event: long } }, 'wwOurs')).toBeNull();
  });

  test('a tapper of another company is told apart', () => {
    const tap = readBotTap({ ...body, from: { userid: 'bob', corpid: 'wwTheirs' } }, 'wwOurs');
    expect(tap?.tapper).toEqual({ id: 'bob', tenant: 'wwTheirs', internal: false });
  });
});

test('conversations are named and read back', () => {
  expect(targetOf({ chattype: 'single', from: { userid: 'u' } })).toEqual({ chatId: 'u', single: true });
  expect(targetOf({ chattype: 'group', chatid: 'wrX', from: { userid: 'u' } })).toEqual({
    chatId: 'wrX',
    single: false,
  });
  expect(targetOf({ chattype: 'group', from: { userid: 'u' } })).toBeNull();
  expect(readBotChat('bot:u')).toEqual({ chatId: 'u', single: true });
  expect(readBotChat('wrX')).toEqual({ chatId: 'wrX', single: false });
  expect(readBotChat('app:u')).toBeNull();
});

test('only what looks encrypted is asked about, once, and within its time', async () => {
  const asked: string[] = [];
  const open = `wo${'x'.repeat(30)}`;
  const people = createPeople(async (ids) => {
    asked.push(...ids);
    return new Map(ids.map((id) => [id, 'plain']));
  }, quietLog);
  expect(await people.plainId('wolfgang')).toBe('wolfgang');
  expect(await people.plainId(open)).toBe('plain');
  expect(await people.plainId(open)).toBe('plain');
  expect(asked).toEqual([open]);

  vi.useFakeTimers();
  const silent = createPeople(() => new Promise(() => {}), quietLog);
  const waiting = silent.plainId(open);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await waiting).toBe(open);
  expect(silent.problem()?.status).toBe('degraded');
  vi.useRealTimers();
});

test('pauses double from the first to the longest, give or take a quarter', () => {
  for (const [failures, base] of [
    [0, 500],
    [1, 1_000],
    [3, 4_000],
    [20, 60_000],
  ] as const) {
    const pause = pauseMs(500, 60_000, failures);
    expect(pause).toBeGreaterThanOrEqual(base * 0.75);
    expect(pause).toBeLessThanOrEqual(base * 1.25);
  }
});

test('only a wrong secret is final', () => {
  expect(isFinal({ kind: 'refused', code: 853000 })).toBe(true);
  expect(isFinal({ kind: 'refused', code: 45009 })).toBe(false);
  expect(isFinal({ kind: 'taken_over' })).toBe(false);
  expect(explainDown({ kind: 'lost' }, 1).detail).not.toContain('WECOM_BOT_URL');
  expect(explainDown({ kind: 'lost' }, 5).detail).toContain('WECOM_BOT_URL');
});
