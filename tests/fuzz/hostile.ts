/** Texts and values that decoders and regular expressions stumble over. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
const sentences: readonly string[] = [
  ...fixture('signals/dev.tsv')
    .split('\n')
    .map((line) => line.split('\t')[1] ?? ''),
  ...fixture('ask/questions.tsv')
    .split('\n')
    .map((line) => line.split('\t').at(-1) ?? ''),
].filter((line) => line !== '');

/** What the grammars of ours and of the platforms give a meaning to; a long run of any is what expressions backtrack over. */
const pieces: readonly string[] = [
  ...[
    'a',
    'z',
    'ng',
    '0',
    '9',
    '12',
    '12:30',
    '1.5',
    '-',
    '- ',
    '--',
    '_',
    '.',
    '。',
    '，',
    '、',
    ':',
    '：',
    '!',
    '？',
  ],
  ...[' ', '  ', '\t', '\n', '\r\n', '\u00a0', '\u2005', '\u3000', '\u200b', '\ufeff', '\u2028', '\0', '\u0007'],
  ...[
    '客户',
    '恒锐',
    '报价',
    '报个价',
    '不',
    '没',
    '吗',
    '了',
    '的',
    '张三',
    '李 四',
    '绑定',
    '提醒我',
    '记一下',
    '新建客户',
  ],
  ...[
    '明天',
    '下周三',
    '三点',
    '十',
    '半',
    '廿',
    '年',
    '月',
    '2月30日',
    '10:22',
    '后',
    '周',
    '总',
    '电话',
    '13800138000',
  ],
  ...[
    '「',
    '」',
    '」\n',
    '“',
    '”',
    '【',
    '】',
    '【聊单 ',
    '［聊单：',
    '[',
    ']',
    '(',
    ')',
    '《',
    '>',
    '<',
    '&',
    '&amp;',
    '|',
    '`',
  ],
  ...[
    '@',
    '@聊单',
    '@_user_1',
    '@_all ',
    '#',
    '*',
    '**',
    '](',
    '://',
    'http://a.b/?c=',
    'www.',
    '%',
    '%2',
    '%zz',
    '\\',
    '"',
  ],
  ...[
    '💥',
    '👨‍👩‍👧',
    '\ud83d',
    '\udc00',
    'e\u0301\u0301',
    '\u202e',
    '\u0600',
    '𠮷',
    'ﬃ',
    '㍿',
    '這',
    '國',
    'İ',
    'ß',
    '٣',
  ],
  ...[
    '{',
    '}',
    '{"a":',
    '[[',
    '\\u0000',
    '<xml>',
    '</xml>',
    '<![CDATA[',
    ']]>',
    '<a>',
    '</a>',
    '<!--',
    '<?',
    '<!DOCTYPE',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'null',
    'undefined',
    'NaN',
    '1e999',
    '=',
    '=cmd|',
    ',',
    ';',
    "'",
    '$',
    '${',
  ],
];

export const piece = fc.constantFrom(...pieces);

/** Mostly small, sometimes up to a mebibyte. */
const size = fc.oneof(
  { weight: 60, arbitrary: fc.nat(60) },
  { weight: 26, arbitrary: fc.nat(3_000) },
  { weight: 12, arbitrary: fc.nat(60_000) },
  { weight: 2, arbitrary: fc.nat(1_000_000) },
);

/** What an expression is most often lenient about. */
const plainest = fc.constantFrom([' '], ['\n'], ['\t'], ['- '], ['-'], ['a'], ['0'], ['客'], ['。']);

/** One thing over and over between others. */
const run: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(piece, { maxLength: 3 }),
    fc.oneof(fc.array(piece, { minLength: 1, maxLength: 3 }), plainest),
    size,
    fc.array(piece, { maxLength: 2 }),
  )
  .map(([before, unit, characters, after]) => {
    const one = unit.join('');
    return before.join('') + one.repeat(Math.ceil(characters / one.length)) + after.join('');
  });

const pieced: fc.Arbitrary<string> = fc.array(piece, { maxLength: 40 }).map((some) => some.join(''));

const bent: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...sentences), fc.array(fc.tuple(fc.nat(60), piece), { maxLength: 3 }))
  .map(([sentence, added]) =>
    added.reduce((text, [at, some]) => text.slice(0, at) + some + text.slice(at + (some.length % 3)), sentence),
  );

/** A grammar's own beginnings, each with a long run behind it: where an expression has begun to match, it may not find its way back. */
export const begun = (...beginnings: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...beginnings), run).map((both) => both.join(''));

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: run },
  { weight: 3, arbitrary: pieced },
  { weight: 3, arbitrary: bent },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
);

/** Stands in a value for JSON that no value can hold: a number beyond all, a depth that would break the writer. */
export class Raw {
  readonly json: string;

  constructor(json: string) {
    this.json = json;
  }
}

const deep = fc
  .tuple(fc.constantFrom(30, 100, 5_000, 100_000), fc.constantFrom(['[', ']'], ['{"a":', '}'], ['{"item":[', ']}']))
  .map(([levels, [open = '', close = '']]) => new Raw(`${open.repeat(levels)}0${close.repeat(levels)}`));

const oddValues = [null, true, false, 0, -1, 0.5, 2 ** 53, 1e308, '', '0', 'true', ' ', [], {}, [[]], [null], [{}]];

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<unknown>(...oddValues) },
  { weight: 4, arbitrary: hostileText },
  {
    weight: 2,
    arbitrary: fc.constantFrom('1e999', '-1e999', '1'.repeat(400), '-0', '1e-400').map((it) => new Raw(it)),
  },
  { weight: 1, arbitrary: deep },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('{"__proto__":{"a":1}}', '{"constructor":{"prototype":0}}', '{"length":1e9}')
      .map((it) => new Raw(it)),
  },
);

export const hostileName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length', '', '0', 'then'),
  piece,
);
