import type { World } from '../world.ts';

export interface News {
  readonly id?: string;
  readonly event: string;
  readonly data: {
    readonly resumed?: boolean;
    readonly message?: { readonly text: string };
    readonly unread?: number;
    readonly replay?: { readonly state: string; readonly done: number };
  };
}

/** A page that listens, and reads one piece of news after the other. */
export async function listen({ app, publicUrl }: World, last?: string) {
  const ending = new AbortController();
  const response = await fetch(`${publicUrl}/api/v1/live`, {
    headers: { authorization: `Bearer ${app.adminToken}`, ...(last !== undefined && { 'last-event-id': last }) },
    signal: ending.signal,
  });
  const chunks = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  async function read(): Promise<News> {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const lines = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
        const id = field('id');
        return { event: field('event') ?? '', data: JSON.parse(field('data') ?? '{}'), ...(id && { id }) };
      }
      text += (await chunks?.read())?.value ?? '';
    }
  }
  return {
    async next(event: string): Promise<News> {
      for (;;) {
        const news = await read();
        if (news.event === event) return news;
      }
    },
    async leave(): Promise<void> {
      ending.abort();
      await chunks?.cancel().catch(() => undefined);
    },
  };
}
