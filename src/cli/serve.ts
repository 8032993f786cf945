import { defineVerb } from './shared/verb.ts';

export default defineVerb({
  summary: 'Take deliveries and post them, until told to stop (the default)',
  usage: '',
  async run(_call, { serve }) {
    const { stopped } = await serve();
    await stopped;
    return 0;
  },
});
