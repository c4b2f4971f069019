/** Names kept as one text: those that begin with the words apart from those that have them further behind. */
import { expect, it } from 'vitest';
import { writtenNames } from '../../src/crm/customer/written-names.ts';

const names = ['恒锐机电', '宁波恒锐', '恒 恒锐', '锐恒', 'Rexroth 恒锐'].map((name) => ({ id: name, name }));

it('tells names that begin with the words from those that have them further behind, each once and in order', () => {
  const written = writtenNames(names);
  expect(written.holding('恒锐', 10)).toEqual({
    beginning: ['恒锐机电'],
    within: ['宁波恒锐', '恒 恒锐', 'Rexroth 恒锐'],
  });
  expect(written.holding('恒', 10)).toEqual({
    beginning: ['恒锐机电', '恒 恒锐'],
    within: ['宁波恒锐', '锐恒', 'Rexroth 恒锐'],
  });
  expect(written.holding('rexroth', 10).beginning).toEqual(['Rexroth 恒锐']);
  expect(written.holding('电宁', 10)).toEqual({ beginning: [], within: [] });
});

it('stops where enough begin with them, and keeps as many others', () => {
  const written = writtenNames(names);
  expect(written.holding('恒', 1)).toEqual({ beginning: ['恒锐机电'], within: [] });
  expect(written.holding('锐', 2)).toEqual({ beginning: ['锐恒'], within: ['恒锐机电', '宁波恒锐'] });
  expect(writtenNames([]).holding('恒', 1)).toEqual({ beginning: [], within: [] });
});
