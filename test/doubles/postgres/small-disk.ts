import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chown, mkdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aPostgres } from '../postgres.ts';

/** A database on a disk of its own. */
export interface SmallDisk {
  readonly url: string;
  /** Gives the disk so many megabytes. */
  resize(megabytes: number): void;
  remove(): Promise<void>;
}

/** A database on a disk of so many megabytes; nothing where this machine lends none: only root may mount one, and not everywhere. */
export async function aSmallDisk(megabytes: number): Promise<SmallDisk | undefined> {
  const server = await aPostgres();
  const name = `small_${randomUUID().replaceAll('-', '')}`;
  const folder = join(tmpdir(), name);
  await mkdir(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    await rm(folder, { recursive: true });
    return undefined;
  }
  const [row] = await server.run("select current_setting('data_directory') as folder");
  const { uid, gid } = await stat(String(row?.folder));
  await chown(folder, uid, gid);
  await server.run(`create tablespace ${name} location '${folder}'`);
  await server.run(`create database ${name} tablespace ${name}`);
  return {
    url: server.url(name),
    resize: (wanted) => void execFileSync('mount', ['-o', `remount,size=${wanted}m`, folder]),
    async remove() {
      await server.run(`drop database ${name} with (force)`);
      await server.run(`drop tablespace ${name}`);
      execFileSync('umount', [folder]);
      await rm(folder, { recursive: true });
    },
  };
}
