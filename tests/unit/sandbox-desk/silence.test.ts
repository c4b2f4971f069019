/** The reason given for silence must be the true one: each line is first seen to move nothing. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { explainSilence } from '../../../sandbox/desk/silence.ts';
import { compileSignals } from '../../../src/crm/signal/detect/index.ts';
import { signalsSchema } from '../../../src/policy/schema/signals.ts';

const starter = new URL('../../../src/policy/starter/signals.zh.yaml', import.meta.url);
const detector = compileSignals(signalsSchema.parse(parse(readFileSync(starter, 'utf8')).signals));

it.each([
  ['先不用报价了', '被「先不用」否定了'],
  ['样品不用寄了', '被「不用」否定了'],
  ['还没付款', '被「还没」否定了'],
  ['一样品质的有吗', '「样品」在这里是别的词的一部分'],
  ['这款适合同事用吗', '「合同」在这里是别的词的一部分'],
  ['别家报价单都发过来了', '说的是别人家的事'],
  ['下午三点开会', '没有说到报价、样品、合同、付款或售后'],
  ['样品间在二楼', '提到了「样品」，但不是在要，也不是说做了'],
])('%s: %s', (text, reason) => {
  expect(detector.detect({ speaker: 'customer', text })).toEqual([]);
  expect(explainSilence(detector, 'customer', text)).toBe(reason);
});
