import { AppError } from '../core/errors.ts';
import { defineVerb } from './shared/verb.ts';

export default defineVerb({
  summary: 'Print a link that signs one browser in to the running page',
  usage: '',
  async run(_call, { place, print }) {
    const token = await place.adminToken();
    if (!token)
      throw new AppError(
        404,
        'no_token',
        `There is no admin token in \`${place.dataFolder}\`. Start Bellhop once, or set ADMIN_TOKEN.`,
      );
    const response = await fetch(`${place.localUrl}/api/v1/sign-in-links`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    }).catch((cause: unknown) => {
      throw new AppError(
        503,
        'not_running',
        `Nothing answers at ${place.localUrl}. Start Bellhop with \`npm start\`.`,
        { cause },
      );
    });
    if (!response.ok)
      throw new AppError(
        response.status,
        'refused',
        `${place.localUrl} refused with status ${response.status}. Does the Bellhop there use this data folder?`,
      );
    const { url } = (await response.json()) as { url: string };
    print(`${place.localUrl}${url}`);
    return 0;
  },
});
