import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { at } from '../../../core/delivery/readers.ts';
import { defineTunnel } from '../tunnel.ts';

const run = promisify(execFile);
const TIMEOUT = 1_000;

export default defineTunnel({
  title: 'tailscale',
  command: (localUrl) => `tailscale funnel ${new URL(localUrl).port}`,
  async find() {
    try {
      const { stdout } = await run('tailscale', ['funnel', 'status', '--json'], { timeout: TIMEOUT });
      const open = Object.entries(Object(at(JSON.parse(stdout), 'AllowFunnel')));
      return open.flatMap(([host, isOpen]) => (isOpen === true ? [`https://${host.replace(/:443$/, '')}`] : []));
    } catch {
      // It is not installed, or nobody is signed in there.
      return [];
    }
  },
});
