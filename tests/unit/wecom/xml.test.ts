/** XML as the platform writes it, and as nobody should. */
import { describe, expect, it } from 'vitest';
import { scanXml, textOf } from '../../../adapters/wecom/scan.ts';
import { readXml } from '../../../adapters/wecom/xml.ts';
import { messageXml, tapXml } from './sealing.ts';

describe.each([
  ['the scan', (xml: string, name: string) => textOf(scanXml(xml) ?? [], name)],
  ['the parser', (xml: string, name: string) => readXml(xml)[name]],
])('%s', (_name, read) => {
  it('keeps numbers beyond 2^53, blanks around words, and what looks like markup in them', () => {
    expect(read(messageXml({ MsgId: '9223372036854775807' }), 'MsgId')).toBe('9223372036854775807');
    expect(read('<xml><MsgId>9223372036854775807</MsgId></xml>', 'MsgId')).toBe('9223372036854775807');
    expect(read(messageXml({ Content: '  报价 \n' }), 'Content')).toBe('  报价 \n');
    expect(read(messageXml({ Content: '<!DOCTYPE x><b>&amp;' }), 'Content')).toBe('<!DOCTYPE x><b>&amp;');
  });

  it('joins sections that were split around ]]>', () => {
    expect(read(messageXml({ Content: 'a[[1]]>b ]]> c' }), 'Content')).toBe('a[[1]]>b ]]> c');
  });

  it('reads empty elements, with and without a section', () => {
    expect(read('<xml><A></A><B><![CDATA[]]></B></xml>', 'A')).toBe('');
    expect(read('<xml><A></A><B><![CDATA[]]></B></xml>', 'B')).toBe('');
  });

  it('expands no entity', () => {
    expect(read('<xml><A>&lt;&#65;&lol;</A></xml>', 'A')).toBe('&lt;&#65;&lol;');
  });
});

describe('the scan', () => {
  it('skips what lies deeper, whatever it contains', () => {
    const xml = '<xml><In><Deep><![CDATA[</In><A>1</A>]]></Deep></In><A>2</A></xml>';
    expect(scanXml(xml)).toEqual([
      ['In', null],
      ['A', '2'],
    ]);
  });

  it.each([
    '',
    'text',
    '<XML></XML>',
    '<xml>',
    '<xml></xml',
    '<xml>words</xml>',
    '<xml><A>1</B></xml>',
    '<xml><A><![CDATA[1</A></xml>',
    '<xml><1>1</1></xml>',
    '<xml><A>1<?php ?></A></xml>',
    '<xml><A>1<!-- --></A></xml>',
    '<xml><A/></xml>',
    '<xml></xml><xml></xml>',
    `<xml>${'<a>'.repeat(50_000)}</xml>`,
  ])('refuses %.40j', (xml) => {
    expect(scanXml(xml)).toBeNull();
  });

  it('a hostile body of 256 KiB costs little', () => {
    for (const body of ['<'.repeat(262_144), `<xml>${' '.repeat(262_000)}`, `<xml><a>${'<b>'.repeat(87_000)}`]) {
      const from = performance.now();
      expect(scanXml(body)).toBeNull();
      expect(performance.now() - from).toBeLessThan(200);
    }
  });
});

describe('the parser', () => {
  it('makes lists of lists with a single entry', () => {
    const one = { SelectedItem: { QuestionKey: 'stage', OptionIds: { OptionId: 'won' } } };
    expect(readXml(tapXml({ SelectedItems: one })).SelectedItems).toEqual({
      SelectedItem: [{ QuestionKey: 'stage', OptionIds: { OptionId: ['won'] } }],
    });
  });

  it.each(['', 'words', '<a></a>', '<!DOCTYPE xml><xml></xml>', '<xml><A></xml>', '<xml></xml>'])(
    'throws on %j',
    (xml) => {
      expect(() => readXml(xml)).toThrow();
    },
  );
});
