import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Failure } from './failure.ts';

/** What a page for people is called, by the code of the failure, and what they can do about it. */
const PAGES: Readonly<Record<string, { readonly title: string; readonly steps: readonly string[] }>> = {
  not_found: {
    title: 'There is nothing here',
    steps: ['Check the address: a letter may be missing at its end.', '[Open Bellhop’s page](/)'],
  },
  not_signed_in: {
    title: 'Sign in first',
    steps: [
      'Type `bellhop sign-in` on the machine that runs Bellhop, and open the link it prints.',
      '[Open Bellhop’s page](/)',
    ],
  },
  link_used: {
    title: 'This sign-in link was already used or has expired',
    steps: [
      'Type `bellhop sign-in` on the machine that runs Bellhop, and open the link it prints.',
      'Signed in already in this browser? [Open Bellhop’s page](/)',
    ],
  },
  unknown_host: {
    title: 'Bellhop does not answer to this host name',
    steps: [
      'Open Bellhop at the address that its start printed.',
      'If this is its right address, set `PUBLIC_URL` to it, and start Bellhop again.',
    ],
  },
};
const REFUSED = { title: 'Something went wrong', steps: ['[Open Bellhop’s page](/)'] };
const FAILED = {
  title: 'Something went wrong',
  steps: ['Try again; if it fails again, look at Bellhop’s log.', '[Open Bellhop’s page](/)'],
};

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Whether a person's browser asks for a page, rather than a program for data. */
export function wantsPage({ method, headers }: Pick<FastifyRequest, 'method' | 'headers'>): boolean {
  return (method === 'GET' || method === 'HEAD') && /(^|,)\s*text\/html\b/i.test(headers.accept ?? '');
}

/** Answers a failed request with a page that says what to do. */
export function sendPage(reply: FastifyReply, { status, headers, body: { code, message } }: Failure): FastifyReply {
  const { title, steps } = PAGES[code] ?? (status < 500 ? REFUSED : FAILED);
  return reply
    .code(status)
    .headers({
      ...headers,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    .type('text/html; charset=utf-8')
    .send(toHtml(title, message, steps));
}

function toHtml(title: string, message: string, steps: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · Bellhop</title>
<style>
body { margin: 12vh auto; padding: 0 1.25rem; max-width: 34rem; font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.5rem; line-height: 1.25 }
code { padding: .1em .3em; border-radius: .25em; background: color-mix(in srgb, currentColor 12%, transparent) }
</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${toInline(message)}</p>
${steps.map((step) => `<p>${toInline(step)}</p>`).join('\n')}
</main>
</body>
</html>
`;
}

/** Text with \`code\` and [links](/) of our own; everything else stands as it is. */
function toInline(text: string): string {
  return escapeHtml(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\[([^\]]+)\]\((\/)\)/g, '<a href="$2">$1</a>');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
