import { textAt } from '../../../core/delivery/readers.ts';
import { askAgent, defineTunnel } from '../tunnel.ts';

/** Where its metrics are, the first of these that was free: https://developers.cloudflare.com/tunnel/monitoring/ */
const PORTS = [20241, 20242, 20243, 20244, 20245];

export default defineTunnel({
  title: 'cloudflared',
  command: (localUrl) => `cloudflared tunnel --url ${localUrl}`,
  async find() {
    const answers = await Promise.all(PORTS.map((port) => askAgent(`http://127.0.0.1:${port}/quicktunnel`)));
    // A tunnel with an account of its own answers with an empty host name.
    return answers.flatMap((answer) => {
      const name = textAt(answer, 'hostname');
      return name ? [`https://${name}`] : [];
    });
  },
});
