import { describe, it } from 'node:test';
import { tellOfNoisyBot } from './noisy-bot.ts';
import { aDiscord, aSlack } from './places.ts';

const PLACES = { Slack: () => aSlack('sockets'), Discord: () => aDiscord('gateway') };

describe('a noisy bot is made quiet by one click, and heard again by another', () => {
  for (const [name, open] of Object.entries(PLACES))
    it(`on ${name}`, async () => {
      const { world, chat, close } = await open();
      try {
        await tellOfNoisyBot(chat, world);
      } finally {
        await close();
      }
    });
});
