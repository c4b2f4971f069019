/** What the set-up page asks and gets, below `/api/setup`. Until set-up is finished, and only with the one-time code of the log. */
import { z } from 'zod';
import { isPublicUrl } from '../public-url.ts';
import { id, person } from './common.ts';

const short = (length: number) => z.string().trim().min(1).max(length);

export const trade = z.enum(['manufacturing', 'trading', 'engineering']);
export type Trade = z.infer<typeof trade>;

/** `POST /api/setup/enter` → 204 and a cookie; 401 for a wrong code, 429 after several, 404 once set-up is finished. */
export const enterSetupBody = z.strictObject({ code: short(40) });

const field = z.object({
  /** The variable of `.env` that says the same. */
  variable: z.string(),
  /** Chinese: how the platform's own console calls it. */
  label: z.string(),
  /** Chinese: where in the console it is found. */
  hint: z.string(),
  example: z.string(),
  secret: z.boolean(),
  required: z.boolean(),
  /** Null for secrets, which never come back, and for what was not said. */
  value: z.string().nullable(),
  /** Something is there, secret or not. */
  filled: z.boolean(),
});
export type SetupFieldView = z.infer<typeof field>;

const setupPlatform = z.object({
  name: z.string(),
  label: z.string(),
  /** `environment`: in `.env`, which wins, and cannot be changed here. */
  source: z.enum(['environment', 'stored', 'none']),
  /** `ready`, `connecting`, `degraded`, `failed`, `stopped`; null when not connected. */
  status: z.string().nullable(),
  /** What is wrong and what to do, Chinese. */
  detail: z.string().nullable(),
  fields: z.array(field),
  /** What to copy into the platform's console; null until the public address is known. */
  callbackUrl: z.string().nullable(),
  pageUrl: z.string().nullable(),
});
export type SetupPlatformView = z.infer<typeof setupPlatform>;

/** `GET /api/setup`, and the answer to every change; 401 without the cookie. */
export const setup = z.object({
  company: z.object({ name: z.string(), trade: trade.nullable() }),
  /** The policy comes from POLICY_FILE: the trade cannot be chosen. */
  policyFixed: z.boolean(),
  publicUrl: z.object({ value: z.string().nullable(), fixed: z.boolean() }),
  platforms: z.array(setupPlatform),
  people: z.object({
    staff: z.int(),
    departments: z.int(),
    /** The reading of the address books now or last; `done` counts people. */
    sync: z
      .object({ status: z.enum(['running', 'done', 'failed']), done: z.int(), note: z.string().nullable() })
      .nullable(),
  }),
  admins: z.array(person),
  /** Where the supervisors hear what is late; bound in the chat by `@聊单 绑定 主管群`. */
  supervisorsGroup: z.object({ name: z.string().nullable(), platform: z.string() }).nullable(),
  /** How many colleagues would be greeted when set-up is finished. */
  toGreet: z.int(),
});
export type SetupView = z.infer<typeof setup>;

/** `PUT /api/setup/company`. The trade decides which starter policy is published. */
export const setupCompanyBody = z.strictObject({
  name: short(100),
  trade,
  publicUrl: z.string().trim().refine(isPublicUrl, '应是 http:// 或 https:// 开头的网址').nullable().optional(),
});
export type SetupCompanyBody = z.infer<typeof setupCompanyBody>;

/**
 * `PUT /api/setup/platforms/:name`: what is not said stays (secrets need not be typed again), an empty word goes. The
 * server connects anew within seconds; 422 with `faults` when something is missing or wrong. `DELETE` takes it back.
 */
export const setupPlatformBody = z.strictObject({ values: z.record(z.string().max(60), z.string().max(4000)) });
export type SetupPlatformBody = z.infer<typeof setupPlatformBody>;

/** Problem+json with status 422 carries these beside its usual members. */
export const settingFault = z.object({ variable: z.string(), message: z.string() });
export type SettingFaultView = z.infer<typeof settingFault>;

/** `POST /api/setup/platforms/:name/doctor` `{ to? }` → `application/x-ndjson`, a line as soon as each thing was looked at. `to`: a colleague's id, or the platform's own of anybody. */
export const setupDoctorBody = z.strictObject({ to: short(100).optional() });
export const setupFinding = z.object({
  check: z.string(),
  state: z.enum(['good', 'bad', 'unknown']),
  detail: z.string(),
  remedy: z.string().nullable(),
});
export type SetupFindingView = z.infer<typeof setupFinding>;

/** `POST /api/setup/people/sync` → 202, then watch `people.sync`. `GET /api/setup/people?q=` → at most 50 by name. */
export const setupPeople = z.object({
  items: z.array(person.extend({ role: z.enum(['sales', 'manager', 'admin']), department: z.string().nullable() })),
});
export type SetupPeopleView = z.infer<typeof setupPeople>;

/** `PUT /api/setup/admins`: these and no others. */
export const setupAdminsBody = z.strictObject({ staffIds: z.array(id).min(1).max(20) });

/** `POST /api/setup/finish`: closes set-up for good and, if asked, greets every colleague once. 409 with a sentence when something is missing. */
export const finishSetupBody = z.strictObject({ greet: z.boolean() });
