// The dry run: one JSON answer for every line of a file, in order.
import { describe, expect, it } from 'vitest';
import { signalsDetect } from '../../../src/commands/signals-detect.ts';
import { detector } from './starter.ts';

async function run(lines: string[]): Promise<unknown[]> {
  const out: unknown[] = [];
  for await (const answer of signalsDetect(lines, detector)) out.push(JSON.parse(answer));
  return out;
}

describe('signalsDetect', () => {
  it('answers every line in order and ignores further columns', async () => {
    expect(
      await run([
        'customer\t帮我报个价\tquoted=advance',
        'staff\t新年快乐',
        'customer\t「张工:报价发我」\\n-------\\n稍等\t-\r',
      ]),
    ).toEqual([{ signals: { quoted: 'advance' } }, { signals: {} }, { signals: {} }]);
  });

  it('answers blank and malformed lines with an error and goes on', async () => {
    const answers = await run(['', 'customer 没有制表符', 'boss\t报价', '\ufeffcustomer\t请报个价']);
    expect(answers).toEqual([
      { signals: {}, error: expect.stringMatching(/空行/) },
      { signals: {}, error: expect.stringMatching(/制表符/) },
      { signals: {}, error: expect.stringMatching(/说话人/) },
      { signals: { quoted: 'advance' } },
    ]);
  });

  it('judges each line alone', async () => {
    expect(await run(['staff\t要报价吗', 'customer\t好的发我'])).toEqual([{ signals: {} }, { signals: {} }]);
  });
});
