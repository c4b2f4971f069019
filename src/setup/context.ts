/** What set-up works with, and how its changes turn out. */
import type { Channel, Platform } from '../channel/channel.ts';
import type { SettingFaultView } from '../http/contract/setup.ts';
import type { Log } from '../log.ts';
import type { Keyring } from '../secret-key.ts';
import type { Environment, Settings } from '../settings.ts';
import type { AccountRecord, CompanyStore } from '../work/store.ts';
import type { Work } from './gate.ts';

/** What whoever starts the server hands in. */
export interface SetupOptions {
  readonly env: Environment;
  readonly platforms: readonly Platform[];
  readonly keyring: Keyring;
  /** Lets the process close what it has open and begin again with what is stored by then. */
  readonly reconnect: () => void;
}

export interface SetupContext extends SetupOptions {
  readonly settings: Settings;
  readonly tenantId: string;
  readonly look: Work;
  readonly transact: Work;
  readonly company: Pick<CompanyStore<unknown>, 'companyName' | 'renameCompany' | 'settings' | 'publishPolicy'>;
  readonly connected: readonly { readonly account: AccountRecord; readonly channel: Channel }[];
  /** Reads all address books; rejects only when the database fails. */
  readonly syncOrganisation: () => Promise<unknown>;
  readonly log: Log;
}

export type SetupRefusal =
  | 'not_found'
  | 'in_environment'
  | 'bad_settings'
  | 'no_key'
  | 'not_connected'
  | 'unknown_staff'
  | 'stage_in_use'
  | 'not_ready';

export type SetupChange =
  /** `anew`: the server has to connect anew for it. */
  | { readonly ok: true; readonly anew: boolean }
  | {
      readonly ok: false;
      readonly reason: SetupRefusal;
      /** More than the reason says, Chinese. */
      readonly detail?: string;
      readonly faults?: readonly SettingFaultView[];
    };
