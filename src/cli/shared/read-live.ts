import { AppError } from '../../core/errors.ts';
import type { Api } from './api.ts';

export interface LiveMessage {
  readonly event: string;
  readonly data: unknown;
}

/** What happens at the running Bellhop, as it happens: server-sent events, until the connection ends. */
export async function* readLive(api: Api): AsyncGenerator<LiveMessage> {
  const { body, status } = await api.open('/live');
  if (!body || status !== 200) throw new AppError(status, 'refused', `Bellhop answered with status ${status}.`);
  let waiting = '';
  for await (const piece of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (waiting + piece).split('\n\n');
    waiting = blocks.pop() ?? '';
    yield* blocks.flatMap(toMessage);
  }
}

/** One block of a stream; nothing for a comment, which only keeps the connection open. */
function toMessage(block: string): readonly LiveMessage[] {
  const lines = block.split('\n');
  const textOf = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  const [event, data] = [textOf('event'), textOf('data')];
  return event === undefined || data === undefined ? [] : [{ event, data: JSON.parse(data) }];
}
