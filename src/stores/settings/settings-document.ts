import type { Adapter } from 'lowdb';
import type { Settings } from '../../core/settings/settings.ts';

/** Where settings are kept, as lowdb reads and writes it. Others may change it at any moment. */
export interface SettingsDocument extends Adapter<Settings> {
  /** What it is called in an error. */
  readonly name: string;
  /** The text that is kept, where somebody else changed it since we last read or wrote it. */
  foreignText(): Promise<string | undefined>;
  /** Takes such a text in. Throws `AppError` with what is wrong. */
  adopt(text: string): Promise<Settings>;
  /** Writes settings unless somebody else has changed them meanwhile; whether it did. */
  replace(settings: Settings): Promise<boolean>;
}
