/** Bends sound samples: values by their places, texts and bytes by their positions. Every change shrinks away by itself. */
import fc from 'fast-check';
import { hostileName, hostileValue, piece, Raw } from './hostile.ts';

type Change = {
  readonly at: number;
  readonly how: 'replace' | 'remove' | 'rename' | 'double' | 'swap';
  readonly value: unknown;
  readonly name: string;
};

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(10_000),
  how: fc.oneof(
    { weight: 5, arbitrary: fc.constant('replace' as const) },
    fc.constantFrom('remove' as const, 'rename' as const, 'double' as const, 'swap' as const),
  ),
  value: hostileValue,
  name: hostileName,
});

/** JSON of one of the samples, with up to four of its places changed. */
export function bentJson(...samples: readonly object[]): fc.Arbitrary<string> {
  return bentValue(...samples).map(writeJson);
}

/** The value before it is written; `Raw` may stand in it. */
export function bentValue(...samples: readonly object[]): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...samples), fc.array(change, { maxLength: 4 }))
    .map(([sample, changes]) => changes.reduce(applied, structuredClone(sample) as unknown));
}

type Place = { readonly holder: Record<string, unknown>; readonly key: string };

function placesOf(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null || value instanceof Raw) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesOf(holder[key])]);
}

function applied(root: unknown, { at, how, value: given, name }: Change): unknown {
  // Values are drawn again and again, and what was put in is changed by what follows.
  const value = given instanceof Raw ? given : structuredClone(given);
  const places = placesOf(root);
  const place = places[at % (places.length + 1)];
  if (place === undefined) return how === 'replace' ? value : root;
  const { holder, key } = place;
  const put = (under: string, it: unknown) =>
    Object.defineProperty(holder, under, { value: it, enumerable: true, writable: true, configurable: true });
  if (how === 'replace') put(key, value);
  else if (how === 'remove') Array.isArray(holder) ? holder.splice(Number(key), 1) : delete holder[key];
  else if (how === 'double' && Array.isArray(holder)) holder.push(holder[Number(key)]);
  else if (how === 'swap') put(key, [holder[key]]);
  else put(Array.isArray(holder) ? key : name, holder[key]);
  return root;
}

/** Like JSON.stringify, which knows no `Raw`. */
function writeJson(value: unknown): string {
  if (value instanceof Raw) return value.json;
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  return `{${Object.entries(value)
    .map(([name, one]) => `${JSON.stringify(name)}:${writeJson(one)}`)
    .join(',')}}`;
}

/** A text with pieces cut out of it, doubled, and put into it. */
export function bentText(texts: fc.Arbitrary<string>, most = 3): fc.Arbitrary<string> {
  const cut = fc.tuple(fc.nat(1_000_000), fc.oneof(fc.nat(3), fc.nat(400)), fc.nat(3), piece);
  return fc.tuple(texts, fc.array(cut, { maxLength: most })).map(([text, cuts]) =>
    cuts.reduce((bent, [where, length, times, put]) => {
      const at = where % (bent.length + 1);
      return bent.slice(0, at) + put + bent.slice(at, at + length).repeat(times) + bent.slice(at + length);
    }, text),
  );
}

/** Bytes with bits flipped, stretches cut out, doubled or overwritten. */
export function bentBytes(samples: fc.Arbitrary<Buffer>, most = 4): fc.Arbitrary<Buffer> {
  const kinds = ['flip', 'cut', 'double', 'zero', 'ones', 'end'] as const;
  const one = fc.tuple(fc.constantFrom(...kinds), fc.nat(10_000_000), fc.oneof(fc.nat(8), fc.nat(3_000)));
  return fc.tuple(samples, fc.array(one, { maxLength: most })).map(([sample, changes]) =>
    changes.reduce((bytes, [how, where, length]) => {
      const at = where % (bytes.length + 1);
      const [before, some, after] = [
        bytes.subarray(0, at),
        bytes.subarray(at, at + length),
        bytes.subarray(at + length),
      ];
      if (how === 'end') return Buffer.from(before);
      if (how === 'cut') return Buffer.concat([before, after]);
      if (how === 'double') return Buffer.concat([before, some, some, after]);
      const changed = Buffer.from(bytes);
      if (how === 'flip' && at < bytes.length) changed[at] = (bytes[at] ?? 0) ^ (1 << (length % 8));
      else if (how !== 'flip') changed.subarray(at, at + length).fill(how === 'zero' ? 0 : 0xff);
      return changed;
    }, sample),
  );
}

/** Bytes of any kind, now and then many. */
export const anyBytes: fc.Arbitrary<Buffer> = fc
  .oneof(
    { weight: 20, arbitrary: fc.uint8Array({ maxLength: 300 }) },
    { weight: 1, arbitrary: fc.uint8Array({ minLength: 10_000, maxLength: 40_000, size: 'max' }) },
  )
  .map((bytes) => Buffer.from(bytes));
