// A log line has only the fields that docs/operations.md names: whoever adds one thinks about what it may carry.

import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { endings } from '../../src/persistence/retention-rules.ts';

/** What helpers spread into a line. */
const SPREAD: Readonly<Record<string, readonly string[]>> = {
  describeError: ['error', 'code'],
  described: ['error', 'code'],
  gone: endings.map(({ key }) => key),
};
/** Written by the log itself. */
const ALWAYS = ['level', 'time', 'msg'];

interface Use {
  readonly file: string;
  readonly field: string;
}

/** The fields of every call in the product that writes a line, read from its text. */
function fieldsInCode(): Use[] {
  return globSync('{src,adapters}/**/*.ts').flatMap((file) => {
    const calls = readFileSync(file, 'utf8').matchAll(/\blog\.(?:debug|info|warn|error)\(\s*(?:\{([^}]*?)\}|(\w+))?/gs);
    return [...calls].flatMap(([, fields, whole = '?']) =>
      namesIn(fields ?? `...${whole}`).map((field) => ({ file, field })),
    );
  });
}

/** `{ path, kind: order?.kind ?? null, ...describeError(error) }` → path, kind, error, code. */
function namesIn(fields: string): readonly string[] {
  return splitOutside(fields).flatMap((part) => {
    const spread = /^\.\.\.(\w+)/.exec(part)?.[1];
    if (spread !== undefined) return SPREAD[spread] ?? [`...${spread}`];
    return /^\w+/.exec(part) ?? [];
  });
}

/** Splits at commas that are in no brackets. */
function splitOutside(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const sign of text) {
    if ('([{'.includes(sign)) depth += 1;
    if (')]}'.includes(sign)) depth -= 1;
    if (sign === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** First column of the table of the section 日志. */
function fieldsInDocs(): string[] {
  const section = /\n## 日志\n([\s\S]*?)\n## /.exec(readFileSync('docs/operations.md', 'utf8'))?.[1] ?? '';
  return [...section.matchAll(/^\| ([^|]*) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  );
}

it('logs no field that docs/operations.md does not name', () => {
  const known = new Set(fieldsInDocs());
  const used = fieldsInCode();
  expect(used.length).toBeGreaterThan(80);
  expect(used.filter(({ field }) => !known.has(field))).toEqual([]);
});

it('names no field that no line has', () => {
  const used = new Set([...fieldsInCode().map(({ field }) => field), ...ALWAYS]);
  expect(fieldsInDocs().filter((field) => !used.has(field))).toEqual([]);
});
