import { at, textAt } from '../../../core/delivery/readers.ts';
import { askAgent, defineTunnel } from '../tunnel.ts';

/** Where the agent is asked, https://ngrok.com/docs/agent/api */
const AGENT = 'http://127.0.0.1:4040/api/tunnels';

export default defineTunnel({
  title: 'ngrok',
  command: (localUrl) => `ngrok http ${localUrl}`,
  async find() {
    const tunnels = at(await askAgent(AGENT), 'tunnels');
    return Array.isArray(tunnels) ? tunnels.flatMap((tunnel) => textAt(tunnel, 'public_url') ?? []) : [];
  },
});
