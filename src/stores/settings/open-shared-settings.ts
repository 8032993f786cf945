import type { SettingsStore } from '../../core/settings/settings.ts';
import type { Queries } from '../shared/postgres/connect.ts';
import type { Listener } from '../shared/postgres/listener.ts';
import { createSettingsStore } from './create-settings-store.ts';
import { createSealer } from './seal.ts';
import { CHANGED, createSettingsRow } from './settings-row.ts';

export interface SharedSettingsOptions {
  readonly database: Queries;
  /** Hears of changes, once it was started. */
  readonly listener: Pick<Listener, 'on' | 'onResumed'>;
  /** 32 bytes, the same on every node. */
  readonly key: Buffer;
  /** Called once for each change of another node that cannot be used, after which the settings stay as they were. */
  readonly onProblem?: (message: string) => void;
}

/** Whatever is asked of a node that it does not know, the database is not asked more often. Milliseconds. */
const LOOK_EVERY = 200;

/** Opens the settings that all nodes of a database share. Throws `AppError` when they cannot be used. */
export async function openSharedSettings({
  database,
  listener,
  key,
  onProblem = () => {},
}: SharedSettingsOptions): Promise<SettingsStore> {
  return createSettingsStore({
    document: createSettingsRow({ database, sealer: createSealer(key) }),
    watch(noticed) {
      let watching = true;
      const notice = () => {
        if (watching) noticed();
      };
      listener.on(CHANGED, notice);
      listener.onResumed(notice);
      return () => {
        watching = false;
      };
    },
    onProblem,
    settling: 0,
    lookEvery: LOOK_EVERY,
  });
}
