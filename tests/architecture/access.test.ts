// The API's routes read nothing themselves: what they show comes from a use case, which reads for one colleague's scope.

import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** What a route may ask of a transaction: facts that belong to nobody. */
const HARMLESS = ['active', 'now'];

it('no route of the API reads or writes rows by itself', () => {
  const files = globSync('src/http/routes/api/*.ts');
  expect(files.length).toBeGreaterThan(3);
  const found = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(?<![/\w])tx\.(\w+)/g)]
      .filter(([, name]) => !HARMLESS.includes(name ?? ''))
      .map(([words]) => `${file}: ${words}`),
  );
  expect(found).toEqual([]);
});
