/** How the channel says that it is. */
import { describe, expect, it } from 'vitest';
import { createPushProblems } from '../../../../adapters/dingtalk/push-problems.ts';
import { describeState } from '../../../../adapters/dingtalk/state.ts';
import { OpenFailure } from '../../../../adapters/dingtalk/stream/gateway.ts';
import { pauseMs, usualPace } from '../../../../adapters/dingtalk/stream/pace.ts';
import { explainFailure } from '../../../../adapters/dingtalk/stream/problems.ts';

it('the worst is said first, and all of one degree once', () => {
  const degraded = { status: 'degraded', detail: '甲。' } as const;
  const failed = { status: 'failed', detail: '乙。' } as const;
  expect(describeState('stream', 'started', [null, null])).toEqual({
    status: 'ready',
    transport: 'stream',
    detail: null,
  });
  expect(describeState('stream', 'started', [degraded, failed])).toMatchObject({ status: 'failed', detail: '乙。' });
  const more = { status: 'degraded', detail: '丙。' } as const;
  expect(describeState('webhook', 'started', [degraded, degraded, more]).detail).toBe('甲。丙。');
  expect(describeState('stream', 'stopped', [failed]).status).toBe('stopped');
});

it('a used-up month ends at midnight in China, or when words come again', () => {
  let at = Date.UTC(2026, 11, 31, 15, 59);
  const problems = createPushProblems(() => at);
  problems.exhausted();
  problems.exhausted();
  expect(problems.problem()?.detail).toMatch(/用完.*已有 2 条/);
  at += 60_000;
  expect(problems.problem()).toBeNull();
  problems.exhausted();
  expect(problems.problem()?.detail).toContain('已有 1 条');
  problems.heard('colleague');
  expect(problems.problem()).toBeNull();
});

it('another company is mentioned for an hour, by its id and not longer than one', () => {
  let at = 0;
  const problems = createPushProblems(() => at);
  problems.foreign(`ding${'x'.repeat(500)}`);
  expect(problems.problem()?.detail.length).toBeLessThan(120);
  problems.foreign(null);
  expect(problems.problem()?.detail).toContain('没有说明企业');
  at = 3_600_001;
  expect(problems.problem()).toBeNull();
});

describe('a stream that does not stand', () => {
  it('asks for help with the network only after several attempts', () => {
    const failure = new OpenFailure('unreachable', 'TimeoutError');
    expect(explainFailure(failure, 1, false)).toMatchObject({ status: 'connecting' });
    expect(explainFailure(failure, 1, true).detail).not.toContain('443');
    expect(explainFailure(failure, 4, true)).toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('443'),
    });
    expect(explainFailure(new OpenFailure('refused', ''), 1, true).status).toBe('failed');
  });

  it('waits longer each time, up to a minute', () => {
    const waits = [0, 1, 3, 6, 20].map((failures) => pauseMs(usualPace, failures) / 1000);
    for (const [at, middle] of [1, 2, 8, 60, 60].entries()) {
      expect(waits[at]).toBeGreaterThanOrEqual(middle * 0.75);
      expect(waits[at]).toBeLessThanOrEqual(middle * 1.25);
    }
  });
});
