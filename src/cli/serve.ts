import { defineVerb } from './shared/verb.ts';

export default defineVerb({
  summary: 'Take deliveries and post them, until stopped (the default)',
  usage: '',
  examples: ['bellhop serve'],
  async run(_call, { serve }) {
    const { stopped } = await serve();
    await stopped;
    return 0;
  },
});
