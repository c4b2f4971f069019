/** A checksum over all rows of a table that comes out the same on every kind of database. */
import { hash } from 'node:crypto';
import type { TableSum } from '../../work/moving.ts';
import type { Value } from './side.ts';

const WIDTH = 128n;

/** Rows are added up, so that their order, which the kinds of database do not agree on, does not matter. */
export function createChecksum(): { add(rows: readonly (readonly Value[])[]): void; sum(): TableSum } {
  let rows = 0;
  let total = 0n;
  return {
    add(batch) {
      for (const row of batch) {
        total += BigInt(`0x${digestOf(row)}`);
        rows += 1;
      }
    },
    sum: () => ({ rows, checksum: BigInt.asUintN(Number(WIDTH), total).toString(16).padStart(32, '0') }),
  };
}

/** 32 hexadecimal digits. Each value says its kind and length, so that none can run into the next. */
function digestOf(row: readonly Value[]): string {
  let form = '';
  for (const value of row) {
    if (value === null) form += 'n;';
    else if (typeof value === 'string') form += `t${value.length}:${value};`;
    else form += `b${value.length}:${hash('sha256', value)};`;
  }
  return hash('sha256', form).slice(0, 32);
}
