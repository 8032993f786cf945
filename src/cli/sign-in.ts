import { AppError } from '../core/errors.ts';
import { createApi } from './shared/api.ts';
import { defineVerb } from './shared/verb.ts';

export default defineVerb({
  summary: 'Print a link that signs one browser in to the running page',
  usage: '',
  examples: ['bellhop sign-in'],
  async run(_call, { place, print }) {
    const { status, body } = await createApi(place).ask('/sign-in-links', { body: {} });
    if (status !== 201)
      throw new AppError(
        status,
        'refused',
        `${place.localUrl} refused with status ${status}. Does the Bellhop there use this data folder?`,
      );
    print(`${place.localUrl}${(body as { readonly url: string }).url}`);
    return 0;
  },
});
