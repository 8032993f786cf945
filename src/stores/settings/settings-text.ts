import { AppError } from '../../core/errors.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { migrations, VERSION } from './migrations.ts';
import { createLines, schemaProblems, syntaxProblems } from './problems.ts';
import { SettingsSchema } from './schema.ts';
import type { Sealer } from './seal.ts';
import { sealSettings, unsealSettings } from './seal-settings.ts';

/** Writes settings as people like to read them. */
export function toText(settings: Settings, sealer: Sealer): string {
  return `${JSON.stringify({ version: VERSION, ...sealSettings(settings, sealer) }, null, 2)}\n`;
}

/** Reads settings from a file's text. Throws `AppError` with everything that is wrong with it, and on which line. */
export function parseText(
  text: string,
  {
    file,
    sealer,
    elsewhere = 'DATA_DIR to another folder',
  }: {
    readonly file: string;
    readonly sealer: Sealer;
    /** What may be set so that other settings are used, as the end of a sentence. */
    readonly elsewhere?: string;
  },
): Settings {
  const complain = (problems: readonly string[]): never => {
    throw new AppError(409, 'settings_broken', problems.map((problem) => `\`${file}\` ${problem}`).join('\n'));
  };
  const syntax = syntaxProblems(text);
  if (syntax.length > 0) complain(syntax);

  const lines = createLines(text);
  const { version, ...document } = parseObject(text) ?? complain(['must be an object.']);
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return complain([`line ${lines.of(['version'])}: \`version\` must be ${VERSION}.`]);
  }
  if (version > VERSION)
    throw new AppError(
      409,
      'settings_newer',
      `\`${file}\` line ${lines.of(['version'])}: was written by a newer Bellhop. Start that version, or set ${elsewhere}.`,
    );

  const latest = migrations.slice(version - 1).reduce((older, migrate) => migrate(older), document);
  const { data, error } = SettingsSchema.safeParse(latest);
  if (error) return complain(schemaProblems(error.issues, lines));

  const { settings, problems } = unsealSettings(data, sealer);
  if (problems.length > 0) throw new AppError(409, 'settings_sealed', problems.join('\n'));
  return checkSettings(settings);
}

/** Gives back settings that are as they must be. Throws `AppError` with everything that is wrong with them. */
export function checkSettings(settings: Settings): Settings {
  const { error } = SettingsSchema.safeParse(settings);
  if (!error) return settings;
  const [first = '', ...others] = schemaProblems(error.issues);
  throw new AppError(422, 'settings_invalid', [`This change is not possible: ${first}`, ...others].join('\n'));
}

function parseObject(text: string): Record<string, unknown> | undefined {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
