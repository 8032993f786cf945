import { getCompileCacheDir } from 'node:module';

/** What a Bellhop that is started as a process finds in its environment besides its settings. It need not compile anew what the tests have compiled. */
export const ofTests: Readonly<Record<string, string | undefined>> = {
  PATH: process.env.PATH,
  NODE_COMPILE_CACHE: getCompileCacheDir(),
};
